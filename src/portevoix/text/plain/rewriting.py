"""Changes to propose to the one who writes: simpler, shorter, more correct. Rules, no model.

Each proposal replaces one stretch of the text. Only what stays right in its sentence is proposed: a
verb that is conjugated or a noun whose gender may change is left to the remarks of `read`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portevoix.text.plain import checks, wording
from portevoix.text.plain.remarks import Remark
from portevoix.text.segment import segment


class Aim(StrEnum):
    """What a change is for."""

    PLAIN = "plain"
    SHORTER = "shorter"
    CORRECT = "correct"
    WARMER = "warmer"


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch to replace: `text[start:end]` becomes `instead`; `why` in a few words."""

    start: int
    end: int
    instead: str
    aim: Aim
    why: str


_VOWEL: Final = tuple("aeiouyhàâéèêëîïôùûœæ")
# A noun put after these may not agree with them.
_GENDERED: Final = frozenset("le la un une ce cet cette du au mon ma ton ta son sa".split())
_ELIDES: Final = frozenset("le la de ne que se je me te".split())
_PREVIOUS: Final = re.compile(r"([\w-]+)['\s]+$")
_FEWEST: Final = 6
# Where a long sentence may be cut, and how the second half then starts.
_JOINT: Final = re.compile(
    r"\s?;\s(?P<plain>)|,?\s(?P<word>et|mais|car|donc)\s(?=(?:vous|nous|il|elle|ils|elles|cela)\s)"
)
_STARTS: Final = {"et": "", "mais": "Mais ", "car": "En effet, ", "donc": "Donc "}
_NEGATIONS: Final = (
    (r"n'hésitez pas à", "vous pouvez"),
    (r"n'oubliez pas (?:de |d')", "pensez à "),
    (r"n'est pas impossible", "est possible"),
    (r"n'est pas inutile", "est utile"),
    (r"n'est pas possible sans", "demande"),
    (r"nous ne manquerons pas de vous", "nous allons vous"),
)
# What says nothing, at the head of a sentence.
_OPENERS: Final = re.compile(
    r"(?:Nous (?:avons (?:le plaisir|le regret) de )?vous inform(?:ons|er) (?:que |qu')"
    r"|Nous avons (?:le plaisir|le regret) de vous informer (?:que |qu')"
    r"|(?:Nous attirons votre attention sur le fait|Nous vous rappelons|Nous tenons à vous préciser"
    r"|Nous vous précisons|Je vous informe|Sachez|Il convient de (?:noter|préciser|rappeler)"
    r"|Il est à noter|À toutes fins utiles, nous vous informons) (?:que |qu'))",
)
_PADDING: Final = (
    (r"(?:tout à fait|bel et bien) ", ""),
    (r"dans les meilleurs délais possibles", "dans les meilleurs délais"),
    (r"d'ores et déjà ", "déjà "),
    (r"(?:au jour d'aujourd'hui|à l'heure actuelle)", "aujourd'hui"),
    (r"(?:malgré le fait que|en dépit du fait que)", "même si"),
    (r"(?:en raison du fait que|du fait que)", "parce que"),
    (r"(?:à l'effet de|dans le but de) ", "pour "),
    (r"prévenir à l'avance", "prévenir"),
    (r"collaborer ensemble", "collaborer"),
)
_MISTAKES: Final = (
    (r"malgrés\b", "malgré"),
    (r"voir même\b", "voire même"),
    (r"parmis\b", "parmi"),
    (r"biensûr\b", "bien sûr"),
    (r"quelque soit\b", "quel que soit"),
    (r"au temps pour moi\b", "autant pour moi"),
    (r"si vous auriez\b", "si vous aviez"),
    (r"par contre nous\b", "en revanche, nous"),
)
_DOUBLED: Final = re.compile(r"\b(?P<word>[^\W\d_]{2,})[ ]+(?P=word)\b", re.IGNORECASE)
# « nous nous », « vous vous » are French.
_DOUBLES: Final = frozenset({"nous", "vous"})


def propose(
    text: str, aims: Collection[Aim] = tuple(Aim), known_acronyms: Collection[str] = ()
) -> tuple[Change, ...]:
    """What could be changed, in the order of the text; no two changes touch the same words."""
    same = text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    found: list[Change] = []
    if Aim.CORRECT in aims:
        found += _corrections(same, text)
    if Aim.SHORTER in aims:
        found += _shortenings(same)
    if Aim.PLAIN in aims:
        found += _simpler(same, frozenset(name.upper() for name in known_acronyms))
    return _apart(one for one in found if text[one.start : one.end] != one.instead)


def apply(text: str, changes: Iterable[Change]) -> str:
    """The text with these changes made."""
    for one in sorted(changes, key=lambda change: -change.start):
        text = text[: one.start] + one.instead + text[one.end :]
    return text


def _apart(changes: Iterable[Change]) -> tuple[Change, ...]:
    kept: list[Change] = []
    for one in changes:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda change: change.start))


