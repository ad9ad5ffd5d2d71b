"""A small network, forward only: runs of three words, the segment, its neighbours.

Arrays are float32: `n` segments, `c` runs looked for, `e` traits of a segment, `k` judges who are
averaged, `h` what each of them retains of a segment.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

CODES, POLARITY, SUGGESTION = slice(0, 17), slice(17, 20), slice(20, 22)
PARTS: Final = (CODES, POLARITY, SUGGESTION)
WIDTH: Final = 22
PLACES: Final = 6

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Network:
    """The trained numbers that follow the words.

    `runs` (d, 3c), `runs_bias` (c,): what a word brings to the run that starts at it, one before
    it, two before it. `traits` (2c, e), `traits_bias` (e,): from the runs of a segment to its
    traits. Then, for each judge: `own` (k, e, h), `own_words` (k, 22, h), `own_bias` (k, 1, h),
    what is retained of a segment and of what its words say; `around` (k, 4(h + 22) + 6, h),
    `around_bias` (k, 1, h), the same among the neighbours; `answers` (k, 2h, 22), `answers_bias`
    (k, 1, 22); `trust` (k, 1, 22), how much the words are believed; `turns` (k, t, 22), what each
    turn of phrase adds.
    """

    runs: Floats
    runs_bias: Floats
    traits: Floats
    traits_bias: Floats
    own: Floats
    own_words: Floats
    own_bias: Floats
    around: Floats
    around_bias: Floats
    answers: Floats
    answers_bias: Floats
    trust: Floats
    turns: Floats

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(field.name for field in fields(cls))

    def segment_traits(self, best: Floats, total: Floats, words: Ints) -> Floats:
        """Return (n, e) from the highest and the summed value of each run in each segment."""
        shares = total * (0.5 / np.sqrt(np.maximum(words, 1))).astype(np.float32)[:, None]
        return relu(np.hstack([best, shares]) @ self.traits + self.traits_bias)

    def answer(self, traits: Floats, said: Floats, lengths: Ints, characters: Ints) -> Floats:
        """Return the scores (n, 22) of segments grouped by text, `lengths` segments each.

        `said` (n, 22): log probabilities from the words of each segment.
        """
        seats = Seats.of(lengths, characters)
        sure = np.exp(said)
        scores = np.zeros_like(said)
        for judge in range(len(self.own)):
            retained = relu(
                traits @ self.own[judge] + sure @ self.own_words[judge] + self.own_bias[judge]
            )
            known = np.hstack([retained, sure])
            around = relu(seats.weigh(known, self.around[judge]) + self.around_bias[judge])
            both = np.hstack([around, retained])
            scores += both @ self.answers[judge] + self.answers_bias[judge]
            scores += said * self.trust[judge]
        return scores / np.float32(len(self.own))


@dataclass(frozen=True, slots=True)
class Seats:
    """Where segments stand in their texts: `text` (n,) the text of each, `starts` the first
    segment of each text, `sizes` how many it has, `place` (n, 6) in numbers."""

    text: Ints
    starts: Ints
    sizes: Ints
    place: Floats

    @classmethod
    def of(cls, lengths: Ints, characters: Ints) -> Self:
        sizes = lengths[lengths > 0]
        starts = np.cumsum(sizes) - sizes
        text = np.repeat(np.arange(len(sizes)), sizes)
        rank = np.arange(len(text)) - starts[text]
        total = sizes[text]
        place = [
            rank == 0,
            rank == total - 1,
            rank / total,
            np.minimum(total, 20) / 20,
            np.minimum(characters, 400) / 400,
            np.log1p(characters) / 6,
        ]
        return cls(text, starts, sizes, np.stack(place, axis=1).astype(np.float32))

    def weigh(self, known: Floats, weights: Floats) -> Floats:
        """Return (n, h): own, previous, next segments and the mean of the text by their weights.

        `known` (n, m), `weights` (4m + 6, h), in that order, then the place.
        """
        size = known.shape[1]
        own, before, after, mean = (weights[i * size : (i + 1) * size] for i in range(4))
        found = known @ own + self.place @ weights[4 * size :]
        # A first segment has nothing before it, a last one nothing after it.
        found[1:] += (known @ before)[:-1] * (self.place[1:, :1] == 0)
        found[:-1] += (known @ after)[1:] * (self.place[:-1, 1:2] == 0)
        found += (self.mean(known) @ mean)[self.text]
        return np.asarray(found, dtype=np.float32)

    def mean(self, known: Floats) -> Floats:
        """Return the mean of each text (texts, m)."""
        sums = np.add.reduceat(known, self.starts, axis=0)
        return np.asarray(sums / self.sizes[:, None].astype(np.float32), dtype=np.float32)


def relu(values: NDArray[Any]) -> Floats:
    """Return the positive part, in place."""
    return np.asarray(np.maximum(values, 0, out=values), dtype=np.float32)


def softmax(scores: NDArray[Any]) -> Floats:
    """Return the probabilities of each row."""
    return np.asarray(np.exp(log_softmax(scores)), dtype=np.float32)


def log_softmax(scores: NDArray[Any]) -> Floats:
    """Return the logarithms of the probabilities of each row."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return np.asarray(shifted - total, dtype=np.float32)


def each_part(scores: NDArray[Any]) -> Floats:
    """Return the logarithms of the probabilities of code, polarity and suggestion (…, 22)."""
    return np.concatenate([log_softmax(scores[..., part]) for part in PARTS], axis=-1)
