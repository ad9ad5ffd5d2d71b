"""French as it is written: numbers, plurals, dates, lists, spaces that do not break."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Final

NARROW: Final = "\u202f"
NO_BREAK: Final = "\u00a0"
MONTHS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WORDS: Final = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
)
_HIGH = re.compile(r"(?<=[^\s\u00a0\u202f;!?«(])[ \u00a0\u202f]?([;!?]+)(?=[\s»)]|$)")
_BEFORE = re.compile(r"[ \u00a0\u202f]([:%»€])")
_TIGHT = re.compile(r"(?<=\w)([:»])(?=\s)")
_AFTER = re.compile(r"«[ \u00a0\u202f]?")


def number(value: int) -> str:
    """12345 → « 12 345 », with a narrow space that does not break."""
    return f"{value:,}".replace(",", NARROW)


def percent(share: float) -> str:
    """A share (0 to 1) to the nearest whole per cent, one decimal below 10 %: « 4,5 % »."""
    value = share * 100
    if 0 < value < 0.1:
        return f"moins de 0,1{NO_BREAK}%"
    shown = f"{value:.1f}".removesuffix(".0") if value < 9.95 else f"{value:.0f}"
    return shown.replace(".", ",") + f"{NO_BREAK}%"


def between(low: float, high: float) -> str:
    """Two shares as « de 10 à 15 % »; whole per cents, a single one when they are equal."""
    first, last = round(low * 100), round(high * 100)
    if first == last:
        return f"environ {last}{NO_BREAK}%"
    return f"de {first} à {last}{NO_BREAK}%"


def in_words(value: int, *, feminine: bool = False) -> str:
    """Up to ten in words, beyond in figures: « une », « trois », « 1 204 »."""
    if value == 1:
        return "une" if feminine else "un"
    return WORDS[value] if 0 <= value < len(WORDS) else number(value)


def plural(value: int, one: str, many: str | None = None) -> str:
    """The noun as that number of them asks: singular for 0 and 1, as French does."""
    return one if abs(value) < 2 else many or f"{one}s"


def quantity(value: int, one: str, many: str | None = None, *, feminine: bool = False) -> str:
    """« aucune expérience », « une expérience », « deux expériences », « 1 204 expériences »."""
    if value == 0:
        return f"{'aucune' if feminine else 'aucun'} {one}"
    return f"{in_words(value, feminine=feminine)} {plural(value, one, many)}"


def experiences(value: int) -> str:
    return quantity(value, "expérience", feminine=True)


def enumeration(items: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} et {items[-1]}"


def of(word: str) -> str:
    """« de mars », « d’avril »."""
    return f"d’{word}" if word[:1].lower() in "aeiouyéèêàâîôûœh" else f"de {word}"


def day(value: date) -> str:
    """« 1er mars 2025 »."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first}{NO_BREAK}{MONTHS[value.month - 1]} {value.year}"


def month(key: str) -> str:
    """« 2025-03 » → « mars 2025 »; anything else comes back as it is."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", key)
    return f"{MONTHS[int(found[2]) - 1]} {found[1]}" if found else key


def _whole_months(start: date, end: date) -> bool:
    return start.day == 1 and end.day == monthrange(end.year, end.month)[1]


def period(start: date | None, end: date | None) -> str:
    """A period as one says it: « en 2025 », « de mars à décembre 2025 », « depuis le … »."""
    start = None if start == date.min else start
    end = None if end == date.max else end
    if start is None or end is None:
        if start is not None:
            return f"depuis le {day(start)}"
        return f"jusqu’au {day(end)}" if end is not None else ""
    if not _whole_months(start, end):
        return f"le {day(start)}" if start == end else f"du {day(start)} au {day(end)}"
    return _months(start, end)


def _months(start: date, end: date) -> str:
    first, last = MONTHS[start.month - 1], MONTHS[end.month - 1]
    if (start.year, start.month) == (end.year, end.month):
        return f"en {first} {start.year}"
    if start.month == 1 and end.month == 12:
        if start.year == end.year:
            return f"en {start.year}"
        return f"de {start.year} à {end.year}"
    if start.year == end.year:
        return f"{of(first)} à {last} {end.year}"
    return f"{of(first)} {start.year} à {last} {end.year}"


def typeset(text: str) -> str:
    """Our sentences with French spaces and apostrophes. Never given a quote: those are exact."""
    text = text.replace("'", "’").replace("...", "…")
    text = _HIGH.sub(rf"{NARROW}\1", text)
    text = _BEFORE.sub(rf"{NO_BREAK}\1", text)
    text = _TIGHT.sub(rf"{NO_BREAK}\1", text)
    return _AFTER.sub(f"«{NO_BREAK}", text)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Lower first letter, unless the word is an acronym (« CAF », « FranceConnect »)."""
    word = text.split(" ", 1)[0]
    return text if sum(c.isupper() for c in word) > 1 else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """Capital, French spaces, one full stop."""
    text = typeset(capital(text.strip()))
    return text if text.endswith((".", "…", "!", "?")) else f"{text}."
