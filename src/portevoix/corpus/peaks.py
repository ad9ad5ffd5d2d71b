"""Sudden peaks: is the last week above what the weeks before let expect?

Counts vary more than chance alone would have them (news, holidays): the spread seen before is the
one allowed now. Many places are looked at, so that the threshold is that of the whole list.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom, poisson

from portevoix.corpus.statistics import adjusted

Floats = NDArray[np.float64]

# How far one looks back, the week that may be a peak included.
WEEKS: Final = 27
LEAST_WEEKS: Final = 8
LEAST_COUNT: Final = 5
THRESHOLD: Final = 0.05


def surprise(weeks: NDArray[np.int64]) -> Floats:
    """P(as many as in the last week, or more), for each row of weekly counts (rows, weeks)."""
    past, last = weeks[:, :-1].astype(np.float64), weeks[:, -1]
    size = past.shape[1]
    # Half a story more than seen: a place that was silent may receive one without a peak.
    mean = (past.sum(axis=1) + 0.5) / size
    spread = _spread(past)
    # What the mean itself may be wrong by is part of what is expected.
    variance = mean * np.maximum(spread, 1.0) * (1 + 1 / size)
    over = variance > mean * 1.0001
    tails = poisson.sf(last - 1, mean)
    shape = mean[over] ** 2 / (variance[over] - mean[over])
    tails[over] = nbinom.sf(last[over] - 1, shape, mean[over] / variance[over])
    return np.asarray(tails, np.float64)


def _spread(past: Floats) -> Floats:
    """Variance by mean of each row, at least that of all of them together: one row alone is too
    short to be sure that it is calm."""
    means, variances = past.mean(axis=1), past.var(axis=1, ddof=1)
    together = variances.sum() / max(means.sum(), 1e-9)
    return np.asarray(np.maximum(variances / np.maximum(means, 1e-9), together), np.float64)


def peaks(weeks: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows whose last week is a peak, the most surprising first."""
    if weeks.shape[0] == 0 or weeks.shape[1] <= LEAST_WEEKS:
        return np.zeros(0, np.int64)
    tails = surprise(weeks)
    found = adjusted(tails, len(tails)) <= THRESHOLD
    found &= weeks[:, -1] >= LEAST_COUNT
    rows = np.flatnonzero(found)
    return rows[np.argsort(tails[rows], kind="stable")]
