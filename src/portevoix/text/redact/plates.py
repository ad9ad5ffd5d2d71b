# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Registration plates: the current shape anywhere, old and foreign ones near a vehicle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from portevoix.text.redact.context import Sight, around
from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.lexicon import look_up
from portevoix.types import PersonalData

_LETTER: Final = "[A-HJ-NP-TV-Z]"
_PLATE: Final = re.compile(
    rf"(?<![\w\-/]){_LETTER}{{2}}[ \-.·]{{0,2}}\d{{3}}[ \-.·]{{0,2}}{_LETTER}{{2}}(?![\w]|-\d)",
    re.IGNORECASE,
)
# With hyphens and capitals, the letters that no real plate bears are taken too; mopeds, garages.
_HYPHENED: Final = re.compile(
    r"(?<![\w\-/])(?:[A-Z]{2}-\d{3}-[A-Z]{1,2}|W-\d{3}-[A-Z]{2})(?![\w]|-\d)"
)
_OLD: Final = re.compile(
    r"(?<![\w\-/])\d{1,4}[ \-.]?[A-Z]{2,3}[ \-.]?(?:\d{2,3}|2[AB])(?![\w])", re.IGNORECASE
)
_OLD_SPACED: Final = re.compile(
    r"(?<![\w\-/.,])\d{2,4}[ \-](?P<letters>[A-Z]{2,3})[ \-](?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])(?![\w/\-]|[.,]\d)"
)
_CODE: Final = re.compile(
    r"(?<![\w\-/])(?=[A-Z\- ]{0,9}\d)(?![A-Z]{1,4} (?:19|20)\d\d(?!\w))[A-Z0-9]{1,4}(?:[ \-][A-Z0-9]{1,5}){1,3}(?![\w\-])"
)
_SWISS: Final = re.compile(r"(?<![\w\-/])[A-Z]{1,3}[ \-]\d{3,6}(?![\w\-/])")
_AFTER_WORD: Final = re.compile(
    r"(?:immat\w{0,12}|plaques?)[ :(«]{1,3}(?P<plate>(?=[A-Z]{0,6}\d)(?=\d{0,6}[A-Z])[A-Z\d]{5,9})(?!\w)",
    re.IGNORECASE,
)
_AFTER_VEHICLE: Final = re.compile(
    r"(?:[iI]mmatricul\w*|[pP]laques?|[vV][ée]hicule|[vV]oiture|[rR]emorque|[cC]amion\w*|[mM]oto|[sS]cooter|[cC]aravane)"
    r"(?: [a-zà-ÿ]{1,14}){0,2}(?: ?[:,(]| n°)? ?(?P<plate>[A-Z0-9]{1,5}(?:[ \-][A-Z0-9]{1,5}){1,3})(?![\w\-/])"
)
_CAR: Final = re.compile(
    r"immat|plaque|tracteur|amende|contravention|verbalis|flash|stationn|fourri[èe]re|\bgar[ée]e?|\bquad|kangoo|berlingo|\bpv\b|véhicule|vehicule|voiture|moto|scooter|camion|fourgon|utilitaire|carte grise|remorque|caravane|\bclio|twingo|peugeot|renault|citro"
)
_PLATE_WORD: Final = re.compile(r"\bimmat\w*|plaques?\b")
_SHORT_WORDS: Final = frozenset("le la de du et en au ne sa ma ce un".split())
_UNITS: Final = frozenset("km ml kg gr cm mm ha eu".split())
_VEHICLES: Final = (
    *(
        "immat",
        "plaque",
        "tracteur",
        "amende",
        "contravention",
        "verbalis",
        "flash",
        "stationn",
        "fourri",
        "garé",
        "quad",
        "kangoo",
        "berlingo",
        "pv ",
        "véhicule",
        "vehicule",
        "voiture",
        "moto",
        "scooter",
        "camion",
    ),
    *("fourgon", "utilitaire", "carte grise", "remorque", "caravane", "clio", "twingo", "peugeot"),
    *("renault", "citro"),
)


