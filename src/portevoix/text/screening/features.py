"""Hashed word, stem and letter n-grams of a text, each with its place.

Hashes are fixed arithmetic (crc32 of words, polynomial of letters): the same on every machine.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import Stemmer

from portevoix.text.screening.fields import field_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from portevoix.text.screening.rules import Hit

BITS: Final = 17
SIZE: Final = 1 << BITS
_TOKEN = re.compile(r"[a-z0-9]+|[?!€]")
_STEMMER = Stemmer.Stemmer("french")
_P = np.uint64(1_000_003)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)


@lru_cache(maxsize=65536)
def _stem(word: str) -> int:
    return zlib.crc32(str(_STEMMER.stemWord(word)).encode()) + 1


def _slot(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    return ((values * _MIX) >> _SHIFT).astype(np.int64)


def word_features(folded: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Slots of stems, pairs and pairs with a gap; and the place in the text of each."""
    spans = [(m.group(), m.start()) for m in _TOKEN.finditer(folded)]
    if not spans:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    codes = np.array([_stem(word) for word, _ in spans], np.uint64)
    places = np.array([place for _, place in spans], np.int64)
    pairs = codes[:-1] * _P + codes[1:]
    gaps = codes[:-2] * _P * np.uint64(7) + codes[2:]
    slots = _slot(np.concatenate([codes, pairs, gaps]))
    return slots, np.concatenate([places, places[:-1], places[:-2]])


def letter_features(folded: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Slots of runs of 3, 4 and 5 letters, and their place."""
    text = f" {folded} "
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    if len(codes) < 5:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    three = (codes[:-2] * _P + codes[1:-1]) * _P + codes[2:]
    four = three[:-1] * _P + codes[3:]
    five = four[:-1] * _P + codes[4:]
    values = np.concatenate([three, four + np.uint64(1 << 40), five + np.uint64(1 << 41)])
    n = len(folded)
    starts = np.concatenate([np.arange(len(v)) for v in (three, four, five)])
    return _slot(values), np.minimum(starts, max(0, n - 1)).astype(np.int64)


def dense_features(folded: str, hits: list[Hit]) -> NDArray[np.float32]:
    """Rules met and lexical fields met, as 0 or 1."""
    return field_features(folded, {hit.rule for hit in hits})
