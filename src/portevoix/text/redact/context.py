"""Small readings of what surrounds a candidate, shared by the recognisers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

DIGITS: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Sight:
    """A text looked over once for all recognisers.

    `low` is in lower case and of the same length; `runs` are the stretches of digits.
    """

    text: str
    low: str
    runs: tuple[tuple[int, int], ...]

    @property
    def digits(self) -> int:
        return sum(end - start for start, end in self.runs)


def look_over(text: str) -> Sight:
    """Reads a text once."""
    low = text.lower()
    if len(low) != len(text):
        # A few letters (« İ ») have a longer lower case.
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return Sight(text, low, tuple(match.span() for match in DIGITS.finditer(text)))


def occurrences(low: str, words: Iterable[str]) -> list[int]:
    """Every place of `low` where one of `words` stands, sorted."""
    places = []
    for word in words:
        place = low.find(word)
        while place >= 0:
            places.append(place)
            place = low.find(word, place + 1)
    return sorted(places)


def before(text: str, start: int, width: int = 50) -> str:
    """Up to `width` characters before `start`, lower-cased."""
    return text[max(0, start - width) : start].lower()


def around(text: str, start: int, end: int, width: int) -> str:
    """Up to `width` characters on either side of a stretch, lower-cased."""
    return text[max(0, start - width) : end + width].lower()


def digits_of(value: str) -> str:
    return "".join(c for c in value if c.isdigit())
