"""What each segment of a text is about, how it is said, and whether it suggests something.

Two linear stages. The first sums the vectors of the words and pairs of words of a segment; the
second reads it again in the light of the neighbours. Deterministic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from portevoix.errors import ResourceError
from portevoix.text.cues import SILENT, cues
from portevoix.text.features import pair_feature, tokens, word_features
from portevoix.text.readings import ReadText
from portevoix.text.segment import segment

WEIGHTS: Final = Path(__file__).resolve().parent.parent / "data" / "expectations.npz"
CODES, POLARITY, SUGGESTION = slice(0, 17), slice(17, 20), slice(20, 22)
WIDTH: Final = 22
# A segment suggests something, or has a second code, from these probabilities on.
SUGGESTS: Final = 0.3
SECOND: Final = 0.25
_CACHED_WORDS: Final = 200_000
_TINY: Final = 1e-4
# Below this probability of a suggestion, its turns of phrase are not looked for.
_HINT: Final = 0.08
# How much the neighbours weigh in the choice of a code (chosen by grouped cross-validation).
_AROUND: Final = 0.3

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained numbers.

    `features` names the rows of `vectors` float32 (f, 22) and `squares` float32 (f,). `bias`
    (22,). `second` (c, 22) and `second_bias` (22,): the same read again in the `c`
    numbers of its context. `prior` (17,):
    what the probabilities of the codes are divided by to choose a code.
    """

    features: tuple[str, ...]
    vectors: Floats
    squares: Floats
    bias: Floats
    second: Floats
    second_bias: Floats
    prior: Floats

    def save(self, path: Path) -> None:
        names = np.frombuffer("\n".join(self.features).encode(), dtype=np.uint8)
        np.savez_compressed(
            path,
            features=names,
            vectors=self.vectors.astype(np.float16),
            squares=self.squares.astype(np.float16),
            bias=self.bias,
            second=self.second,
            second_bias=self.second_bias,
            prior=self.prior,
        )

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Self:
        """Raise `ResourceError` when the file is missing or is not one of ours."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                names = stored["features"].tobytes().decode().split("\n")
                arrays = {
                    key: stored[key].astype(np.float32) for key in stored if key != "features"
                }
        except (OSError, ValueError, KeyError) as error:
            raise ResourceError(f"Le modèle « {path} » manque ou est abîmé.") from error
        return cls(tuple(names), **arrays)


class ExpectationModel:
    """Reads texts into segments with their probabilities."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._row = {feature: row for row, feature in enumerate(weights.features)}
        self._words: dict[str, int] = {}
        self._pairs: dict[tuple[str, str], int] = {}
        # Words are learnt once for all threads.
        self._lock = Lock()
        # Row 0 is the word that the model knows nothing of.
        self._table: Floats = np.zeros((1024, WIDTH + 1), dtype=np.float32)
        self._size = 1

    @classmethod
    def load(cls, path: Path | None = None) -> ExpectationModel:
        """Return the shipped model, or the one trained into `path`."""
        return _shipped() if path is None else cls(Weights.load(path))

    def read(self, texts: Sequence[str]) -> list[ReadText]:
        """Return one reading per text; a text without words has no segment."""
        cut = [segment(text) for text in texts]
        flat = [piece.text for pieces in cut for piece in pieces]
        lengths = np.array([len(pieces) for pieces in cut], dtype=np.int64)
        scores = self.score(flat, lengths)
        ends = np.cumsum(lengths)
        return [
            ReadText(
                np.array([(s.start, s.end) for s in pieces], dtype=np.int32).reshape(-1, 2),
                scores[end - len(pieces) : end, CODES],
                scores[end - len(pieces) : end, POLARITY],
                scores[end - len(pieces) : end, 21],
            )
            for pieces, end in zip(cut, ends, strict=True)
        ]

    def score(self, segments: Sequence[str], lengths: Ints) -> Floats:
        """Return probabilities (n, 22) of segments grouped by text, `lengths` segments each."""
        if not segments:
            return np.zeros((0, WIDTH), dtype=np.float32)
        first = self.first_stage(segments)
        context = contexts(first, lengths, segments)
        again = context @ self._weights.second + self._weights.second_bias
        alone = np.log(np.clip(first[:, CODES], _TINY, 1))
        around = np.log(np.clip(softmax(again[:, CODES]), _TINY, 1))
        first[:, CODES] = softmax((1 - _AROUND) * alone + _AROUND * around)
        first[:, POLARITY] = softmax(again[:, POLARITY])
        first[:, SUGGESTION] = softmax(again[:, SUGGESTION])
        return first

    def choose(self, probabilities: Floats) -> NDArray[np.int64]:
        """Return the code of each row (n, 17): rare codes are given their chance."""
        return np.asarray((probabilities / self._weights.prior).argmax(axis=1), dtype=np.int64)

    def first_stage(self, segments: Iterable[str]) -> Floats:
        """Return the probabilities of each segment read alone, float32 (n, 22)."""
        rows: list[int] = []
        counts: list[int] = []
        with self._lock:
            if self._size > _CACHED_WORDS:
                self._forget()
            for text in segments:
                found = self._rows(tokens(text))
                rows += found
                counts.append(len(found))
            vectors = self._table[rows]
        sums = _sum_by(vectors, np.array(counts, dtype=np.int64))
        norms = np.sqrt(np.maximum(sums[:, WIDTH], 1e-6))
        scores = np.asarray(sums[:, :WIDTH] / norms[:, None] + self._weights.bias, np.float32)
        for part in (CODES, POLARITY, SUGGESTION):
            scores[:, part] = softmax(scores[:, part])
        return scores

    def _rows(self, words: list[str]) -> list[int]:
        known, pairs = self._words, self._pairs
        rows = [known[word] if word in known else self._learn(word) for word in words]
        for pair in pairwise(words):
            row = pairs.get(pair)
            if row is None:
                row = self._learn_pair(pair)
            if row:
                rows.append(row)
        return rows

    def _learn(self, word: str) -> int:
        row = self._add([self._row[f] for f in word_features(word) if f in self._row])
        self._words[word] = row
        return row

    def _learn_pair(self, pair: tuple[str, str]) -> int:
        known = self._row.get(pair_feature(*pair))
        row = self._add([known]) if known is not None else 0
        self._pairs[pair] = row
        return row

    def _add(self, features: list[int]) -> int:
        if not features:
            return 0
        if self._size == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        row = self._size
        self._table[row, :WIDTH] = self._weights.vectors[features].sum(axis=0)
        self._table[row, WIDTH] = self._weights.squares[features].sum()
        self._size += 1
        return row

    def _forget(self) -> None:
        """Start the memory of words again, so that a hostile stream cannot fill the machine."""
        self._words.clear()
        self._pairs.clear()
        self._size = 1


