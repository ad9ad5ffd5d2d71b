# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Homes without street nor number: the mark of a road, a lieu-dit and its commune."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from portevoix.text.redact.address_ends import town_after
from portevoix.text.redact.context import Sight, occurrences
from portevoix.text.redact.kinds import Kind
from portevoix.types import PersonalData

_CAPITAL: Final = r"[^\W\d_a-zß-ÿ][\w'’\-]{1,25}"
_NAMED: Final = rf"{_CAPITAL}(?: (?:(?:d[eu]s?|la|le|les|en|sur|aux?) )?{_CAPITAL}){{0,4}}"
# « PK 18,5 côté montagne, Paea », « RN2, PK 4.2, Koungou ».
_MARK: Final = re.compile(
    rf"(?:(?:(?i:route)(?: (?:du|de la|de l['’]|des) {_NAMED}|(?: \w+)? ?n?°? ?\d{{1,3}})|R[NDT]? ?\d{{1,3}}),? )?(?i:pk) ?\d{{1,3}}(?:[.,]\d{{1,3}})?(?: (?i:c[ôo]t[ée]) \w{{3,10}})?(?:,? (?:[àa] )?{_NAMED}){{1,3}}(?: \d{{5}}(?!\d))?"
)
# « au lieu-dit La Peyre, commune de Saint-Yrieix (87500) ».
_LIEU_DIT: Final = re.compile(
    rf"(?i:lieu[- ]?dit|hameau)(?: (?:de la|de l['’]|des?|du))? ?[«\"“]?[ \u00a0\u202f]?{_NAMED}[ \u00a0\u202f]?[»\"”]?,? (?:(?:sur |dans )?(?:la )?commune d(?:e |u |es |['’])|[àa] ){_NAMED}(?: \(?\d{{5}}\)?)?"
)
_ROADS: Final = ("route", "rn", "rd", "rt", "pk")


def addresses_remote(sight: Sight) -> Iterator[PersonalData]:
    """Every such address of the text."""
    low = sight.low
    if "pk" in low and sight.runs:
        read = 0
        for place in occurrences(low, _ROADS):
            match = (
                _MARK.match(sight.text, place) if place >= read and _begins(low, place) else None
            )
            if match:
                read = match.end()
                yield PersonalData(*match.span(), Kind.ADDRESS, 0.75, "borne d'une route, commune")
    for place in occurrences(low, ("lieu-dit", "lieu dit", "lieudit", "hameau")):
        match = _LIEU_DIT.match(sight.text, place)
        if match:
            end = town_after(sight.text, match.end())
            yield PersonalData(match.start(), end, Kind.ADDRESS, 0.75, "lieu-dit et sa commune")


def _begins(low: str, place: int) -> bool:
    return place == 0 or not low[place - 1].isalnum()
