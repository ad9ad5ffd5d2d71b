"""Sudden peaks replayed week after week on the demonstration: how many alarms, on what weeks?

A week is quiet for a service when none of the rises and peaks written into its network's stories
falls on it (`evals/changes/trends.json`); those of a whole network leave no service quiet.

    python -m portevoix.evaluation.peaks
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import click
import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.peaks import LEAST_WEEKS, WEEKS, peaks
from portevoix.evaluation.changes import CASES, Trend, demonstration, read_trends

# Of a hundred quiet weeks of a service, those that may alarm.
MOST: Final = 0.02
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Replay:
    """Weeks of a service looked at, those of them quiet, and the alarms on each kind."""

    looked: int
    quiet: int
    alarms: int
    false_alarms: int


def replay(networks: Mapping[str, Analyses], trends: Sequence[Trend]) -> Replay:
    """Look at every week of every service as the dashboard would have done that week."""
    looked = quiet = alarms = false = 0
    for name, analyses in networks.items():
        planted = [t for t in trends if t.network == name and t.kind in ("rise", "peak")]
        services, first, counts = weekly(analyses)
        for end, rows, alarmed in _weeks(counts):
            day = first + timedelta(weeks=end)
            calm = [row for row in range(rows) if _quiet(services[row], day, planted)]
            looked += rows
            quiet += len(calm)
            alarms += len(alarmed)
            false += len(alarmed & {*calm})
    return Replay(looked, quiet, alarms, false)


def weekly(analyses: Analyses) -> tuple[tuple[str, ...], date, NDArray[np.int64]]:
    """The services, the first Monday, and how many stories each has each week (int64)."""
    labels, days = analyses.experiences.structures, analyses.experiences.days
    weeks = (days + (_EPOCH.weekday())) // 7
    first = int(weeks.min())
    counts = np.zeros((len(labels.values), int(weeks.max()) - first + 1), np.int64)
    for row, week in enumerate((weeks - first).tolist()):
        for service in labels.codes[labels.offsets[row] : labels.offsets[row + 1]].tolist():
            counts[service, week] += 1
    return labels.values, _EPOCH + timedelta(days=first * 7 - _EPOCH.weekday()), counts


def _weeks(counts: NDArray[np.int64]) -> Iterator[tuple[int, int, set[int]]]:
    """Each week with enough before it: its rank, how many services, those that alarm."""
    for end in range(LEAST_WEEKS, counts.shape[1]):
        seen = counts[:, max(0, end + 1 - WEEKS) : end + 1]
        yield end, len(counts), set(peaks(seen).tolist())


def _quiet(service: str, monday: date, planted: Sequence[Trend]) -> bool:
    return not any(
        trend.start <= monday + timedelta(days=6)
        and monday <= trend.end
        and (not trend.structures or service in trend.structures)
        for trend in planted
    )


def main() -> int:
    """Print the counts; 1 when quiet weeks alarm too often."""
    found = replay(demonstration(), read_trends(CASES / "trends.json"))
    click.echo(
        f"{found.looked} semaines de service regardées, {found.alarms} alertes ; "
        f"{found.quiet} semaines calmes, {found.false_alarms} fausses alertes"
    )
    return int(found.false_alarms > MOST * found.quiet)


if __name__ == "__main__":
    sys.exit(main())
