"""What words mean: each word brings a few numbers, near for words met in the same places.

A threat made of garden words, a recipe never seen before: the words are new to the cases learned
from, their neighbours are not. The sum of what words bring is divided by its usual length, so
that a word alone and a page weigh alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from portevoix.text.screening.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Meanings:
    """`rows` leads from a folded word to its row of `values` (v, k).

    `squares` (v,): the square of the length of each row, as it was before being weighed by class.
    """

    rows: dict[str, int]
    values: NDArray[np.float32]
    squares: NDArray[np.float32]

    @classmethod
    def of(cls, words: Sequence[str], values: NDArray[np.float32]) -> Self:
        """Of words the most frequent first: written alike without accents, the first counts."""
        rows: dict[str, int] = {}
        for row, word in enumerate(words):
            rows.setdefault(fold(word), row)
        return cls(rows, values, np.einsum("ij,ij->i", values, values))

    def by_rarity(self, folded: Sequence[str]) -> Meanings:
        """The same words, those met in few of these folded texts bringing more."""
        met = np.ones(len(self.values), np.float32)
        for text in folded:
            met[list(set(self._found(text)))] += 1
        rarity = (np.log(len(folded) / met).clip(0) + 1).astype(np.float32)
        return Meanings(self.rows, self.values * rarity[:, None], self.squares * rarity**2)

    def _found(self, folded: str) -> list[int]:
        known = map(self.rows.get, _WORD.findall(folded))
        return [row for row in known if row is not None]

    def of_text(self, folded: str) -> NDArray[np.float32]:
        """What a folded text means, (k,): zeros when none of its words is known."""
        rows = self._found(folded)
        total = np.ones(len(rows), np.float32) @ self.values[rows]
        return np.asarray(total / (np.sqrt(self.squares[rows].sum()) + 1e-6), np.float32)

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
            {word: row for row, word in enumerate(words)},
            packed["meanings_values"].astype(np.float32),
            packed["meanings_squares"].astype(np.float32),
        )
