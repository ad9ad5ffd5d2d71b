"""Whether a suggestion can be read alone: a whole sentence that says what to do, and of what."""

from __future__ import annotations

import re
from typing import Final

SHORTEST: Final = 30
LONGEST: Final = 170

# What comes before the proposal itself and adds nothing to it.
_OPENING: Final = re.compile(
    r"^(?:[-–•*\s]|\d{1,2}[).]\s|(?:bonjour|bonsoir|madame|monsieur|donc|alors|bref|mais|et|enfin|"
    r"par ailleurs|de plus|en plus|par contre|du coup|ainsi|sinon|sincèrement|franchement|"
    r"s['’]il vous plaît|svp|merci)\b[\s,:;!.]*)+",
    re.IGNORECASE,
)
# A verb that proposes, orders or wishes.
_PROPOSES: Final = re.compile(
    r"\b(?:il (?:faudrait|faut|serait|conviendrait|suffirait)|(?:ce|cela|ça) serait|"
    r"serai(?:t|ent)|(?:on|vous|il|elle|ils|elles|service\w*|[a-zé]+s?) (?:devrai(?:t|ent)|"
    r"pourrai(?:t|ent)|gagnerai(?:t|ent)|devriez|pourriez)|pourquoi ne pas|pourrait-on|"
    r"ne pourrait-on|serait-il|je (?:propose|suggère|souhaite|souhaiterais|demande)|"
    r"j['’]aimerais|nous (?:aimerions|souhaitons|souhaiterions|proposons)|vivement qu|"
    r"mériterait|vaudrait mieux|on aimerait|manque|à quand)\b",
    re.IGNORECASE,
)
_IMPERATIVE: Final = re.compile(
    r"^(?:[A-ZÉÈÀ][a-zéèêàçîïôû]+ez|Faire|Mettre|Prévoir|Ajouter|Créer|Permettre|Rendre|Donner|"
    r"Ouvrir|Simplifier|Envoyer|Proposer|Organiser|Rétablir|Généraliser|Améliorer|Supprimer|"
    r"Croiser|Laisser|Garder|Remettre|Afficher|Indiquer|Annoncer|Prévenir)\b"
)
# Words that stand for something the reader cannot see.
_LEANING: Final = re.compile(
    r"\b(?:cela|ça|ceci|celui-ci|celle-ci|ceux-ci|ces derni\w+|ce dernier|cette dernière|"
    r"le même|la même|les mêmes|idem|ci-dessus|ci-joint|là-dessus|en question|tout cela|"
    r"ce (?:service|système|problème|principe|genre|cas|champ|point|type)|"
    r"cette (?:option|fonction\w*|possibilité|solution|procédure|liste|démarche|situation)|"
    r"ces (?:informations|documents|démarches|procédures|codes|services|déclarations)|"
    r"j['’]espère que|vos conseils|pourquoi ne pas (?:avoir|être)|laisse entendre|"
    r"(?:me|nous|m['’]a|nous a) dit qu)\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(r"(?:pourquoi|ne pourrait|pourrait|serait)", re.IGNORECASE)
_STATES: Final = re.compile(r"^(?:cela|ça|ce) serait\b", re.IGNORECASE)


def proposal(text: str) -> str:
    """The proposal that a segment makes, as an exact stretch of it with single spaces and a
    capital; empty when it is a fragment, a mere question or leans on what is not there."""
    said = _OPENING.sub("", " ".join(text.split()))
    said = said.strip()
    if not SHORTEST <= len(said) <= LONGEST or said[-1:] in ",;:(-–":
        return ""
    leaning = _LEANING.sub("", said) != said and not _STATES.match(said)
    if leaning or not (_PROPOSES.search(said) or _IMPERATIVE.match(said)):
        return ""
    if said.endswith("?") and not _ASKS.match(said):
        return ""
    if said.count("«") != said.count("»") or said.count("(") != said.count(")"):
        return ""
    return said[:1].upper() + said[1:].removesuffix(".")
