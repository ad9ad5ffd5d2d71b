"""Sums and highest values over the words of many segments at once.

Segments are swept side by side, the longest first: at each step one word of every segment still
going on. Each step is a few operations on whole arrays, whatever the number of segments.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

# Words before and after which a run is read, the first one included.
REACH: Final = 3

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def sum_by(values: Floats, counts: Ints) -> Floats:
    """Return the sums of consecutive rows, `counts` rows each (zero rows sum to nothing)."""
    totals = np.zeros((len(counts), values.shape[1]), dtype=np.float32)
    filled = counts > 0
    if filled.any():
        starts = (np.cumsum(counts) - counts)[filled]
        totals[filled] = np.add.reduceat(values, starts, axis=0)
    return totals


def pool(tables: Floats, words: Ints, counts: Ints, bias: Floats) -> tuple[Floats, Floats]:
    """Return the highest and the summed value of each run of three words, both (n, c).

    `tables` (3, v, c): what a word brings to the run that starts at it, one before, two before;
    `words` (t,) rows of the tables, `counts` (n,) words of each segment.
    """
    size = tables.shape[2]
    order = np.argsort(-counts, kind="stable")
    lengths, starts = counts[order], (np.cumsum(counts) - counts)[order]
    steps = int(lengths[0]) if len(lengths) else 0
    going = np.searchsorted(-lengths, -np.arange(steps + REACH), side="left")
    best = np.zeros((len(counts), size), dtype=np.float32)
    total = np.zeros_like(best)
    run, more = np.empty_like(best), np.empty_like(best)
    for step in range(steps):
        now = going[step]
        value = run[:now]
        tables[0].take(words[starts[:now] + step], axis=0, out=value, mode="clip")
        value += bias
        for ahead in range(1, REACH):
            still = going[step + ahead]
            if still:
                place = words[starts[:still] + (step + ahead)]
                value[:still] += tables[ahead].take(place, axis=0, out=more[:still], mode="clip")
        np.maximum(value, 0, out=value)
        np.maximum(best[:now], value, out=best[:now])
        total[:now] += value
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return best[back], total[back]
