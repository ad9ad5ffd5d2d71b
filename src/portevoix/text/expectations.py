"""What each segment of a text is about, how it is said, and whether it suggests something.

Words are read first, one by one and in pairs, then runs of three words; judges read both again
among the neighbouring segments. Deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.text.cues import cues
from portevoix.text.lexicon import Lexicon
from portevoix.text.network import CODES, PARTS, POLARITY, SUGGESTION, WIDTH, each_part, softmax
from portevoix.text.pooling import REACH, pool, sum_by
from portevoix.text.readings import ReadText
from portevoix.text.segment import segment
from portevoix.text.weights import WEIGHTS, Weights

__all__ = ["SECOND", "SUGGESTS", "WEIGHTS", "ExpectationModel", "Weights"]

# A segment suggests something, or has a second code, from these probabilities on. For rare things
# rightly weighed, the best threshold of F1 is half of it: a third.
SUGGESTS: Final = 0.33
SECOND: Final = 0.25
# Below this probability of a suggestion, its turns of phrase are not looked for.
_HINT: Final = 0.08
# Segments read at once: enough for whole arrays to pay, few enough to stay in the cache.
_BLOCK: Final = 1024
# Words whose runs are worked out together; the frequent ones come first.
_GROUP: Final = 64

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class ExpectationModel:
    """Reads texts into segments with their probabilities."""

    def __init__(self, weights: Weights) -> None:
        self._prior = weights.prior
        self._bias = weights.bias
        self._network = weights.network
        self._meanings = weights.meanings
        scores = np.hstack([weights.vectors, weights.squares[:, None]])
        # Words are learnt once for all threads.
        self._lock = Lock()
        self._lexicon = Lexicon(weights.features, scores, weights.words)
        shape = (REACH, len(weights.meanings), len(weights.network.runs_bias))
        self._runs: Floats = np.zeros(shape, dtype=np.float32)
        self._ready = np.zeros(len(weights.meanings), dtype=bool)

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
        blocks = [self._words(segments[at : at + _BLOCK]) for at in range(0, len(segments), _BLOCK)]
        said, traits = (np.concatenate(part) for part in zip(*blocks, strict=True))
        sizes = np.array([len(text) for text in segments], dtype=np.int64)
        scores = self._network.answer(traits, said, lengths, sizes)
        self._add_turns(scores, segments)
        for part in PARTS:
            scores[:, part] = softmax(scores[:, part])
        return scores

    def choose(self, probabilities: Floats) -> NDArray[np.int64]:
        """Return the code of each row (n, 17): rare codes are given their chance."""
        return np.asarray((probabilities / self._prior).argmax(axis=1), dtype=np.int64)

    def _words(self, segments: Sequence[str]) -> tuple[Floats, Floats]:
        """Return of each segment what its words say, log probabilities (n, 22), and its traits."""
        with self._lock:
            lexicon = self._lexicon
            lexicon.tidy()
            rows, counts = lexicon.rows(segments)
            sums = sum_by(lexicon.sums[rows], counts) + self._pairs(rows, counts)
            words = lexicon.meaning[rows]
            self._learn(words)
        norms = np.sqrt(np.maximum(sums[:, WIDTH], 1e-6))
        best, total = pool(self._runs, words, counts, self._network.runs_bias)
        traits = self._network.segment_traits(best, total, counts)
        return each_part(sums[:, :WIDTH] / norms[:, None] + self._bias), traits

    def _pairs(self, rows: Ints, counts: Ints) -> Floats:
        """Return what the pairs of words add to each segment, float32 (n, 23)."""
        owner = np.repeat(np.arange(len(counts)), counts)
        known, added = self._lexicon.pairs(rows[:-1], rows[1:])
        inside = owner[:-1][known] == owner[1:][known]
        owners = owner[:-1][known][inside]
        return sum_by(added[inside], np.bincount(owners, minlength=len(counts)))

    def _learn(self, words: Ints) -> None:
        """Work out the runs of the words met for the first time.

        By whole groups of words: a product of matrices depends, in its last digits, on how many
        rows it has, and what a word brings must not depend on the words that it came with.
        """
        for group in np.unique(words[~self._ready[words]] // _GROUP):
            rows = slice(group * _GROUP, (group + 1) * _GROUP)
            brought = self._meanings[rows] @ self._network.runs
            self._runs[:, rows] = brought.reshape(len(brought), REACH, -1).transpose(1, 0, 2)
            self._ready[rows] = True

    def _add_turns(self, scores: Floats, segments: Sequence[str]) -> None:
        """Add the turns of phrase that suggest, where the words already hint at it."""
        likely = np.flatnonzero(softmax(scores[:, SUGGESTION])[:, 1] >= _HINT)
        if len(likely):
            turns = np.array([cues(segments[row]) for row in likely.tolist()], dtype=np.float32)
            scores[likely] += turns @ self._network.turns.mean(axis=0)


@cache
def _shipped() -> ExpectationModel:
    return ExpectationModel(Weights.load())
