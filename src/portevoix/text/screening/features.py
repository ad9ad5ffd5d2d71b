"""Hashed stems, pairs of stems and runs of letters of a text.

Hashes are fixed arithmetic (crc32 of words, polynomial of letters): the same on every machine.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np
import Stemmer

from portevoix.text.screening.fields import field_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from portevoix.text.screening.phrases import Words
    from portevoix.text.screening.rules import Hit

BITS: Final = 17
SIZE: Final = 1 << BITS
_TOKEN = re.compile(r"[a-z0-9]+|[?!€]")
_STEMMER = Stemmer.Stemmer("french")
_P = np.uint64(1_000_003)
_GAP = np.uint64(7 * 1_000_003)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)


class _Codes(dict[str, int]):
    """The number of the stem of a word, remembered as words are met."""

    def __missing__(self, word: str) -> int:
        code = zlib.crc32(str(_STEMMER.stemWord(word)).encode()) + 1
        if len(self) < 65_536:
            self[word] = code
        return code


_CODES: Final = _Codes()


def _slot(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    return ((values * _MIX) >> _SHIFT).astype(np.int64)


def tokens(folded: str) -> list[str]:
    """The words of a folded text, and its loud signs."""
    found: list[str] = _TOKEN.findall(folded)
    return found


def word_slots(words: list[str]) -> NDArray[np.int64]:
    """Slots of stems, then of pairs, then of pairs with a gap."""
    codes = np.array(list(map(_CODES.__getitem__, words)), np.uint64)
    pairs = codes[:-1] * _P + codes[1:]
    gaps = codes[:-2] * _GAP + codes[2:]
    return _slot(np.concatenate([codes, pairs, gaps]))


def word_places(folded: str) -> NDArray[np.int64]:
    """The place in the text of each slot of `word_slots`."""
    places = np.array([match.start() for match in _TOKEN.finditer(folded)], np.int64)
    return np.concatenate([places, places[:-1], places[:-2]])


def letter_slots(folded: str) -> NDArray[np.int64]:
    """Slots of runs of 3, 4 and 5 letters."""
    codes = np.frombuffer(f" {folded} ".encode("utf-32-le"), np.uint32).astype(np.uint64)
    if len(codes) < 5:
        return np.zeros(0, np.int64)
    three = (codes[:-2] * _P + codes[1:-1]) * _P + codes[2:]
    four = three[:-1] * _P + codes[3:]
    five = four[:-1] * _P + codes[4:]
    return _slot(np.concatenate([three, four + np.uint64(1 << 40), five + np.uint64(1 << 41)]))


def dense_features(folded: str, hits: list[Hit], words: Words | None = None) -> NDArray[np.float32]:
    """Rules met and lexical fields met, as 0 or 1."""
    return field_features(folded, {hit.rule for hit in hits}, words)
