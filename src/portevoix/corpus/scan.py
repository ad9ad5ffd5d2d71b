"""Months, windows of months, and how surprising it is that a thing falls in one of them.

The null is that dates are exchangeable within the scope: a month with twice the experiences is
expected to hold twice the mentions, so volume alone never makes a change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from portevoix.corpus.analyses import UNKNOWN_DAY
from portevoix.corpus.findings import ChangeKind
from portevoix.corpus.statistics import Floats, Ints, tail_table

MAX_BINS: Final = 24
# A peak lasts at most a fifth of the period: beyond, it is a level that rose or fell.
PEAK_PART: Final = 5
# Below this size the whole null distribution of an item is tabled, so that the scan is exact-ish.
_TABLED: Final = 80
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Window:
    """Bins `first` to `last`, both included, and what a surplus there is called."""

    first: int
    last: int
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class Calendar:
    """Bins of whole months. `bins` int64 (experiences,): -1 when the day is unknown."""

    bins: NDArray[np.int64]
    starts: tuple[date, ...]
    last_day: date

    def span(self, window: Window) -> tuple[date, date]:
        """First day of the first month, last day of the last month (of the scope at most)."""
        after = window.last + 1
        end = self.starts[after] - timedelta(1) if after < len(self.starts) else self.last_day
        return self.starts[window.first], end

    @property
    def volumes(self) -> Ints:
        known = self.bins[self.bins >= 0]
        return np.bincount(known, minlength=len(self.starts)).astype(np.int64)


def calendar(days: NDArray[np.int32]) -> Calendar:
    """Cut the days met into at most `MAX_BINS` bins of the same number of months."""
    known = days != UNKNOWN_DAY
    if not known.any():
        return Calendar(np.full(len(days), -1, np.int64), (), _EPOCH)
    dates = days[known].astype("datetime64[D]")
    months = dates.astype("datetime64[M]").astype(np.int64)
    low, high = int(months.min()), int(months.max())
    width = -(-(high - low + 1) // MAX_BINS)
    count = (high - low) // width + 1
    bins = np.full(len(days), -1, np.int64)
    bins[known] = (months - low) // width
    starts = tuple(_month(low + i * width) for i in range(count))
    return Calendar(bins, starts, _month(low + count * width) - timedelta(1))


def _month(index: int) -> date:
    return date(1970 + index // 12, index % 12 + 1, 1)


def windows(calendar_: Calendar) -> list[Window]:
    """Rises (to the end), falls (from the start) and peaks (short, strictly inside)."""
    count = len(calendar_.starts)
    rises = [Window(i, count - 1, ChangeKind.RISE) for i in range(1, count)]
    falls = [Window(0, i, ChangeKind.FALL) for i in range(count - 1)]
    peaks = [
        Window(i, i + size - 1, ChangeKind.PEAK)
        for size in range(1, max(1, count // PEAK_PART) + 1)
        for i in range(1, count - size)
    ]
    volumes = calendar_.volumes
    everything = [*rises, *falls, *peaks]
    return [w for w in everything if 0 < volumes[w.first : w.last + 1].sum() < volumes.sum()]


@dataclass(frozen=True, slots=True)
class Scan:
    """For each item its best window: `window` index, `count` inside, exact `p`, `scan_p`.

    `scan_p` is the chance that some window reaches so small a p-value (a union bound over the
    attainable values of each window, so never too small).
    """

    window: Ints
    count: Ints
    p: Floats
    scan_p: Floats


def held_in(counts: Ints, wins: list[Window]) -> Ints:
    """int64 (rows, windows): what each row of `counts` (rows, bins) has inside each window."""
    totals = np.concatenate([np.zeros((len(counts), 1), np.int64), np.cumsum(counts, 1)], 1)
    first = np.array([w.first for w in wins])
    after = np.array([w.last + 1 for w in wins])
    held: Ints = totals.take(after, axis=1) - totals.take(first, axis=1)
    return held


def scan_among(counts: Ints, wins: list[Window], shares: Floats) -> Scan:
    """Scan when each item has its own null: `shares` float64 (items, windows) is how likely one
    of its experiences falls in each window, given those it may be compared with.

    Binomial: never smaller than the exact tail of experiences drawn from unequal groups.
    """
    inside, sizes = held_in(counts, wins), counts.sum(1)
    # A window that holds no more than expected surprises nobody: its tail is not worth computing.
    p, over = np.ones(inside.shape), inside > sizes[:, None] * shares
    outside = np.broadcast_to(sizes[:, None], inside.shape)[over] - inside[over]
    p[over] = betainc(inside[over], outside + 1, np.clip(shares[over], 0.0, 1.0))
    best, pick = p.argmin(1), np.arange(len(counts))
    scan_p = np.minimum(1.0, p.min(1) * len(wins))
    return Scan(best, inside[pick, best], p[pick, best], scan_p)


def scan(counts: Ints, wins: list[Window], volumes: Ints) -> Scan:
    """Scan `counts` int64 (items, bins) over the windows, given the volume of each bin."""
    inside = held_in(counts, wins)
    held = held_in(volumes[None, :], wins)[0]
    sizes = counts.sum(1)
    p, scan_p = np.ones(inside.shape), np.ones(len(counts))
    for size in np.unique(sizes[sizes <= _TABLED]):
        rows = np.flatnonzero(sizes == size)
        table = tail_table(int(volumes.sum()), held, int(size))
        p[rows] = table[np.arange(len(wins))[None, :], inside[rows]]
        scan_p[rows] = _union(table, p[rows].min(1))
    rows = np.flatnonzero(sizes > _TABLED)
    share = (held / volumes.sum())[None, :]
    k = inside[rows]
    upper = betainc(np.maximum(k, 1), sizes[rows, None] - k + 1, share)
    p[rows] = np.where(k == 0, 1.0, upper)
    scan_p[rows] = np.minimum(1.0, p[rows].min(1) * len(wins))
    best = p.argmin(1)
    pick = np.arange(len(counts))
    return Scan(best, inside[pick, best], p[pick, best], scan_p)


def _union(table: Floats, best: Floats) -> Floats:
    """Sum over windows of the largest attainable tail not above each observed one."""
    low = table[:, :, None] <= best[None, None, :] * (1 + 1e-9)
    reached = np.where(low, table[:, :, None], 0.0).max(1)
    return np.asarray(np.minimum(1.0, reached.sum(0)), np.float64)
