"""What texts mean, in numbers: neighbours by meaning share no word (« papiers », « passeport »).

The vectors of words come from the company they keep in official pages and experiences (latent
semantic analysis, `training/search_meanings.py`). A text is the weighted sum of its words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.errors import ResourceError
from portevoix.search.analysis import terms

Floats = NDArray[np.float32]
# Beyond, a text says nothing new of what it is about.
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Meanings:
    """`rows` gives the row of each term in `vectors` (n, d), already weighted by rarity."""

    rows: dict[str, int]
    vectors: Floats
    weight: Floats

    @staticmethod
    def shipped() -> Meanings:
        """The meanings that come with the software. Raises `ResourceError` without them."""
        return _shipped()

    @property
    def width(self) -> int:
        return int(self.vectors.shape[1])

    def embed(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of texts (n, d); zero for a text without a known word."""
        found = np.zeros((len(texts), self.width), dtype=np.float32)
        for row, text in enumerate(texts):
            found[row] = self.of_terms(terms(text)[:_LONGEST])
        return found

    def of_terms(self, words: Sequence[str]) -> Floats:
        """The unit vector of a list of terms."""
        counts = Counter(self.rows[word] for word in words if word in self.rows)
        if not counts:
            return np.zeros(self.width, dtype=np.float32)
        rows = np.fromiter(counts, np.int64, len(counts))
        often = np.array([1 + math.log(n) for n in counts.values()], dtype=np.float32)
        total: Floats = (often[:, None] * self.vectors[rows]).sum(axis=0)
        norm = float(np.linalg.norm(total))
        return total / norm if norm else total

    def rarity(self, word: str) -> float:
        """How much a term tells of a text; a term never met tells most."""
        row = self.rows.get(word)
        return float(self.weight.max()) if row is None else float(self.weight[row])


@cache
def _shipped() -> Meanings:
    source = resources.files("portevoix") / "data" / "search" / "meanings.npz"
    if not source.is_file():
        raise ResourceError
    with source.open("rb") as file, np.load(file, allow_pickle=False) as data:
        words = [str(word) for word in data["terms"]]
        weight = data["weight"].astype(np.float32)
        vectors = data["vectors"].astype(np.float32) * weight[:, None]
    return Meanings({word: row for row, word in enumerate(words)}, vectors, weight)
