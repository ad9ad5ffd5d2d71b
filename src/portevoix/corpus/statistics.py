"""Exact counts against chance: intervals, tails and corrections, on whole columns at once."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaln

from portevoix.corpus.findings import Interval

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_Z95: Final = 1.959963984540054
# Above this many experiences drawing with and without replacement differ by less than 1 %.
_EXACT_TOTAL: Final = 3000


def wilson(count: int, total: int) -> Interval:
    """The Wilson 95 % interval of a share; (0, 1) when there is nothing to count."""
    if total <= 0:
        return Interval(0.0, 1.0)
    share, z2 = count / total, _Z95**2
    centre = share + z2 / (2 * total)
    half = _Z95 * float(np.sqrt(share * (1 - share) / total + z2 / (4 * total * total)))
    scale = 1 + z2 / total
    return Interval(max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale))


def tail_table(total: int, inside: Ints, size: int) -> Floats:
    """P(X ≥ k) for k in 0..size, a row a window.

    X counts how many of `size` experiences fall among the `inside` ones of a window, when all
    `total` dates are exchangeable: hypergeometric, or binomial for a large total. float64
    (len(inside), size + 1).
    """
    return _tails(total, inside, size, np.arange(size + 1))


def _tails(total: int, inside: Ints, size: int, k: Ints) -> Floats:
    """P(X ≥ k) for each `k`, which go up by one; to `size` unless the total is large."""
    if total > _EXACT_TOTAL:
        share = (inside / total)[:, None]
        upper = betainc(np.maximum(k, 1)[None, :], size - k[None, :] + 1, share)
        return np.where(k[None, :] == 0, 1.0, upper)
    return np.minimum(1.0, np.cumsum(_pmf(total, inside, size, k)[:, ::-1], axis=1)[:, ::-1])


def _pmf(total: int, inside: Ints, size: int, counts: Ints) -> Floats:
    k = counts.astype(np.float64)[None, :]
    n = inside.astype(np.float64)[:, None]
    possible = (k <= n) & (size - k <= total - n)
    k_in = np.where(possible, k, 0.0)
    k_out = np.where(possible, size - k, 0.0)
    chosen = _log_choose(n, np.minimum(k_in, n)) + _log_choose(
        total - n, np.minimum(k_out, total - n)
    )
    logs = chosen - _log_choose(np.float64(total), np.float64(size))
    return np.where(possible, np.exp(logs), 0.0)


def _log_choose(n: Floats | np.float64, k: Floats | np.float64) -> Floats:
    result = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(result, np.float64)


def fisher(count: int, total: int, other_count: int, other_total: int) -> float:
    """One-sided exact p-value that the first share is not above the second (Fisher)."""
    size, both = count + other_count, total + other_total
    # Of a large total each tail is known by itself; else it is a sum of those above.
    above = count if both > _EXACT_TOTAL else size
    return float(_tails(both, np.array([total]), size, np.arange(count, above + 1))[0, 0])


def fisher_each(counts: Ints, totals: Ints, others: Ints, other_totals: Ints) -> Floats:
    """`fisher` of each row of four columns; rows that say the same are tested once."""
    rows = np.stack([counts, totals, others, other_totals], axis=1).astype(np.int64)
    tests, again = np.unique(rows, axis=0, return_inverse=True)
    found = np.array([fisher(*test) for test in tests.tolist()], np.float64)
    return found[again.ravel()]


def adjusted(p_values: Floats, tests: int) -> Floats:
    """Benjamini–Hochberg adjusted p-values (same order), when `tests` were made in all."""
    if not len(p_values):
        return p_values
    order = np.argsort(p_values, kind="stable")
    ranked = p_values[order] * max(tests, len(p_values)) / np.arange(1, len(p_values) + 1)
    smooth = np.minimum.accumulate(ranked[::-1])[::-1]
    result = np.empty_like(smooth)
    result[order] = np.minimum(1.0, smooth)
    return result
