"""A small convolutional net over words: no mark, a comma or an end after each of them.

It sees words met in training, the ending of the others, and pauses; fifteen words on each side.
Learned by `training/speech_marks.py`, run by numpy: any number of threads may share one.
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
from portevoix.speech.writing.words import key

NONE, COMMA, END = 0, 1, 2
ENDINGS: Final = 2048
REACHES: Final = (1, 2, 4, 8)
PAUSE_KINDS: Final = 9
_PAUSE: Final = 1
_FIRST_RUN: Final = 2
_RUN: Final = 8
_LONGEST_RUN: Final = 6

Floats = NDArray[np.float32]


@lru_cache(maxsize=50_000)
def ending(word: str) -> int:
    """A number for the last letters of a word, the same on every machine."""
    return zlib.crc32(key(word)[-3:].encode()) % ENDINGS


def pause_kinds(pauses: Sequence[bool]) -> list[int]:
    """For each word: 1 when a silence follows, else how long the breath it stands in is.

    Forty words said without a pause hold an end of sentence; eight may hold none.
    """
    kinds: list[int] = []
    start = 0
    cuts = [i + 1 for i, pause in enumerate(pauses) if pause]
    for end in cuts if cuts and cuts[-1] == len(pauses) else [*cuts, len(pauses)]:
        run = _FIRST_RUN + min((end - start) // _RUN, _LONGEST_RUN)
        kinds += [_PAUSE if pauses[i] else run for i in range(start, end)]
        start = end
    return kinds


@dataclass(frozen=True, slots=True)
class Net:
    """`words` rank of each known word (0: unknown); `word`, `ending`, `pause` (n, width) tables.

    `kernels` four of (3 · width, width) with `biases` (width,); `out` (width, 3), `bias` (3,).
    """

    words: dict[str, int]
    word: Floats
    ending: Floats
    pause: Floats
    kernels: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    out: Floats
    bias: Floats

    def scores(self, words: Sequence[str], pauses: Sequence[bool]) -> Floats:
        """(words, 3): none, comma, end; `words` in lower case."""
        known = self.word[[self.words.get(key(w), 0) for w in words]]
        x = known + self.ending[[ending(w) for w in words]] + self.pause[pause_kinds(pauses)]
        for kernel, bias, reach in zip(self.kernels, self.biases, REACHES, strict=True):
            x = x + _convolve(x, kernel, bias, reach)
        return np.asarray(x @ self.out + self.bias, np.float32)


def _convolve(x: Floats, kernel: Floats, bias: Floats, reach: int) -> Floats:
    size, width = x.shape
    padded = np.zeros((size + 2 * reach, width), np.float32)
    padded[reach : reach + size] = x
    taps = np.concatenate([padded[i * reach : i * reach + size] for i in range(3)], axis=1)
    return np.asarray(np.maximum(taps @ kernel + bias, 0), np.float32)


@lru_cache(maxsize=1)
def load() -> Net:
    """The net of the package. Raises `ResourceError` when its file is missing or damaged."""
    path = resources.files("portevoix") / "data" / "speech" / "marks.npz"
    try:
        with path.open("rb") as file, np.load(file) as stored:
            return unpack({name: stored[name] for name in stored.files})
    except (OSError, KeyError, ValueError) as error:
        raise ResourceError from error


def unpack(stored: dict[str, NDArray[np.generic]]) -> Net:
    """The net of the arrays that training wrote."""
    floats = {k: np.asarray(v, np.float32) for k, v in stored.items() if k != "words"}
    words = stored["words"].tobytes().decode().split("\n")
    layers = range(len(REACHES))
    return Net(
        {word: rank for rank, word in enumerate(words, 1)},
        floats["word_weight"],
        floats["ending_weight"],
        floats["pause_weight"],
        tuple(_flat(floats[f"layers_{i}_weight"]) for i in layers),
        tuple(floats[f"layers_{i}_bias"] for i in layers),
        np.ascontiguousarray(floats["out_weight"].T),
        floats["out_bias"] + floats["bias"],
    )


def _flat(kernel: Floats) -> Floats:
    """(out, in, 3) as (3 · in, out)."""
    return np.ascontiguousarray(kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0]))
