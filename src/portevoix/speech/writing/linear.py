"""A linear model over hashed features: the label of each word by itself.

Weights are learned by `training/speech_marks.py`; those that matter are kept, in one byte each.
Reading keeps nothing: any number of threads may share one.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.errors import ResourceError

_CACHED: Final = 100_000


@lru_cache(maxsize=_CACHED)
def slot(feature: str) -> int:
    """A fixed number for a feature, the same on every machine."""
    return zlib.crc32(feature.encode())


@dataclass(frozen=True, slots=True)
class Linear:
    """`slots` uint32 (n,) sorted, `weights` float32 (n + 1, labels) whose last row is zero.

    `bias` float32 (labels,) is added to every word.
    """

    labels: tuple[str, ...]
    slots: NDArray[np.uint32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, features: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """(words, labels): what each word says; every word has as many features."""
        asked = np.array([[slot(f) for f in row] for row in features], np.uint32)
        place = np.searchsorted(self.slots, asked)
        place[place == len(self.slots)] = 0
        place[self.slots[place] != asked] = len(self.slots)
        return np.asarray(self.weights[place].sum(axis=1) + self.bias, np.float32)

    def best(self, features: Sequence[Sequence[str]]) -> list[str]:
        """The most likely label of each word."""
        if not features:
            return []
        return [self.labels[i] for i in self.scores(features).argmax(axis=1)]


@lru_cache(maxsize=4)
def load(name: str) -> Linear:
    """A model of the package. Raises `ResourceError` when its file is missing or damaged."""
    path = resources.files("portevoix") / "data" / "speech" / f"{name}.npz"
    try:
        with path.open("rb") as file, np.load(file) as stored:
            return unpack({key: stored[key] for key in stored.files})
    except (OSError, KeyError, ValueError) as error:
        raise ResourceError from error


def unpack(stored: dict[str, NDArray[np.generic]]) -> Linear:
    """The model of the arrays that training wrote."""
    table = np.asarray(stored["weights"], np.float32) / np.float32(stored["scale"])
    rows = np.concatenate([table, np.zeros((1, table.shape[1]), np.float32)])
    return Linear(
        tuple(str(label) for label in stored["labels"]),
        np.cumsum(np.asarray(stored["gaps"], np.uint32), dtype=np.uint32),
        rows,
        np.asarray(stored["bias"], np.float32),
    )
