"""Make the packaged demonstration data from the annotated fictional experiences.

    python training/demo_data.py ../shared/demo/experiences.jsonl ../shared/data/gazetteers

Writes in src/portevoix/data/demo/ experiences.csv: the published experiences in the official
columns, personal data already hidden as it is where experiences are published; and waiting.jsonl:
those that the demonstration site shows in its moderation queue, as their authors wrote them.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from portevoix.text.redact.kinds import LABELS

TARGET = Path(__file__).resolve().parent.parent / "src" / "portevoix" / "data" / "demo"
MARK = re.compile(r"\[\[([A-Z_]+):(.*?)\]\]", re.DOTALL)
# The moderator publishes these, the second once hidden; the others never reach the open data.
PUBLISHED = {"publiable", "donnees_personnelles"}
PUBLICATION_DELAY = timedelta(days=2)
# Waiting on the demonstration site: what is not to be published, what is to be masked, the latest
# without answer, and one case of distress and one of danger to be seen first.
LATE = "2025-12-08"
URGENT = {"R078", "I065"}


def hide(marked: str) -> str:
    """Return the text as published: each marked datum replaced by the name of its kind."""
    return MARK.sub(lambda found: LABELS[found.group(1)], marked)


def departements(folder: Path) -> dict[str, str]:
    with (folder / "ref_insee_dpt_v2.csv").open(encoding="utf-8-sig") as lines:
        rows = csv.DictReader(lines, delimiter=";")
        return {row["CODE_DPT"].zfill(2): row["LIB_DPT"].title() for row in rows}


def official(story: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return one fictional experience under the official headings."""
    written = datetime.fromisoformat(story["written"])
    published = written + PUBLICATION_DELAY
    reply = story["reply"] or {}
    row = {
        "ID expérience": story["id"],
        "Etat expérience": "Traitées" if reply else "A traiter",
        "Statut de l'expérience": (
            "Expérience avec réponse" if reply else "Expérience en attente de réponse"
        ),
        "Date de publication": f"{published:%d/%m/%Y %H:%M}",
        "Écrit le": f"{written:%d/%m/%Y %H:%M}",
        "Titre": hide(story["title"]),
        "Description": hide(story["text"]),
        "Posté comme": story["posted_as"],
        "Pseudonyme usager": story["pseudonym"] or "",
        "Ressenti usager": story["feeling"],
        "Code INSEE Département usager": story["departement"] or "",
        "Intitulé département usager": names.get(story["departement"] or "", ""),
        "Pays": "France",
        "Intitulé Typologie 1": story["network"],
        "Canaux Typologie 1": ",".join(story["channels"]),
        "Hors structure": "Non",
        "ID structure 1": "",
        "Intitulé structure 1": story["structure"],
        "Démarches saisies par usager": story["procedure"] or "",
        "Expériences Similaires": story["similar"],
    }
    for tag in ("Accessibilité", "Information/Explication", "Relation", "Réactivité"):
        row[tag] = story["tags"].get(tag, "")
    row["Simplicité/Complexité"] = story["tags"].get("Simplicité/Complexité", "")
    return row | _answer(reply, published)


def _answer(reply: dict[str, Any], published: datetime) -> dict[str, Any]:
    action = reply.get("action") or ""
    answered = published + timedelta(days=reply.get("days", 0)) if reply else None
    day = f"{answered:%d/%m/%Y}" if answered else ""
    return {
        "Réponse structure 1": hide(reply.get("text", "")),
        "Date réponse structure 1": day,
        "Signature réponse structure 1": reply.get("signature", ""),
        "Taux de similarité réponse IA structure 1": reply.get("ai_similarity", ""),
        "Evaluation  réponse structure 1 par auteur": reply.get("author_rating") or "",
        "Evaluation utile réponse structure 1 par visiteurs": reply.get("visitors_useful", ""),
        "Evaluation inutile réponse structure 1 par visiteurs": reply.get(
            "visitors_not_useful", ""
        ),
        "Action": reply.get("action_text") or "",
        "Date action engagée": day if action == "engagée" else "",
        "Date action réalisée": day if action == "réalisée" else "",
    }


def waits(story: dict[str, Any]) -> bool:
    late = story["written"] >= LATE and not story["reply"]
    return story["moderation"] != "publiable" or late or story["id"] in URGENT


def as_written(story: dict[str, Any]) -> dict[str, Any]:
    """Return a story as its author sent it, personal data included (all invented)."""
    kept = (
        "id network structure written departement feeling posted_as pseudonym procedure channels "
        "tags"
    ).split()
    text = {name: MARK.sub(lambda found: found.group(2), story[name]) for name in ("title", "text")}
    return {name: story[name] for name in kept} | text


def main(source: Path, gazetteers: Path) -> None:
    names = departements(gazetteers)
    stories = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    kept = [official(story, names) for story in stories if story["moderation"] in PUBLISHED]
    waiting = [as_written(story) for story in stories if waits(story)]
    TARGET.mkdir(parents=True, exist_ok=True)
    with (TARGET / "experiences.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=list(kept[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    with (TARGET / "waiting.jsonl").open("w", encoding="utf-8") as target:
        target.writelines(json.dumps(story, ensure_ascii=False) + "\n" for story in waiting)
    print(f"{len(kept)} publiées et {len(waiting)} en attente écrites dans {TARGET}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
