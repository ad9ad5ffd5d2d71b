"""What words mean: each word brings a few numbers, near for words met in the same places.

A threat made of garden words, a recipe never seen before: the words are new to the cases learned
from, their neighbours are not. The sum of what words bring is divided by its usual length, so
that a word alone and a page weigh alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from portevoix.text.screening.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


class _Rows(dict[str, int]):
    """From a word to its row; a word unknown leads to the last, which is empty."""

    def __missing__(self, word: str) -> int:
        return -1


@dataclass(frozen=True, slots=True)
class Meanings:
    """`rows` leads from a folded word to its row of `values` (v + 1, k), the last one empty.

    `squares` (v + 1,): the square of the length of each row, before it was weighed by class.
    """

    rows: _Rows
    values: NDArray[np.float32]
    squares: NDArray[np.float32]

    @classmethod
    def learned(cls, words: Sequence[str], values: NDArray[np.float32]) -> Self:
        """Of words the most frequent first: written alike without accents, the first counts."""
        rows = _Rows()
        for row, word in enumerate(map(fold, words)):
            if word.isalnum():
                rows.setdefault(word, row)
        ended = _ended(values)
        return cls(rows, ended, np.einsum("ij,ij->i", ended, ended))

    def by_rarity(self, texts: Sequence[Sequence[str]]) -> Meanings:
        """The same words, those met in few of these texts bringing more."""
        met = np.ones(len(self.values), np.float32)
        for words in texts:
            met[list({self.rows[word] for word in words})] += 1
        rarity = (np.log(len(texts) / met).clip(0) + 1).astype(np.float32)
        return Meanings(self.rows, self.values * rarity[:, None], self.squares * rarity**2)

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """What folded words mean together, (k,): zeros when none is known."""
        rows = np.array(list(map(self.rows.__getitem__, words)), np.intp)
        total = np.ones(len(rows), np.float32) @ self.values.take(rows, axis=0)
        length = float(self.squares.take(rows).sum()) ** 0.5
        return np.asarray(total / np.float32(length + 1e-6), np.float32)

    def weighed(self, weights: NDArray[np.float64]) -> Meanings:
        """The same words, each bringing what it says for classes: `weights` (k, classes)."""
        return Meanings(self.rows, (self.values @ weights).astype(np.float32), self.squares)

    def pack(self) -> dict[str, NDArray[np.generic]]:
        """Arrays to store, in half precision, with the words that lead to them."""
        used = sorted(self.rows.items(), key=lambda item: item[1])
        rows = [row for _, row in used]
        words = "\n".join(word for word, _ in used).encode()
        return {
            "meanings": np.frombuffer(words, np.uint8),
            "meanings_values": self.values[rows].astype(np.float16),
            "meanings_squares": self.squares[rows].astype(np.float32),
        }

    @classmethod
    def unpack(cls, packed: Mapping[str, NDArray[np.generic]]) -> Self:
        """The meanings of `pack`."""
        words = packed["meanings"].tobytes().decode().split("\n")
        return cls(
            _Rows((word, row) for row, word in enumerate(words)),
            _ended(packed["meanings_values"].astype(np.float32)),
            np.append(packed["meanings_squares"].astype(np.float32), np.float32(0)),
        )


def _ended(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same rows, and an empty one."""
    return np.vstack([values, np.zeros((1, values.shape[1]), np.float32)])
