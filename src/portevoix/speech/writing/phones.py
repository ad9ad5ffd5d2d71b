"""Numbers that are dialled or copied: telephones, short numbers, files said digit by digit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from portevoix.speech.writing.cardinals import (
    TEENS,
    TENS,
    UNITS,
    Said,
    at,
    below_hundred,
    below_thousand,
    stops,
)
from portevoix.speech.writing.words import Word

_LENGTH: Final = 10
_STEPS: Final = 200
_ANNOUNCED: Final = frozenset(
    "numéro dossier référence allocataire fiscal sécurité code matricule identifiant client "
    "téléphone suivi contrat".split()
)
_RUN: Final = 4


def phone(words: Sequence[Word], start: int) -> Said | None:
    """Ten digits that begin with zero, or « plus trente-trois » and nine."""
    first = at(words, start, start)
    if first == "plus" and at(words, start + 1, start) == "trente":
        if at(words, start + 2, start) != "trois":
            return None
        rest = _dial(words, start, start + 3, _LENGTH - 1)
        return Said(0, rest.end, "+33 " + _paired(rest.digits, odd=True)) if rest else None
    if first != "zéro":
        return None
    rest = _dial(words, start, start + 1, _LENGTH - 1)
    if rest is None:
        return None
    digits = "0" + rest.digits
    free = digits[1] == "8" and below_thousand(words, start + 1)
    if free and free.value >= 800:
        return Said(0, rest.end, f"0 {digits[1:4]} {_paired(digits[4:])}")
    return Said(0, rest.end, _paired(digits))


def _dial(words: Sequence[Word], start: int, place: int, wanted: int) -> Said | None:
    """Exactly `wanted` digits said at `place`: the greediest reading that has that many."""
    left = [_STEPS]

    def read(place: int, digits: str) -> Said | None:
        if len(digits) == wanted:
            return Said(0, place, digits)
        left[0] -= 1
        if left[0] < 0 or not at(words, place, start):
            return None
        for said in _groups(words, place):
            added = digits + (said.digits or str(said.value))
            if len(added) <= wanted and (found := read(said.end, added)):
                return found
        return None

    return read(place, "")


def _groups(words: Sequence[Word], place: int) -> Iterator[Said]:
    """The ways to read the next group, longest first: 872, 72 or 60 then 12."""
    word = words[place]
    if word.text.isdigit():
        yield Said(int(word.text), place + 1, word.text)
        return
    hundred = below_thousand(words, place)
    if hundred and hundred.value >= 100:
        yield hundred
    longest = below_hundred(words, place)
    if longest is None:
        return
    if longest.value == 0:
        yield Said(0, longest.end, "0")
        return
    yield longest
    first = word.low
    for known in (TENS, TEENS, UNITS):
        if first in known and longest.end > place + 1:
            yield Said(known[first], place + 1)
    if first == "quatre" and longest.end > place + 2:
        yield Said(80, place + 2)


def _paired(digits: str, *, odd: bool = False) -> str:
    head = digits[:1] if odd else ""
    rest = digits[len(head) :]
    pairs = [rest[i : i + 2] for i in range(0, len(rest), 2)]
    return " ".join([head, *pairs] if head else pairs)


def short_number(words: Sequence[Word], start: int) -> Said | None:
    """« le trente-neuf trente-neuf »: a number of four digits that begins with 3."""
    if (
        start == 0
        or words[start - 1].low not in ("le", "au", "du", "numéro")
        or stops(words, start)
    ):
        return None
    head = below_hundred(words, start)
    if head is None or not 30 <= head.value <= 39 or not at(words, head.end, start):
        return None
    tail = below_hundred(words, head.end)
    if tail is None or not 10 <= tail.value <= 99:
        return None
    return Said(0, tail.end, f"{head.value}{tail.value}")


def digit_run(words: Sequence[Word], start: int) -> Said | None:
    """Numbers said one after the other: four or more, or two after a word that announces them."""
    groups: list[str] = []
    place = start
    while place < len(words) and (place == start or not stops(words, place)):
        said = below_hundred(words, place)
        if said is None:
            break
        groups.append(str(said.value))
        place = said.end
    near = {w.low for w in words[max(0, start - 4) : start]}
    if len(groups) < (2 if near & _ANNOUNCED else _RUN):
        return None
    return Said(0, place, _spelt(groups))


def _spelt(groups: Sequence[str]) -> str:
    """Digits stick together, but pairs said as pairs stay apart."""
    return (" " if all(len(g) == 2 for g in groups) else "").join(groups)
