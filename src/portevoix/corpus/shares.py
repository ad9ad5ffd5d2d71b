"""How many experiences carry each expectation, corrected for the errors of the reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.findings import Interval

# Favourable, unfavourable: the columns of `SegmentTable.polarity` that a theme can have.
SIDES: Final = 2
CODES: Final = 15  # all but GEN and RIEN, which expect nothing precise
# A segment is evidence when the reading gives it at least this probability.
# On annotated experiences kept aside, seven in ten are then right for praise, two in three for
# complaints (docs/decisions/0004).
SURE: Final = 0.25

# How much likelier each polarity (P, N, 0) is once the author has declared the whole experience
# negative, neutral or positive: counted on the 3 973 annotated segments.
DECLARED: Final = np.array(
    [[0.10, 1.37, 0.94], [0.53, 1.07, 1.18], [3.14, 0.28, 0.84], [1.0, 1.0, 1.0]], dtype=np.float32
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Presence:
    """Per experience (n), code (15) and side (2): P(at least one segment says it).

    `sure` bool, same shape: whether a segment says it plainly enough to be shown as evidence.
    `segments` float32 (m, 15, 2): the probability of each segment.
    """

    probability: Floats
    sure: NDArray[np.bool_]
    segments: NDArray[np.float32]


def segment_probability(analyses: Analyses) -> NDArray[np.float32]:
    """Return float32 (m, 15, 2): P(code and side) of each segment."""
    codes = analyses.segments.expectation[:, :CODES]
    sides = polarity_known(analyses)[:, :SIDES]
    return np.asarray(codes[:, :, None] * sides[:, None, :], dtype=np.float32)


def polarity_known(analyses: Analyses) -> NDArray[np.float32]:
    """Return the polarity of each segment (m, 3) given the feeling its author declared."""
    segments = analyses.segments
    declared = analyses.experiences.feelings[segments.experience]
    posterior = segments.polarity * DECLARED[declared]
    return np.asarray(posterior / posterior.sum(axis=1, keepdims=True), dtype=np.float32)


def presence(analyses: Analyses) -> Presence:
    """Combine the segments of each experience: P(at least one), as if they were independent."""
    each = segment_probability(analyses)
    total = len(analyses.experiences)
    log_absent = np.log1p(-np.minimum(each, 0.999))
    owners = analyses.segments.experience
    sums = np.zeros((total, CODES, SIDES))
    best = np.zeros((total, CODES, SIDES), dtype=np.float32)
    if len(owners):
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        sums[owners[starts]] = np.add.reduceat(log_absent, starts, axis=0)
        best[owners[starts]] = np.maximum.reduceat(each, starts, axis=0)
    return Presence(1 - np.exp(sums), best >= SURE, each)


def corrected(probability: Floats) -> tuple[float, Interval]:
    """Return the expected share of experiences and its 95 % interval.

    `probability` (n,): the variance is that of drawing n experiences plus that of the reading
    (Σ p(1 − p) / n²); the interval is Wilson's with the sample size that gives this variance.
    """
    total = len(probability)
    if not total:
        return 0.0, Interval(0.0, 1.0)
    share = float(probability.mean())
    sampling = share * (1 - share) / total
    reading = float((probability * (1 - probability)).sum()) / total**2
    size = share * (1 - share) / (sampling + reading) if sampling > 0 else total
    return share, _wilson(share, max(1.0, size))


def _wilson(share: float, size: float) -> Interval:
    z = 1.959963984540054
    centre = share + z * z / (2 * size)
    half = z * float(np.sqrt(share * (1 - share) / size + z * z / (4 * size * size)))
    scale = 1 + z * z / size
    return Interval(max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale))
