"""The key figures of a scope, each with the experiences it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses, Labels
from portevoix.corpus.incidence import Rows
from portevoix.corpus.statistics import wilson
from portevoix.labels import FEELING_LABELS
from portevoix.note.document import Figure
from portevoix.types import Feeling

LISTED: Final = 10  # structures, départements, channels kept of each
_CODES: Final = ((Feeling.POSITIVE, 2), (Feeling.NEUTRAL, 1), (Feeling.NEGATIVE, 0))


def figures_of(analyses: Analyses) -> tuple[Figure, ...]:
    """All experiences, then by declared feeling, month, structure, département and channel.

    Structures, départements and channels are ranked; an experience may count in several of them.
    """
    table = analyses.experiences
    counting = _Counting(table.ids)
    figures = [counting.figure("experiences", "Expériences", np.arange(len(table)))]
    for feeling, code in _CODES:
        rows = np.flatnonzero(table.feelings == code)
        figures.append(counting.figure("feeling", FEELING_LABELS[feeling], rows))
    silent = np.flatnonzero(table.feelings < 0)
    if len(silent):
        figures.append(counting.figure("feeling", "Non déclaré", silent))
    figures += counting.months(table.days)
    for kind, labels in (
        ("structure", table.structures),
        ("departement", table.departements),
        ("channel", table.channels),
    ):
        figures += counting.ranked(kind, labels)
    return tuple(figures)


class _Counting:
    """Makes figures of rows of experiences, given their identifiers."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids

    def figure(self, kind: str, label: str, rows: Rows) -> Figure:
        size, total = len(rows), len(self._ids)
        ids = tuple(self._ids[row] for row in rows.tolist())
        share = size / total if total else 0.0
        return Figure(label, size, share, wilson(size, total), ids, kind=kind)

    def months(self, days: np.ndarray[tuple[int], np.dtype[np.int32]]) -> list[Figure]:
        known = np.flatnonzero(days != UNKNOWN_DAY)
        months = days[known].astype("datetime64[D]").astype("datetime64[M]")
        return [
            self.figure("month", str(month), known[months == month]) for month in np.unique(months)
        ]

    def ranked(self, kind: str, labels: Labels) -> list[Figure]:
        """The values met most, the first in the alphabet when as many."""
        counts = np.bincount(labels.codes, minlength=len(labels.values))
        best = sorted(range(len(counts)), key=lambda code: (-counts[code], labels.values[code]))
        owners = np.repeat(np.arange(len(labels)), np.diff(labels.offsets))
        return [
            self.figure(kind, labels.values[code], owners[labels.codes == code])
            for code in best[:LISTED]
        ]
