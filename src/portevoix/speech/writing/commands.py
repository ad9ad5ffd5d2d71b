"""What is dictated to the keyboard rather than to the reader: « à la ligne », « virgule ».

The same words are also plain French (« un point positif », « attendre à la ligne ») : what stands
beside them decides. What destroys words is obeyed only when it opens what is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from portevoix.speech.writing.cardinals import stops
from portevoix.speech.writing.words import Word

NBSP: Final = "\u00a0"
LINE: Final = "\n"
PARAGRAPH: Final = "\n\n"

_ERASE: Final = re.compile(
    r"(?:efface|effacer|effacez|supprime|supprimer|supprimez|annule|annuler|annulez|enlève|enlever|"
    r"enlevez) (?:la|ma) (?:dernière )?phrase(?: précédente)?"
)
_SIGNS: Final[dict[tuple[str, ...], str]] = {
    ("point", "d'", "interrogation"): f"{NBSP}?",
    ("points", "d'", "interrogation"): f"{NBSP}?",
    ("point", "d'", "exclamation"): f"{NBSP}!",
    ("points", "de", "suspension"): "…",
    ("trois", "petits", "points"): "…",
    ("point", "virgule"): f"{NBSP};",
    ("point", "-", "virgule"): f"{NBSP};",
    ("deux", "points"): f"{NBSP}:",
    ("point", "final"): ".",
    ("virgule",): ",",
    ("point",): ".",
}
_BREAKS: Final[dict[tuple[str, ...], str]] = {
    ("point", "à", "la", "ligne"): LINE,
    ("à", "la", "ligne"): LINE,
    ("retour", "à", "la", "ligne"): LINE,
    ("nouvelle", "ligne"): LINE,
    ("nouveau", "paragraphe"): PARAGRAPH,
}
_OPENING: Final[dict[tuple[str, ...], str]] = {
    ("ouvrez", "les", "guillemets"): f"«{NBSP}",
    ("ouvrir", "les", "guillemets"): f"«{NBSP}",
    ("ouvre", "les", "guillemets"): f"«{NBSP}",
    ("ouvrez", "la", "parenthèse"): "(",
    ("ouvrir", "la", "parenthèse"): "(",
    ("ouvre", "la", "parenthèse"): "(",
}
_CLOSING: Final[dict[tuple[str, ...], str]] = {
    ("fermez", "les", "guillemets"): f"{NBSP}»",
    ("fermer", "les", "guillemets"): f"{NBSP}»",
    ("ferme", "les", "guillemets"): f"{NBSP}»",
    ("fermez", "la", "parenthèse"): ")",
    ("fermer", "la", "parenthèse"): ")",
    ("ferme", "la", "parenthèse"): ")",
}
# Before « point », « virgule », « deux points »: a noun is being named.
_NAMING: Final = frozenset(
    "un le ce au mon ton son notre votre leur du des les ces mes ses nos vos leurs quelques "
    "plusieurs certains premier dernier seul autre bon mauvais gros petit même quel aucun chaque "
    "rond tout une la cette sur à faire mettre ne n' pas d' de en carte commun unique cent mille "
    "a ont avait permis perdu perdus retirer retiré retrait".split()
)
# After « point »: it goes on as an expression.
_GOING_ON: Final = frozenset(
    "de d' du positif positifs importants essentiels négatif "
    "négatifs fort forts faible faibles noir rouge important "
    "essentiel crucial central commun relais info accueil numérique conseil".split()
)
# After « à la ligne » or « nouvelle ligne »: a real line.
_REAL_LINE: Final = frozenset(
    "téléphonique de du d' des directe fixe numéro bleue verte a b c deux un trois quatre est qui "
    "et que rouge tgv".split()
)


_FIRST: Final = frozenset(
    said[0] for table in (_SIGNS, _BREAKS, _OPENING, _CLOSING) for said in table
)


def erases(words: Sequence[Word]) -> int:
    """How many words, from the first, ask that the sentence before be erased; 0 for none."""
    for count in (5, 4, 3):
        said = " ".join(w.low for w in words[:count])
        if len(words) >= count and _ERASE.fullmatch(said):
            return count
    return 0


def obey(words: Sequence[Word]) -> list[Word]:
    """`words` with dictated signs put on their neighbours and new lines before theirs."""
    out: list[Word] = []
    place, before = 0, ""
    opening = ""
    while place < len(words):
        sign, end, kind = _command(words, place)
        if kind == "break":
            out, before = _break(out, sign, words[place].low == "point"), sign
        elif kind == "open":
            opening += sign
        elif kind == "close" and out:
            out[-1] = replace(out[-1], trail=_with(out[-1].trail, sign))
        else:
            word, end = words[place], place + 1
            out.append(
                replace(word, lead=opening + word.lead, before=before or word.before)
                if before or opening
                else word
            )
            before = opening = ""
        place = end
    if before and not out:
        return [Word("", before=before, fixed=True)]
    return [*out, Word("", before=before, fixed=True)] if before else out


def _break(out: list[Word], sign: str, point: bool) -> list[Word]:  # noqa: FBT001
    """A line ends a sentence, unless what was said last already closed it."""
    if out and not out[-1].trail and (point or sign):
        return [*out[:-1], replace(out[-1], trail=".")]
    return out


def _with(trail: str, sign: str) -> str:
    """A dictated sign wins over the one that the engine guessed there."""
    return sign if trail.strip() in {".", ",", ""} else trail + sign


def _command(words: Sequence[Word], place: int) -> tuple[str, int, str]:
    """(what to write, where the command ends, its kind); kind is empty for plain words."""
    if words[place].low not in _FIRST:
        return "", place + 1, ""
    for table, kind in ((_BREAKS, "break"), (_OPENING, "open"), (_CLOSING, "close")):
        for said, sign in table.items():
            end = _match(words, place, said)
            if end and (kind != "break" or _is_break(words, place, end)):
                return sign, end, kind
    for said, sign in _SIGNS.items():
        end = _match(words, place, said)
        if end and _is_sign(words, place, end, said):
            return sign, end, "close"
    return "", place + 1, ""


def _match(words: Sequence[Word], place: int, said: tuple[str, ...]) -> int:
    end = place + len(said)
    if end > len(words) or words[place].fixed:
        return 0
    same = all(w.low == s for w, s in zip(words[place:end], said, strict=True))
    return end if same and not any(stops(words, p) for p in range(place + 1, end)) else 0


def _is_break(words: Sequence[Word], place: int, end: int) -> bool:
    after = words[end].low if end < len(words) and not words[end - 1].trail else ""
    before = words[place - 1].low if place else ""
    if before in ("une", "la", "cette", "un", "le", "ce", "d'", "de"):
        return False
    return after not in _REAL_LINE and not after[:1].isdigit()


def _is_sign(words: Sequence[Word], place: int, end: int, said: tuple[str, ...]) -> bool:
    if place == 0 and end < len(words):
        return False
    before = words[place - 1].low if place else ""
    after = words[end].low if end < len(words) and not words[end - 1].trail else ""
    if "interrogation" in said or "exclamation" in said:
        return before not in ("un", "le", "des", "les", "ce", "de")
    if said == ("virgule",):
        return before not in _NAMING
    if said == ("deux", "points"):
        return before not in _NAMING and after not in _GOING_ON and end < len(words)
    return before not in _NAMING and after not in _GOING_ON
