"""Runs of three words: from the words of segments to what the network pools, and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from portevoix.text.pooling import REACH
from portevoix.training.descent import Rows

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """One pass forward, with what the way back needs.

    `pooled` (n, 2c): highest and scaled sum of each run in each segment; every segment has words.
    """

    pooled: Floats
    values: Floats
    best: Floats
    scale: Floats
    owner: Ints
    distinct: Ints
    place: Ints
    meanings: Floats
    inside: tuple[NDArray[np.bool_], ...]


def forward(arrays: dict[str, Floats], words: Ints, counts: Ints) -> Runs:
    """Pool the runs of each segment."""
    size = len(arrays["runs_bias"])
    distinct, place = np.unique(words, return_inverse=True)
    meanings = arrays["meanings"][distinct]
    brought = meanings @ arrays["runs"]
    owner = np.repeat(np.arange(len(counts)), counts)
    values = brought[place, :size] + arrays["runs_bias"]
    inside = []
    for ahead in range(1, REACH):
        same = owner[ahead:] == owner[:-ahead]
        inside.append(same)
        columns = slice(ahead * size, (ahead + 1) * size)
        values[: len(words) - ahead][same] += brought[place[ahead:][same], columns]
    np.maximum(values, 0, out=values)
    starts = np.cumsum(counts) - counts
    best = np.maximum.reduceat(values, starts, axis=0)
    scale = (0.5 / np.sqrt(counts)).astype(np.float32)[:, None]
    pooled = np.hstack([best, np.add.reduceat(values, starts, axis=0) * scale])
    return Runs(pooled, values, best, scale, owner, distinct, place, meanings, tuple(inside))


def backward(arrays: dict[str, Floats], run: Runs, slope: Floats) -> dict[str, Floats | Rows]:
    """Return the slopes of `meanings`, `runs`, `runs_bias` from that of `pooled`."""
    size = len(arrays["runs_bias"])
    back = (slope[:, size:] * run.scale)[run.owner]
    back += (run.values == run.best[run.owner]) * slope[:, :size][run.owner]
    back *= run.values > 0
    total = len(run.owner)
    gather = sp.csr_matrix(
        (np.ones(total, np.float32), (run.place, np.arange(total))), (len(run.distinct), total)
    )
    parts = [gather @ back]
    for ahead, same in enumerate(run.inside, start=1):
        moved = np.zeros_like(back)
        moved[ahead:][same] = back[: total - ahead][same]
        parts.append(gather @ moved)
    brought = np.hstack(parts)
    meanings = brought @ arrays["runs"].T
    return {
        "runs_bias": back.sum(axis=0),
        "runs": run.meanings.T @ brought,
        "meanings": (run.distinct, meanings),
    }
