"""Ratings of any kind as a declared feeling.

A scale is read off its own values: 1 to 5, 0 to 10, 0 to 20, 0 to 100, stars, smileys or words.
The lower 45 % of a numeric scale is negative, the upper 45 % positive, the middle neutral: on 1 to
5 that is 1–2, 3, 4–5, and on 0 to 10 it is 0–4, 5, 6–10.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from portevoix.opendata.headings import fold
from portevoix.types import Feeling

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_WORDS: Final[dict[str, Feeling]] = {
    **dict.fromkeys(
        ("positif", "bien", "tres bien", "excellent", "satisfait", "tres satisfait", "good", "oui"),
        Feeling.POSITIVE,
    ),
    **dict.fromkeys(
        ("neutre", "moyen", "mitige", "ni satisfait ni insatisfait", "medium", "plutot bien"),
        Feeling.NEUTRAL,
    ),
    **dict.fromkeys(
        (
            "negatif",
            "mauvais",
            "tres mauvais",
            "mal",
            "pas bien",
            "insatisfait",
            "bad",
            "non",
            "tres insatisfait",
            "peu satisfait",
            "pas satisfait",
            "pas du tout satisfait",
        ),
        Feeling.NEGATIVE,
    ),
    "plutot satisfait": Feeling.POSITIVE,
    "plutot insatisfait": Feeling.NEGATIVE,
}
_SMILEYS: Final[dict[str, Feeling]] = {
    **dict.fromkeys("😀😃😄😁😊🙂👍", Feeling.POSITIVE),
    **dict.fromkeys("😐😑😶", Feeling.NEUTRAL),
    **dict.fromkeys("🙁☹😞😠😡👎", Feeling.NEGATIVE),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """A numeric scale, both ends included."""

    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[str]) -> Self:
        """Return the usual scale that holds every value."""
        numbers = [number for value in values if (number := _number(value)) is not None]
        top = max(numbers, default=5.0)
        high = next((end for end in (5.0, 10.0, 20.0, 100.0) if top <= end), top)
        return cls(1.0 if high == 5.0 and min(numbers, default=1.0) >= 1.0 else 0.0, high)

    def feeling(self, value: str) -> Feeling | None:
        """Return the feeling that a rating declares; None when it declares none."""
        known = _WORDS.get(fold(value)) or _SMILEYS.get(value.strip()[:1])
        if known is not None:
            return known
        number = _number(value)
        if number is None:
            return None
        place = (number - self.low) / (self.high - self.low)
        if place < 0.45:
            return Feeling.NEGATIVE
        return Feeling.NEUTRAL if place <= 0.55 else Feeling.POSITIVE


def _number(value: str) -> float | None:
    stars = value.count("★") or value.count("⭐")
    if stars:
        return float(stars)
    found = _NUMBER.match(value.strip())
    return float(found.group().replace(",", ".")) if found else None
