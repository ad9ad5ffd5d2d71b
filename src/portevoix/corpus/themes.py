"""Strengths and pain points, ranked, each with its precise sub-subjects."""

from __future__ import annotations

from typing import Final

import numpy as np

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.details import details_of
from portevoix.corpus.findings import Theme
from portevoix.corpus.quotes import QuoteBook
from portevoix.corpus.shares import CODES, SURE, Presence, corrected
from portevoix.labels import EXPECTATION_LABELS
from portevoix.text.readings import EXPECTATIONS, POLARITIES

SHOWN: Final = 4
QUOTES: Final = 2


def find_themes(
    analyses: Analyses, found: Presence, side: int, book: QuoteBook, *, minimum: int
) -> tuple[Theme, ...]:
    """Return the most frequent themes of a side (0 strengths, 1 pain points)."""
    shares = [corrected(found.probability[:, code, side]) for code in range(CODES)]
    counts = found.sure[:, :, side].sum(axis=0)
    ranked = sorted(range(CODES), key=lambda code: (-shares[code][0], code))
    kept = [code for code in ranked if counts[code] >= minimum][:SHOWN]
    return tuple(_theme(analyses, found, (code, side), book, minimum=minimum) for code in kept)


def _theme(
    analyses: Analyses, found: Presence, theme: tuple[int, int], book: QuoteBook, *, minimum: int
) -> Theme:
    code, side = theme
    total = len(analyses.experiences)
    evidence = np.flatnonzero(found.sure[:, code, side])
    weights = found.segments[:, code, side]
    rows = np.flatnonzero(weights >= SURE)
    share, interval = corrected(found.probability[:, code, side])
    expectation = EXPECTATIONS[code]
    return Theme(
        label=EXPECTATION_LABELS[expectation],
        count=len(evidence),
        share=share,
        interval=interval,
        evidence=tuple(analyses.experiences.ids[row] for row in evidence),
        quotes=book.pick(rows, weights[rows].astype(np.float64), QUOTES),
        expectation=expectation,
        polarity=POLARITIES[side],
        raw_share=len(evidence) / total,
        details=details_of(analyses, rows, minimum=min(minimum, 3)),
    )