@cache
def _shipped() -> ExpectationModel:
    return ExpectationModel(Weights.load())


def softmax(scores: NDArray[Any]) -> Floats:
    """Return the probabilities of each row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _sum_by(values: Floats, counts: Ints) -> Floats:
    """Return the sums of consecutive rows, `counts` rows each (zero rows sum to nothing)."""
    totals = np.zeros((len(counts), values.shape[1]), dtype=np.float32)
    filled = counts > 0
    if filled.any():
        starts = (np.cumsum(counts) - counts)[filled]
        totals[filled] = np.add.reduceat(values, starts, axis=0)
    return totals


def contexts(first: Floats, lengths: Ints, segments: Sequence[str]) -> Floats:
    """Return what the second stage reads, float32 (n, 90 + turns of phrase).

    The segment's own log probabilities, the neighbours' and the text's mean probabilities, where
    the segment stands, and the turns of phrase that suggest.
    """
    sizes = np.array([len(text) for text in segments], dtype=np.float32)
    own = np.log(np.clip(first, _TINY, 1))
    raw = np.delete(first, 20, axis=1)
    text = np.repeat(np.arange(len(lengths)), lengths)
    rank = np.arange(len(first)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    total = lengths[text]
    before = np.where((rank > 0)[:, None], np.roll(raw, 1, axis=0), 0)
    after = np.where((rank < total - 1)[:, None], np.roll(raw, -1, axis=0), 0)
    mean = (_sum_by(raw, lengths) / np.maximum(lengths, 1)[:, None])[text]
    place = np.stack(
        [
            rank == 0,
            rank == total - 1,
            rank / total,
            np.minimum(total, 20) / 20,
            np.minimum(sizes, 400) / 400,
        ],
        axis=1,
    )
    hints = first[:, SUGGESTION][:, 1] >= _HINT
    turns = [
        cues(text) if hint else SILENT for text, hint in zip(segments, hints.tolist(), strict=True)
    ]
    return np.concatenate([own, before, after, mean, place, turns], axis=1).astype(np.float32)