def _corrections(same: str, text: str) -> Iterator[Change]:
    yield from _listed(same, _MISTAKES, Aim.CORRECT, "Faute fréquente")
    for match in _DOUBLED.finditer(same):
        if match["word"].lower() not in _DOUBLES:
            yield Change(
                match.start(), match.end(), match["word"], Aim.CORRECT, "Mot écrit deux fois"
            )
    for match in re.finditer(r"[ ]{2,}", text):
        yield Change(match.start(), match.end(), " ", Aim.CORRECT, "Espace en trop")
    for match in re.finditer(r"(?<=[\wà-ÿ])[ ]*(?<!\u00a0)([;!?])(?=\s|$)", text):
        yield Change(
            match.start(), match.end(), f"\u00a0{match[1]}", Aim.CORRECT, "Espace insécable"
        )
    for match in re.finditer(r"(?<=\w)[ ]+(?=[,.](?:\s|$))", text):
        yield Change(match.start(), match.end(), "", Aim.CORRECT, "Pas d’espace avant ce signe")
    for piece in segment(same):
        first = same[piece.start : piece.start + 1]
        if first.islower() and (piece.start == 0 or same[: piece.start].rstrip()[-1:] in ".!?"):
            yield Change(
                piece.start,
                piece.start + 1,
                first.upper(),
                Aim.CORRECT,
                "Majuscule au début de la phrase",
            )


def _shortenings(same: str) -> Iterator[Change]:
    for match in _OPENERS.finditer(same):
        if match.end() < len(same) and _opens(same, match.start()):
            then = same[match.end()]
            yield Change(
                match.start(), match.end() + 1, then.upper(), Aim.SHORTER, "N’apprend rien"
            )
    yield from _listed(same, _PADDING, Aim.SHORTER, "Se dit en moins de mots")


def _opens(same: str, at: int) -> bool:
    before = same[:at].rstrip(" ")
    return not before or before[-1] in ".!?\n"


def _listed(same: str, pairs: Iterable[tuple[str, str]], aim: Aim, why: str) -> Iterator[Change]:
    for pattern, instead in pairs:
        for match in re.finditer(rf"(?<![\w'-]){pattern}", same, re.IGNORECASE):
            yield Change(match.start(), match.end(), _cased(match[0], instead), aim, why)


def _simpler(same: str, known: Collection[str]) -> Iterator[Change]:
    for remark in wording.find(same):
        yield from _worded(same, remark)
    yield from _listed(same, _NEGATIONS, Aim.PLAIN, "Dit ce qui est possible")
    for remark in checks.acronyms(same, known):
        yield from _spelt_out(same, remark)
    for piece in segment(same):
        sentence = same[piece.start : piece.end]
        if any(True for _ in checks.long_sentence(sentence, 0)):
            yield from _cut(sentence, piece.start)


def _worded(same: str, remark: Remark) -> Iterator[Change]:
    """An expression of offices replaced, when it stands exactly as the list gives it."""
    said = same[remark.start : remark.end]
    elided = said.endswith("'")
    written = said.lower().removesuffix("d'") + "de" if elided else said.lower()
    if not remark.instead or not wording.is_listed(written):
        return
    instead = remark.instead[0] + (" " if elided else "")
    if _fits(same, remark.start, instead, single=" " not in said):
        yield Change(remark.start, remark.end, _cased(said, instead), Aim.PLAIN, "Mot plus simple")


def _fits(same: str, start: int, instead: str, *, single: bool) -> bool:
    """Whether what stands before still agrees: gender, elision."""
    before = _PREVIOUS.search(same[:start])
    word = before[1].lower() if before else ""
    vowel = instead.lower().startswith(_VOWEL)
    if same[:start].endswith("'"):
        return vowel and not single
    return not (single and word in _GENDERED) and not (vowel and word in _ELIDES)


def _spelt_out(same: str, remark: Remark) -> Iterator[Change]:
    said = same[remark.start : remark.end]
    if remark.instead and _fits(same, remark.start, remark.instead[0], single=False):
        full = f"{remark.instead[0]} ({said})"
        yield Change(remark.start, remark.end, full, Aim.PLAIN, "Sigle expliqué")


def _cut(sentence: str, start: int) -> Iterator[Change]:
    """The joint nearest to the middle of a long sentence, when both halves stand."""
    halves = [
        (abs(match.start() - len(sentence) / 2), match)
        for match in _JOINT.finditer(sentence)
        if min(len(sentence[: match.start()].split()), len(sentence[match.end() :].split()))
        >= _FEWEST
    ]
    if not halves:
        return
    match = min(halves, key=lambda half: half[0])[1]
    opening = _STARTS.get(match["word"] or "", "")
    then = sentence[match.end()]
    yield Change(
        start + match.start(),
        start + match.end() + 1,
        f". {opening}{then if opening else then.upper()}",
        Aim.PLAIN,
        "Phrase longue coupée en deux",
    )


def _cased(said: str, instead: str) -> str:
    """With a capital where what it replaces had one."""
    return instead[:1].upper() + instead[1:] if said[:1].isupper() else instead
