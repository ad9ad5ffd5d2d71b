"""Numbers said in French, read: « mille deux cent quatre-vingt-dix-sept » is 1297.

Also as said in Belgium and Switzerland. A number never goes over a mark that the engine wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from portevoix.speech.writing.words import Word

UNITS: Final = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9,
}  # fmt: skip
TEENS: Final = {
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
TENS: Final = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
SCALES: Final = {
    "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9,
}  # fmt: skip
NUMBER_WORDS: Final = frozenset(
    [*UNITS, *TEENS, *TENS, *SCALES, "zéro", "cent", "cents", "mille", "et"]
)
_DIGITS: Final = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Said:
    """A number read in `words[start:end]`; `digits` as they would be dialled (« zéro six » 06)."""

    value: int
    end: int
    digits: str = ""


def explode(words: Sequence[Word]) -> list[Word]:
    """« quatre-vingt-dix » as four words, so that both spellings are read alike."""
    out: list[Word] = []
    for word in words:
        parts = word.low.split("-")
        if len(parts) > 1 and all(p in NUMBER_WORDS for p in parts):
            spelt = word.text.split("-")
            out.append(replace(word, text=spelt[0], trail=""))
            out += [Word(part) for part in spelt[1:-1]]
            out.append(Word(spelt[-1], trail=word.trail))
        else:
            out.append(word)
    return out


def stops(words: Sequence[Word], place: int) -> bool:
    """Whether nothing of one number may stand on both sides of `place`."""
    return place >= len(words) or bool(words[place].lead or words[place - 1].trail)


def at(words: Sequence[Word], place: int, start: int) -> str:
    """The word at `place` in lower case, empty when a mark parts it from `start`."""
    if place >= len(words) or any(stops(words, p) for p in range(start + 1, place + 1)):
        return ""
    return words[place].low


def below_hundred(words: Sequence[Word], start: int) -> Said | None:
    """The longest number from 0 to 99 said at `start`."""
    first = at(words, start, start)
    if first == "quatre" and at(words, start + 1, start) in ("vingt", "vingts"):
        return _more(words, start, start + 2, 80)
    if first in TENS:
        return _more(words, start, start + 1, TENS[first])
    if first == "dix" and (unit := UNITS.get(at(words, start + 1, start), 0)) >= 7:
        return Said(10 + unit, start + 2)
    if first in TEENS:
        return Said(TEENS[first], start + 1)
    if first in UNITS:
        return Said(UNITS[first], start + 1)
    return Said(0, start + 1) if first == "zéro" else None


def _more(words: Sequence[Word], start: int, place: int, tens: int) -> Said:
    """What may follow a ten: « et un », a unit, or after sixty and eighty a number under 20."""
    deep = tens in (60, 80)
    joined = at(words, place, start) == "et" and tens != 80
    after = place + 1 if joined else place
    word = at(words, after, start)
    if joined:
        if word in ("un", "une") or (word == "onze" and tens == 60):
            return Said(tens + (11 if word == "onze" else 1), after + 1)
        return Said(tens, place)
    if word == "quatre" and at(words, after + 1, start) in ("vingt", "vingts"):
        # « vingt, quatre-vingts »: two numbers, as telephones are said.
        return Said(tens, place)
    if word in UNITS and (word not in ("un", "une") or tens == 80):
        return Said(tens + UNITS[word], after + 1)
    if deep and word in TEENS and (rest := below_hundred(words, after)):
        return Said(tens + rest.value, rest.end)
    return Said(tens, place)


def below_thousand(words: Sequence[Word], start: int) -> Said | None:
    """The longest number from 0 to 999 said at `start`."""
    first, second = at(words, start, start), at(words, start + 1, start)
    if first == "cent":
        return _hundreds(words, start, start + 1, 100)
    if UNITS.get(first, 0) > 1 and second in ("cent", "cents"):
        return _hundreds(words, start, start + 2, 100 * UNITS[first])
    return below_hundred(words, start)


def _hundreds(words: Sequence[Word], start: int, place: int, hundreds: int) -> Said:
    if place < len(words) and at(words, place, start) not in ("", "zéro"):
        rest = below_hundred(words, place)
        if rest:
            return Said(hundreds + rest.value, rest.end)
    return Said(hundreds, place)


def cardinal(words: Sequence[Word], start: int) -> Said | None:
    """The longest whole number said, or already written in digits, at `start`."""
    if start < len(words) and _DIGITS.fullmatch(words[start].text):
        return Said(int(words[start].text), start + 1)
    total, place, group = 0, start, _old_year(words, start) or below_thousand(words, start)
    if at(words, start, start) == "mille":
        group = Said(1, start)
    while group:
        word = at(words, group.end, start)
        scale = 1000 if word == "mille" else SCALES.get(word, 1)
        total += group.value * scale
        place = group.end + (scale > 1)
        if scale == 1 or place >= len(words) or at(words, place, start) in ("", "zéro"):
            break
        group = below_thousand(words, place)
    return Said(total, place) if place > start else None


def _old_year(words: Sequence[Word], start: int) -> Said | None:
    """« dix-neuf cent quatre-vingt-deux »: a number of hundreds from 11 to 19."""
    head = below_hundred(words, start)
    if head and 11 <= head.value <= 19 and at(words, head.end, start) in ("cent", "cents"):
        return _hundreds(words, start, head.end + 1, 100 * head.value)
    return None
