"""portevoix reply: one draft a line, personal data hidden, manners and templates of the service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from portevoix.cli.reply import reply

PAGE = """---
url: https://exemple.fr/once
checked: 2026-01-01
---
# Dites-le-nous une fois : ne pas redonner un papier
## Si on vous redemande un papier
Dites que vous l'avez déjà donné, avec la preuve d'envoi.
"""
TWICE = "On me redemande encore mon justificatif que j'ai déjà envoyé. Mon numéro : 06 39 98 12 34."


def run(tmp_path: Path, rows: list[object], *more: str) -> list[dict[str, Any]]:
    pages = tmp_path / "pages"
    pages.mkdir(exist_ok=True)
    (pages / "once.md").write_text(PAGE, "utf-8")
    given = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    result = CliRunner().invoke(reply, ["--articles", str(pages), *more], input=given)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_answer_a_line_with_sources_and_hidden_data(tmp_path: Path) -> None:
    found, bad, empty = run(
        tmp_path, [{"id": "1", "text": TWICE, "feeling": "Négatif"}, "{", {"id": "3", "text": ""}]
    )
    sources = [s["source"] for s in found["sentences"] if s["source"]]
    assert sources[0]["url"] == "https://exemple.fr/once"
    assert sources[0]["quote"] == "Dites que vous l'avez déjà donné, avec la preuve d'envoi."
    assert "06 39" not in json.dumps(found, ensure_ascii=False)
    assert found["engine"] == "embedded"
    assert "error" in bad
    assert empty["abstained"] is True
    assert empty["draft"] == ""


def test_past_answers_give_manners_and_no_fact(tmp_path: Path) -> None:
    past = tmp_path / "past.jsonl"
    row = {"text": "Bonjour et merci,\nComptez 99 jours.\nCordialement,", "network": "Caf"}
    signed = json.dumps({**row, "signature": "L'équipe"})
    past.write_text("\n".join([signed] * 3), "utf-8")
    (found,) = run(tmp_path, [{"id": "1", "network": "Caf", "text": TWICE}], "--past", str(past))
    assert found["draft"].startswith("Bonjour et merci,")
    assert found["draft"].endswith("Cordialement,\n\nL'équipe")
    assert "99" not in found["draft"]


def test_a_template_answers_with_blanks_for_what_it_claims(tmp_path: Path) -> None:
    templates = tmp_path / "t.json"
    block = {
        "id": "T1",
        "label": "Téléphone",
        "topics": ["tel-sans-reponse"],
        "text": "Le standard ouvre {heures}. Nous avons transmis votre remarque.",
    }
    places = {"heures": "jours et heures"}
    templates.write_text(json.dumps({"placeholders": places, "blocks": [block]}), "utf-8")
    text = "Personne ne décroche au téléphone, ça sonne dans le vide."
    (found,) = run(
        tmp_path, [{"id": "1", "text": text, "feeling": "Négatif"}], "--templates", str(templates)
    )
    assert "Le standard ouvre [à compléter : jours et heures]." in found["draft"]
    assert (
        "à garder si c'est vrai, «\u00a0Nous avons transmis votre remarque.\u00a0»"
        in found["draft"]
    )
    assert [s["source"]["id"] for s in found["sentences"] if s["kind"] == "template"] == ["T1"] * 2
