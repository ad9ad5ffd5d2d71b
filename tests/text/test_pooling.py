"""Sweeping segments side by side gives what reading them one by one gives."""

from __future__ import annotations

import numpy as np

from portevoix.text.pooling import REACH, pool, sum_by


def test_runs_stop_at_the_end_of_their_segment() -> None:
    rng = np.random.default_rng(0)
    tables = rng.normal(size=(REACH, 9, 4)).astype(np.float32)
    bias = rng.normal(size=4).astype(np.float32)
    counts = np.array([3, 0, 1, 6, 2])
    words = rng.integers(0, 9, counts.sum())
    best, total = pool(tables, words, counts, bias)
    for row, end in enumerate(np.cumsum(counts)):
        own = words[end - counts[row] : end]
        values = [
            np.maximum(
                bias + sum(tables[k, own[i + k]] for k in range(REACH) if i + k < len(own)), 0
            )
            for i in range(len(own))
        ]
        stacked = np.array(values).reshape(-1, 4)
        assert np.allclose(best[row], stacked.max(axis=0, initial=0), atol=1e-5)
        assert np.allclose(total[row], stacked.sum(axis=0), atol=1e-5)


def test_nothing_to_pool() -> None:
    best, total = pool(
        np.zeros((REACH, 1, 4), np.float32),
        np.zeros(0, np.int64),
        np.zeros(2, np.int64),
        np.zeros(4, np.float32),
    )
    assert not best.any()
    assert not total.any()
    assert sum_by(np.zeros((0, 2), np.float32), np.zeros(3, np.int64)).shape == (3, 2)
