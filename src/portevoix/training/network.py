"""Learning a judge, who reads a segment among its neighbours, in numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.text.network import PLACES, SUGGESTION, WIDTH, Seats, each_part
from portevoix.training.descent import Rows

RETAINED: Final = 64
# Shares of numbers dropped at random while learning: traits, what words say, what is retained.
DROP_TRAIT: Final = 0.3
DROP_WORDS: Final = 0.2
DROP: Final = 0.4

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Slopes = dict[str, Floats | Rows]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some texts: `traits` (n, e) and `said` (n, 22) of each segment, `turns` (n, t), `lengths`
    (texts,) segments of each text, `characters` (n,)."""

    traits: Floats
    said: Floats
    turns: Floats
    lengths: Ints
    characters: Ints


@dataclass(frozen=True, slots=True)
class _Trace:
    seats: Seats
    traits: Floats
    sure: Floats
    retained: Floats
    seen: Floats
    around: Floats
    both: Floats
    masks: tuple[Floats, Floats]


class Judge:
    """The arrays of one judge being learnt, by name (see `portevoix.text.network.Network`)."""

    def __init__(self, traits: int, turns: int, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.arrays: dict[str, Floats] = {
            "own": self._start(traits, RETAINED),
            "own_words": self._start(WIDTH, RETAINED),
            "own_bias": np.zeros((1, RETAINED), np.float32),
            "around": self._start(4 * (RETAINED + WIDTH) + PLACES, RETAINED),
            "around_bias": np.zeros((1, RETAINED), np.float32),
            "answers": self._start(2 * RETAINED, WIDTH) / np.float32(2),
            "answers_bias": np.zeros((1, WIDTH), np.float32),
            "trust": np.ones((1, WIDTH), np.float32),
            "turns": np.zeros((turns, WIDTH), np.float32),
        }

    def _start(self, rows: int, columns: int) -> Floats:
        values = self.rng.normal(size=(rows, columns)) * np.sqrt(1 / rows)
        return np.asarray(values, dtype=np.float32)

    def slopes(self, batch: Batch, targets: Floats, weight: Floats) -> Slopes:
        """Return the slope of the loss for each array; `targets` (n, 22) are probabilities."""
        scores, trace = self.forward(batch)
        share = (weight / weight.sum()).astype(np.float32)[:, None]
        return self._backward(batch, trace, (np.exp(each_part(scores)) - targets) * share)

    def forward(self, batch: Batch) -> tuple[Floats, _Trace]:
        """Return the scores (n, 22), some numbers dropped, and what led to them."""
        arrays, shape = self.arrays, (len(batch.traits), RETAINED)
        traits = batch.traits * keep(self.rng, batch.traits.shape, DROP_TRAIT)
        sure = np.exp(batch.said) * keep(self.rng, batch.said.shape, DROP_WORDS)
        masks = keep(self.rng, shape, DROP), keep(self.rng, shape, DROP)
        linear = traits @ arrays["own"] + sure @ arrays["own_words"] + arrays["own_bias"]
        retained = np.maximum(linear, 0) * masks[0]
        seats = Seats.of(batch.lengths, batch.characters)
        seen = among(np.hstack([retained, sure]), seats)
        around = np.maximum(seen @ arrays["around"] + arrays["around_bias"], 0) * masks[1]
        both = np.hstack([around, retained])
        scores = both @ arrays["answers"] + arrays["answers_bias"] + batch.said * arrays["trust"]
        scores = scores + batch.turns @ arrays["turns"]
        return scores, _Trace(seats, traits, sure, retained, seen, around, both, masks)

    def _backward(self, batch: Batch, trace: _Trace, slope: Floats) -> Slopes:
        arrays, found = self.arrays, Slopes()
        # Turns of phrase speak of suggestions only.
        turns = batch.turns.T @ slope
        turns[:, : SUGGESTION.start] = 0
        found["turns"] = turns
        found["trust"] = (slope * batch.said).sum(axis=0, keepdims=True)
        found["answers"] = trace.both.T @ slope
        found["answers_bias"] = slope.sum(axis=0, keepdims=True)
        both = slope @ arrays["answers"].T
        around = both[:, :RETAINED] * trace.masks[1] * (trace.around > 0)
        found["around"] = trace.seen.T @ around
        found["around_bias"] = around.sum(axis=0, keepdims=True)
        seen = np.asarray(around @ arrays["around"].T, dtype=np.float32)
        known = among_back(seen, trace.seats, RETAINED + WIDTH)
        back = both[:, RETAINED:] + known[:, :RETAINED]
        back = back * trace.masks[0] * (trace.retained > 0)
        found["own"], found["own_words"] = trace.traits.T @ back, trace.sure.T @ back
        found["own_bias"] = back.sum(axis=0, keepdims=True)
        return found


def among(known: Floats, seats: Seats) -> Floats:
    """Return (n, 4m + 6) from (n, m): own, previous, next, mean of the text, place."""
    before = np.where(seats.place[:, :1] == 1, 0, np.roll(known, 1, axis=0))
    after = np.where(seats.place[:, 1:2] == 1, 0, np.roll(known, -1, axis=0))
    parts = [known, before, after, seats.mean(known)[seats.text], seats.place]
    return np.concatenate(parts, axis=1, dtype=np.float32, casting="same_kind")


def among_back(slope: Floats, seats: Seats, size: int) -> Floats:
    """Return the slope (n, size) of `known` from that of `among(known, seats)`."""
    own, before, after, mean = (slope[:, i * size : (i + 1) * size] for i in range(4))
    before = np.where(seats.place[:, :1] == 1, 0, before)
    after = np.where(seats.place[:, 1:2] == 1, 0, after)
    sums = np.add.reduceat(mean, seats.starts, axis=0) / seats.sizes[:, None].astype(np.float32)
    back = own + np.roll(before, -1, axis=0) + np.roll(after, 1, axis=0) + sums[seats.text]
    return np.asarray(back, dtype=np.float32)


def keep(rng: np.random.Generator, shape: tuple[int, ...], drop: float) -> Floats:
    """Return a mask that drops a share of the numbers and scales the others up."""
    kept = rng.random(shape, dtype=np.float32) >= drop
    return (kept / np.float32(1 - drop)).astype(np.float32)
