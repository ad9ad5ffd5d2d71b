# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Signatures in small letters: « cordialement marie jo lebrun », at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from portevoix.text.redact.context import Sight
from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.lexicon import Entry, fold, look_up
from portevoix.text.redact.vocabulary import GROUPS
from portevoix.types import PersonalData

_SIGNED: Final = re.compile(
    r"(?:cordialement|cordlt|cdlt|cdt|salutations?|respectueusement|\bsign[ée]e?|bien à vous|sinc[èe]rement)"
    r"[ ,.:;\n!]{1,3}(?P<name>[^\W\d_][\w'’\-]{0,20}(?: [^\W\d_][\w'’\-]{0,20}){1,3})[ .!\n]*\Z",
    re.IGNORECASE,
)
# « Signé D.L. », « signé : A. B. »
_INITIALS: Final = re.compile(
    r"\b[sS]ign[ée]e?s?[ ,:]{1,3}(?P<name>[A-ZÀ-Ý]\.(?:[ \-]?[A-ZÀ-Ý]\.){1,2})"
)
_SIGNS: Final = ("cord", "cdt", "cdlt", "salut", "respec", "sign", "bien à", "sinc")
# A signature and what announces it fit in the end of a text.
_END: Final = 110


def signatures(sight: Sight) -> Iterator[PersonalData]:
    """The words after the last « cordialement », when the lists know every one as a name."""
    text, end = sight.text, sight.low[-_END:]
    if "sign" in sight.low:
        for initials in _INITIALS.finditer(text):
            reason = "initiales d'une signature"
            yield PersonalData(*initials.span("name"), Kind.PERSON, 0.6, reason)
    if not any(word in end for word in _SIGNS):
        return
    match = _SIGNED.search(text, max(0, len(text) - _END))
    if not match:
        return
    words = [fold(word) for word in match["name"].split(" ")]
    entries = [look_up(word) for word in words]
    if entries[0].first > 1 and all(map(_named, words, entries)):
        reason = "signature après « cordialement », « signé »…"
        yield PersonalData(*match.span("name"), Kind.PERSON, 0.8, reason)


def _named(word: str, entry: Entry) -> bool:
    return (entry.first > 0 or entry.family) and GROUPS.get(word, "Q") in ("Q", "K", "P")
