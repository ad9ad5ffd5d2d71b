"""What may be compared with what: experiences of the same network, of the same declared feeling.

In a scope of several networks, one that enters or leaves the sample is no change in what users
live; neither is a sample in which the happy ones were collected in one year and the others in
another. Dates are then exchangeable among comparable experiences only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import Analyses, Labels
from portevoix.corpus.statistics import Floats, Ints

# A network of fewer experiences than this is compared with the other small ones.
_SMALL: Final = 20
# Beyond this Cramér's V the feelings declared are tied to the calendar; they are so by the way the
# sample was made when one of them, common (`_COMMON`) overall, is all but absent (`_ABSENT` of its
# share) from the first or last months, for at least `_LONG` of the experiences. A service that
# goes wrong still has its unhappy users before, and its happy ones after.
_TIED: Final = 0.28
_COMMON: Final = 0.3
_ABSENT: Final = 0.1
_LONG: Final = 0.25


@dataclass(frozen=True, slots=True)
class Strata:
    """`codes` int64 (experiences,): the group of comparable experiences that each belongs to."""

    codes: NDArray[np.int64]
    by_network: bool
    by_feeling: bool

    @property
    def count(self) -> int:
        return int(self.codes.max()) + 1 if len(self.codes) else 0

    @property
    def whole(self) -> bool:
        """Whether every experience is comparable with every other."""
        return not (self.by_network or self.by_feeling)

    def table(self, bins: NDArray[np.int64], width: int) -> Ints:
        """int64 (strata, bins): how many experiences of each group in each bin."""
        known = bins >= 0
        flat = np.bincount(self.codes[known] * width + bins[known], minlength=self.count * width)
        return flat.reshape(self.count, width).astype(np.int64)


def strata_of(analyses: Analyses, bins: NDArray[np.int64]) -> Strata:
    """Group by network when there are several, and by feeling when it is tied to the calendar."""
    networks = _networks(analyses.experiences.networks)
    feelings = analyses.experiences.feelings.astype(np.int64) + 1
    by_network = bool(len(networks)) and bool(networks.max() > 0)
    by_feeling = tie(feelings, bins) > _TIED and _absent(feelings, bins)
    codes = networks * 4 + feelings * by_feeling
    return Strata(np.unique(codes, return_inverse=True)[1].astype(np.int64), by_network, by_feeling)


def _networks(labels: Labels) -> NDArray[np.int64]:
    """The network of each experience, numbered; the small ones, and none, are one group."""
    sizes = np.bincount(labels.codes, minlength=len(labels.values))
    first = np.zeros(len(labels), np.int64)
    named = np.diff(labels.offsets) > 0
    codes = labels.codes[labels.offsets[:-1][named]]
    first[named] = np.where(sizes[codes] >= _SMALL, codes + 1, 0)
    return np.unique(first, return_inverse=True)[1].astype(np.int64)


def tie(feelings: NDArray[np.int64], bins: NDArray[np.int64]) -> float:
    """Cramér's V between feelings and bins, corrected for small samples: 0 when independent."""
    known = bins >= 0
    table = _crossed(feelings[known], bins[known])
    total, (rows, columns) = table.sum(), table.shape
    if min(rows, columns) < 2:
        return 0.0
    expected = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / total
    chi2 = float(((table - expected) ** 2 / expected).sum())
    phi2 = max(0.0, chi2 / total - (rows - 1) * (columns - 1) / max(1.0, total - 1))
    return float(np.sqrt(phi2 / (min(rows, columns) - 1)))


def _absent(feelings: NDArray[np.int64], bins: NDArray[np.int64]) -> bool:
    """Whether a common feeling is missing from a long stretch at either end of the calendar."""
    known = bins >= 0
    table = _crossed(feelings[known], bins[known])
    common = table[table.sum(1) >= _COMMON * table.sum()]
    for ordered in (common, common[:, ::-1]):
        seen = np.cumsum(ordered, axis=1)
        volume = np.cumsum(table.sum(0) if ordered is common else table.sum(0)[::-1])
        expected = ordered.sum(1, keepdims=True) / table.sum() * volume[None, :]
        if ((volume >= _LONG * table.sum()) & (seen < _ABSENT * expected)).any():
            return True
    return False


def _crossed(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Floats:
    """Counts of the pairs, rows and columns never met left out."""
    _, i = np.unique(rows, return_inverse=True)
    _, j = np.unique(columns, return_inverse=True)
    if not len(i):
        return np.zeros((1, 1))
    shape = (int(i.max()) + 1, int(j.max()) + 1)
    flat = np.bincount(i * shape[1] + j, minlength=shape[0] * shape[1])
    return flat.reshape(shape).astype(np.float64)
