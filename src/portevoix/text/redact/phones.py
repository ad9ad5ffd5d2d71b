# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Telephone numbers that are not written in plain digits: said in words, mistyped, half hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from portevoix.text.redact.context import Sight, before
from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.numbers import nearest_cue
from portevoix.types import PersonalData

_SPOKEN: Final = (
    r"z[ée]ro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
    r"|seize|vingt|trente|quarante|cinquante|soixante|septante|octante|huitante|nonante|cent|et"
)
# « zéro six trente-neuf… », « 06 39 nonante huit 77 10 ».
_SPOKEN_PHONE: Final = re.compile(
    rf"\b(?:z[ée]ro[ \-](?:un|deux|trois|quatre|cinq|six|sept|neuf)|0[1-79]|0[ ]?(?:un|deux|trois|quatre|cinq|six|sept|neuf))(?!\w)"
    rf"(?:[ \-–/.,]{{1,3}}(?:(?:{_SPOKEN})s?|\d{{1,2}})(?!\w)){{4,24}}",
    re.IGNORECASE,
)
# « six trente-neuf quatre-vingt-dix-huit onze vingt-deux »: a zero that is not said.
_SPOKEN_SHORT: Final = re.compile(
    rf"\b(?:six|sept)(?:[ \-–,.]{{1,3}}(?:{_SPOKEN})s?(?!\w)){{4,16}}", re.IGNORECASE
)
_SPOKEN_WORD: Final = re.compile(rf"\b(?:{_SPOKEN})s?\b", re.IGNORECASE)


# « o6 12… », « 06,12,34,56,78 »: a letter for the zero, commas between.
_ODD_PHONE: Final = re.compile(
    r"(?<![\w,])(?:[oO][1-79](?:[ .\-]?\d\d){4}|0[1-79](?:[,~_:·•*]\d\d){4}|0[1-79](?:[ .\-]?[\doOlI]{2}){4})(?![\w,])"
    # « 06 39 98 2* ** », « 06 39 98 20 .. 45 »: signs for digits that are hidden or forgotten.
    r"|(?<![\w,])0[1-79](?:[ .\-]?\d\d){1,3}(?:[ .\-]?(?:\d[*xX_]|[*xX_]{2}|\.\.|\d\d)){1,3}(?![\w,])"
)


_PLAIN_PHONE: Final = re.compile(r"\d+(?:[ .\-]?\d+)*")


def odd_phones(sight: Sight) -> Iterator[PersonalData]:
    """Telephone numbers mistyped with a letter or with commas."""
    for start, end in sight.runs:
        lettered = sight.low[start - 1 : start] == "o"
        if lettered or (sight.text[start] == "0" and end - start <= 8):
            match = _ODD_PHONE.match(sight.text, start - lettered)
            if match and not _PLAIN_PHONE.fullmatch(match.group()):
                reason = "numéro de téléphone mal tapé"
                yield PersonalData(*match.span(), Kind.PHONE, 0.8, reason)


def spoken_phones(text: str) -> Iterator[PersonalData]:
    """Telephone numbers dictated in words, wholly or in part."""
    for match in _SPOKEN_PHONE.finditer(text):
        if _SPOKEN_WORD.search(match.group()):
            yield PersonalData(
                match.start(), match.end(), Kind.PHONE, 0.9, "téléphone écrit en lettres"
            )
    for match in _SPOKEN_SHORT.finditer(text):
        if nearest_cue(before(text, match.start())) == Kind.PHONE:
            reason = "téléphone écrit en lettres, sans son zéro"
            yield PersonalData(match.start(), match.end(), Kind.PHONE, 0.8, reason)
