"""The official headings of Services Publics+ exports, newer and older, and what they hold.

Headings are compared without accents, case, punctuation or doubled spaces: exports differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from portevoix.types import Tag

# field → headings that name it, the preferred one first (the one we write).
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("ID expérience", "Identifiant expérience"),
    "state": ("Etat expérience",),
    "status": ("Statut de l'expérience",),
    "published": ("Date de publication", "Publié le"),
    "written": ("Écrit le", "Date de dépôt"),
    "title": ("Titre",),
    "text": ("Description", "Récit"),
    "posted_as": ("Posté comme",),
    "pseudonym": ("Pseudonyme usager",),
    "feeling": ("Ressenti usager", "Ressenti"),
    "departement": (
        "Code INSEE Département usager",
        "Département usager",
        "Intitulé département usager",
    ),
    "region": ("Intitulé région usager", "Région usager", "Code INSEE Région usager"),
    "country": ("Pays",),
    "procedures": ("Démarches saisies par usager",),
    "similar": ("Expériences Similaires",),
    "no_structure": ("Hors structure",),
    "improvement": ("Amélioration de service à considérer",),
    "action": ("Action",),
    "committed": ("Date action engagée",),
    "done": ("Date action réalisée",),
    "trade_tags": ("Tags Métiers",),
    # Ours, which official exports lack.
    "page": ("Adresse de la page",),
    "fictional": ("Récit fictif",),
}

CONCERN_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "structure_id": ("ID structure {n}",),
    "structure": ("Intitulé structure {n}",),
    "network": ("Intitulé Typologie {n}", "Typologie {n}"),
    "country": ("Pays Typologie {n}",),
    "postcode": ("Code Postal typologie {n}",),
    "channels": ("Canaux Typologie {n}",),
}

REPLY_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "reply": ("Réponse structure {n}",),
    "reply_date": ("Date réponse structure {n}", "Date de réponse structure {n}"),
    "reply_signature": ("Signature réponse structure {n}",),
    "reply_similarity": ("Taux de similarité réponse IA structure {n}",),
    "reply_kept": ("Phrases du brouillon gardées structure {n}",),
    "reply_changed": ("Phrases du brouillon changées structure {n}",),
    "reply_written": ("Phrases écrites par une personne structure {n}",),
    "reply_cited": ("Pages citées structure {n}",),
    "reply_by_author": ("Evaluation réponse structure {n} par auteur",),
    "reply_useful": ("Evaluation utile réponse structure {n} par visiteurs",),
    "reply_not_useful": ("Evaluation inutile réponse structure {n} par visiteurs",),
}

TAG_HEADINGS: Final[dict[Tag, str]] = {
    Tag.ACCESSIBILITY: "Accessibilité",
    Tag.INFORMATION: "Information/Explication",
    Tag.RELATION: "Relation",
    Tag.REACTIVITY: "Réactivité",
    Tag.SIMPLICITY: "Simplicité/Complexité",
}

_NOT_WORD = re.compile(r"[^0-9a-z]+")
_MARKS = re.compile("[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents; anything but letters and digits is a space."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
        text = _MARKS.sub("", decomposed)
    return _NOT_WORD.sub(" ", text.lower()).strip()


def match_headings(found: Iterable[str]) -> dict[str, str]:
    """Return field → heading of the file. Unknown headings are ignored, missing ones left out."""
    by_fold: dict[str, str] = {}
    for heading in found:
        by_fold.setdefault(fold(heading), heading)
    wanted = dict(HEADINGS)
    for n in (1, 2, 3):
        for name, patterns in (CONCERN_HEADINGS | REPLY_HEADINGS).items():
            wanted[f"{name} {n}"] = tuple(pattern.format(n=n) for pattern in patterns)
    for tag, heading in TAG_HEADINGS.items():
        wanted[f"tag {tag}"] = (heading,)
    matched: dict[str, str] = {}
    for name, headings in wanted.items():
        known = [by_fold[fold(heading)] for heading in headings if fold(heading) in by_fold]
        if known:
            matched[name] = known[0]
    return matched
