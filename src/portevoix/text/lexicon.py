"""The words of a stream of texts as rows of numbers: each is worked out once, then looked up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.text.features import MARK, plain, raw_tokens, stem, word_features

_FIRST_ROWS: Final = 4096
_MOST_WORDS: Final = 200_000
UNKNOWN: Final = 0

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Lexicon(dict[str, int]):
    """From a raw token to its row, learnt at first sight.

    `sums` float32 (rows, k): what the word adds to the scores of a segment, itself and its
    character n-grams together. `meaning` int64 (rows,): its row among the word vectors, 0 when
    none. Pairs of neighbouring words are found by the numbers of their stems.
    """

    def __init__(self, features: Sequence[str], scores: Floats, words: Sequence[str]) -> None:
        super().__init__()
        self._feature = {name: row for row, name in enumerate(features)}
        self._scores = scores
        self._vector = {word: row for row, word in enumerate(words, start=1)}
        self._stems: dict[str, int] = {}
        self._pair_keys, self._pair_rows = self._pairs(features)
        self._allocate()

    def _allocate(self) -> None:
        self.sums: Floats = np.zeros((_FIRST_ROWS, self._scores.shape[1]), dtype=np.float32)
        self.meaning: Ints = np.zeros(_FIRST_ROWS, dtype=np.int64)
        self._stem: Ints = np.zeros(_FIRST_ROWS, dtype=np.int64)
        self.size = 0

    def _pairs(self, features: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the sorted keys of the known pairs of stems and the feature of each."""
        keys, rows = [], []
        for row, name in enumerate(features):
            left, mark, right = name.partition("_")
            if mark:
                numbers = [self._stems.setdefault(s, len(self._stems) + 1) for s in (left, right)]
                keys.append(numbers)
                rows.append(row)
        table = np.array(keys, dtype=np.int64).reshape(-1, 2)
        flat = table[:, 0] * (len(self._stems) + 1) + table[:, 1]
        order = np.argsort(flat, kind="stable")
        return flat[order], np.array(rows, dtype=np.int64)[order]

    def rows(self, segments: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the rows of the words of all segments, and how many words each has."""
        found = raw_tokens(segments)
        rows = np.fromiter(map(self.__getitem__, found), np.int64, len(found))
        marks = np.flatnonzero(rows == self[MARK])
        counts = np.diff(np.r_[-1, marks, len(rows)]) - 1
        return np.delete(rows, marks), counts[: len(segments)]

    def __missing__(self, token: str) -> int:
        word = plain(token)
        row = self.size
        if row == len(self.sums):
            self._grow()
        known = [self._feature[f] for f in word_features(word) if f in self._feature]
        if known:
            self.sums[row] = self._scores[known].sum(axis=0)
        self.meaning[row] = self._vector.get(word, UNKNOWN)
        self._stem[row] = self._stems.get(stem(word), 0)
        self.size += 1
        self[token] = row
        return row

    def _grow(self) -> None:
        self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
        self.meaning = np.concatenate([self.meaning, np.zeros_like(self.meaning)])
        self._stem = np.concatenate([self._stem, np.zeros_like(self._stem)])

    def tidy(self) -> None:
        """Start again once too many words are known: a hostile stream must not fill the machine."""
        if self.size > _MOST_WORDS:
            self.clear()
            self._allocate()

    def pairs(self, rows: Ints, following: Ints) -> tuple[NDArray[np.bool_], Floats]:
        """Return which pairs of neighbouring rows are known (n,), and what those add (known, k)."""
        left, right = self._stem[rows], self._stem[following]
        keys = left * (len(self._stems) + 1) + right
        place = np.minimum(np.searchsorted(self._pair_keys, keys), len(self._pair_keys) - 1)
        known = (left > 0) & (right > 0) & (self._pair_keys[place] == keys)
        return known, self._scores[self._pair_rows[place[known]]]
