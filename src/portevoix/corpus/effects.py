"""Did it change anything? Difference in differences of a share, here against comparable places.

The share of a pain point moves for many reasons. What a measure did is what moved here more than
in comparable places that did not take it, with an interval that counts both the luck of who wrote
and how much such places usually move from one period to the next (random effects).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from scipy.stats import t as student

# A place with fewer experiences than this on either side is pooled with the other small ones.
_SMALL: Final = 10
LEAST_PEERS: Final = 3


@dataclass(frozen=True, slots=True)
class Panel:
    """How many experiences tell the pain point, and how many there are, before and after."""

    before: int
    before_total: int
    after: int
    after_total: int

    @property
    def complete(self) -> bool:
        return self.before_total > 0 and self.after_total > 0

    @property
    def small(self) -> bool:
        return min(self.before_total, self.after_total) < _SMALL

    @property
    def change(self) -> float:
        """The change of the share (−1 to 1)."""
        return self.after / self.after_total - self.before / self.before_total

    @property
    def variance(self) -> float:
        """Of the change by the luck of who wrote, with one of each added (Agresti and Caffo)."""
        return _variance(self.before, self.before_total) + _variance(self.after, self.after_total)


@dataclass(frozen=True, slots=True)
class DifferenceInDifferences:
    """`difference` is the change here less the change expected from `peers`, with its 95 %
    interval; all in shares (−1 to 1)."""

    difference: float
    low: float
    high: float
    here: float
    elsewhere: float
    peers: int

    @property
    def conclusive(self) -> bool:
        return self.low > 0 or self.high < 0


def difference_in_differences(
    here: Panel, peers: Sequence[Panel]
) -> DifferenceInDifferences | None:
    """Compare a place with comparable ones; None when there is too little to compare with."""
    compared = _pooled([peer for peer in peers if peer.complete])
    if not here.complete or len(compared) < LEAST_PEERS:
        return None
    mean, of_mean, between = _random_effects(compared)
    expected = between + of_mean
    total = here.variance + expected
    # How well the peers are known weighs in proportion to their part of the doubt (Satterthwaite).
    freedom = (len(compared) - 1) * (total / expected) ** 2
    half = float(student.ppf(0.975, freedom)) * sqrt(total)
    difference = here.change - mean
    return DifferenceInDifferences(
        difference, difference - half, difference + half, here.change, mean, len(compared)
    )


def _variance(count: int, total: int) -> float:
    share = (count + 1) / (total + 2)
    return share * (1 - share) / (total + 2)


def _pooled(peers: Sequence[Panel]) -> list[Panel]:
    """The peers, the small ones brought together."""
    large = [peer for peer in peers if not peer.small]
    small = [peer for peer in peers if peer.small]
    if not small:
        return large
    one = Panel(
        sum(p.before for p in small),
        sum(p.before_total for p in small),
        sum(p.after for p in small),
        sum(p.after_total for p in small),
    )
    return large if one.small else [*large, one]


def _random_effects(peers: Sequence[Panel]) -> tuple[float, float, float]:
    """The mean change, its variance, and the variance of changes between places.

    DerSimonian and Laird: places do not all move alike, even when nobody does anything.
    """
    changes = [peer.change for peer in peers]
    weights = [1 / peer.variance for peer in peers]
    mean = _mean(changes, weights)
    spread = sum(w * (c - mean) ** 2 for c, w in zip(changes, weights, strict=True))
    total = sum(weights)
    scale = total - sum(w * w for w in weights) / total
    between = max(0.0, (spread - (len(peers) - 1)) / scale)
    weights = [1 / (peer.variance + between) for peer in peers]
    return _mean(changes, weights), 1 / sum(weights), between


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)