def plates(sight: Sight) -> Iterator[PersonalData]:
    """Every registration plate of the text."""
    text, low = sight.text, sight.low
    yield from _current(sight)
    for start, end in sight.runs:
        match = _OLD_SPACED.match(text, start) if 1 < end - start < 5 else None
        if match and not (_shouted(text, start) or look_up(match["letters"].lower()).ordinary):
            yield PersonalData(
                *match.span(), Kind.PLATE, 0.6, "forme d'une ancienne immatriculation"
            )
    if not any(word in low for word in _VEHICLES):
        return
    for match in _OLD.finditer(text):
        value = match.group()
        if (value == value.upper() or "immat" in low or _strange(value)) and _CAR.search(
            around(text, *match.span(), 60)
        ):
            reason = "ancienne immatriculation"
            yield PersonalData(match.start(), match.end(), Kind.PLATE, 0.85, reason)
    yield from _after_vehicle(text)
    if "plaque" in low or "immat" in low:
        yield from _near_plate_word(text)


def _shouted(text: str, start: int) -> bool:
    """Whether the word or number before is no small word: all in capitals, a row of numbers."""
    return _SHOUTED.search(text, max(0, start - 4), start) is not None


_SHOUTED: Final = re.compile(r"[A-Z\d.,/\-][ ]\Z")


def _current(sight: Sight) -> Iterator[PersonalData]:
    """The shape in use since 2009, looked for around three digits alone."""
    text = sight.text
    for digits, end in sight.runs:
        if end - digits != 3:
            continue
        for start in range(max(0, digits - 4), max(0, digits - 1)):
            match = _PLATE.match(text, start) or _HYPHENED.match(text, start)
            if match and (match.re is _HYPHENED or _credible(text, match)):
                reason = "forme d'une immatriculation"
                yield PersonalData(match.start(), match.end(), Kind.PLATE, 0.95, reason)


def _credible(text: str, match: re.Match[str]) -> bool:
    """Whether letters in lower case around three digits are a plate, not « de 100 km »."""
    value = match.group()
    if value == value.upper() or not (" " in value or value.isalnum()):
        return True
    first, last = value[:2].lower(), value[-2:].lower()
    if first in _SHORT_WORDS or last in _UNITS:
        return False
    strange = not look_up(first).ordinary and not look_up(last).ordinary
    return strange or _CAR.search(around(text, *match.span(), 40)) is not None


def _strange(value: str) -> bool:
    """Whether the small letters of a plate are no word: « 456 ghk 33 », not « 3 ans 20 »."""
    letters = "".join(filter(str.isalpha, value)).lower()
    return letters not in _UNITS and not look_up(letters).ordinary


def _after_vehicle(text: str) -> Iterator[PersonalData]:
    """« véhicule allemand M-AB 1234 »."""
    for match in _AFTER_VEHICLE.finditer(text):
        start, end = match.span("plate")
        letters = sum(c.isalpha() for c in match["plate"])
        digits = sum(c.isdigit() for c in match["plate"])
        if 1 <= letters <= 5 and 2 <= digits <= 6 and letters + digits >= 5:
            yield PersonalData(start, end, Kind.PLATE, 0.75, "code après le nom d'un véhicule")


def _near_plate_word(text: str) -> Iterator[PersonalData]:
    """Foreign and mistyped plates near « plaque », « immatriculé »."""
    reason = "code près de « immatriculé » ou « plaque »"
    for match in _AFTER_WORD.finditer(text):
        yield PersonalData(*match.span("plate"), Kind.PLATE, 0.8, reason)
    for match in _SWISS.finditer(text):
        if _CAR.search(around(text, match.start(), match.end(), 40)):
            yield PersonalData(*match.span(), Kind.PLATE, 0.7, reason)
    for match in _CODE.finditer(text):
        lettered = any(c.isalpha() for c in match.group())
        if lettered and _PLATE_WORD.search(around(text, *match.span(), 60)):
            yield PersonalData(*match.span(), Kind.PLATE, 0.7, reason)
