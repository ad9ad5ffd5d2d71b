"""Are the trends written into the demonstration data found, and nothing else?

Three measures: planted trends found (kind, place, dates and matter right) and changes that tell
none of them; false alarms when dates are shuffled among experiences, where nothing changes; power
on bursts injected among shuffled dates. No measure looks at how the changes were computed.

    python -m portevoix.evaluation.changes [--save]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.analyze import analyze
from portevoix.corpus.changes import find_changes
from portevoix.corpus.findings import Change, Scope, Strength
from portevoix.corpus.scope import select
from portevoix.opendata import read_experiences
from portevoix.opendata.demo import demo_path

CASES: Final = Path(__file__).resolve().parents[3] / "evals" / "changes"
# Shufflings a network: enough to tell one false alarm a note from a tenth of one.
SHUFFLES: Final = 20


@dataclass(frozen=True, slots=True)
class Trend:
    """A trend known to be in the data; empty places mean the whole network."""

    network: str
    kind: str
    what: str
    start: date
    end: date
    words: tuple[str, ...]
    structures: tuple[str, ...]
    departements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts over all networks; false alarms are means by shuffled network."""

    trends: int
    found: int
    changes: int
    spurious: int
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alarms:
    """Mean number of changes of each strength where there is none."""

    shuffles: int
    established: float
    weak: float


def read_trends(path: Path) -> tuple[Trend, ...]:
    """The trends of a JSON file (see evals/changes/README.md)."""
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return tuple(
        Trend(
            row["network"],
            row["kind"],
            row["what"],
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]),
            tuple(row["words"]),
            tuple(row["structures"]),
            tuple(row["departements"]),
        )
        for row in rows
    )


def score(networks: Mapping[str, Analyses], trends: Sequence[Trend], *, minimum: int = 3) -> Scores:
    """Find the changes of each network and compare them with the trends planted there."""
    found: set[str] = set()
    changes = spurious = 0
    for name, analyses in networks.items():
        planted = [trend for trend in trends if trend.network == name]
        for change in find_changes(analyses, None, minimum=minimum):
            told = [trend.what for trend in planted if tells(change, trend, analyses)]
            found.update(told)
            changes += 1
            spurious += not told
    missed = tuple(trend.what for trend in trends if trend.what not in found)
    return Scores(len(trends), len(found), changes, spurious, missed)


def tells(change: Change, trend: Trend, analyses: Analyses) -> bool:
    """Whether the change has the kind, place, dates and matter of the trend."""
    overlap = change.start <= trend.end and trend.start <= change.end
    return (
        change.kind == trend.kind
        and overlap
        and _there(change, trend)
        and _about(change, trend, analyses)
    )


def _there(change: Change, trend: Trend) -> bool:
    """A place that is given must be the right one; a trend bound to one may be told without."""
    if not trend.structures and not trend.departements:
        return True
    if change.structure:
        return change.structure in trend.structures
    return not change.departement or change.departement in trend.departements


def _about(change: Change, trend: Trend, analyses: Analyses) -> bool:
    """The label says it, or half of the evidence does in its title or text."""
    if _says(change.label, trend):
        return True
    experiences = analyses.experiences
    row_of = {identifier: row for row, identifier in enumerate(experiences.ids)}
    rows = [row_of[identifier] for identifier in change.evidence]
    said = sum(_says(f"{experiences.titles[r]} {experiences.texts[r]}", trend) for r in rows)
    return said * 2 >= len(rows)


def _says(text: str, trend: Trend) -> bool:
    return any(word.lower() in text.lower() for word in trend.words)


def false_alarms(
    networks: Mapping[str, Analyses], *, shuffles: int, seed: int = 0, minimum: int = 3
) -> Alarms:
    """Changes found when dates are dealt at random among the experiences of each network."""
    generator = np.random.default_rng(seed)
    totals = {Strength.ESTABLISHED: 0, Strength.WEAK: 0}
    for _ in range(shuffles):
        for analyses in networks.values():
            days = generator.permutation(analyses.experiences.days)
            for change in find_changes(with_days(analyses, days), None, minimum=minimum):
                totals[change.strength] += 1
    count = max(1, shuffles * len(networks))
    return Alarms(count, totals[Strength.ESTABLISHED] / count, totals[Strength.WEAK] / count)


def with_days(analyses: Analyses, days: np.ndarray[Any, np.dtype[np.int32]]) -> Analyses:
    """The same experiences on other days."""
    return replace(analyses, experiences=replace(analyses.experiences, days=days))


def power(
    networks: Mapping[str, Analyses], *, size: int, trials: int, seed: int = 0, minimum: int = 3
) -> float:
    """Share of injected bursts that are found.

    Dates are shuffled, then `size` unfavourable experiences of one procedure are moved to two
    months in a row; found when a change inside those months rests mostly on them.
    """
    generator = np.random.default_rng(seed)
    hits = tries = 0
    for analyses in networks.values():
        for rows in _groups(analyses, size)[:trials]:
            days = generator.permutation(analyses.experiences.days)
            start = np.datetime64("2025-03-01") + np.timedelta64(int(generator.integers(61, 214)))
            first = int(start.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))
            days[rows] = first + generator.integers(0, 60, len(rows))
            found = find_changes(with_days(analyses, days), None, minimum=minimum)
            moved = {analyses.experiences.ids[row] for row in rows}
            tries += 1
            hits += any(2 * len(moved & set(c.evidence)) > len(c.evidence) for c in found)
    return hits / max(1, tries)


def _groups(analyses: Analyses, size: int) -> list[np.ndarray[Any, np.dtype[np.int64]]]:
    """For each procedure with enough of them, its first `size` unfavourable experiences."""
    labels = analyses.experiences.procedures
    negative = np.flatnonzero(analyses.experiences.feelings == 0)
    groups = []
    for value in labels.values:
        rows = np.array([row for row in negative if value in labels.of(int(row))], np.int64)
        if len(rows) >= size:
            groups.append(rows[:size])
    return groups


def demonstration() -> dict[str, Analyses]:
    """The demonstration experiences, network by network."""
    whole = analyze(read_experiences([demo_path()]).experiences)
    names = whole.experiences.networks.values
    return {name: select(whole, Scope(networks=(name,))) for name in names}


def measure() -> dict[str, Any]:
    """All the figures of the baseline."""
    networks = demonstration()
    scores = score(networks, read_trends(CASES / "trends.json"))
    alarms = false_alarms(networks, shuffles=SHUFFLES)
    return {
        "networks": len(networks),
        "experiences": sum(len(analyses.experiences) for analyses in networks.values()),
        "trends": scores.trends,
        "found": scores.found,
        "changes": scores.changes,
        "spurious": scores.spurious,
        "missed": list(scores.missed),
        "shuffled_networks": alarms.shuffles,
        "false_established": round(alarms.established, 3),
        "false_weak": round(alarms.weak, 3),
        "power": {str(n): round(power(networks, size=n, trials=5), 2) for n in (4, 5, 6)},
    }


def main(arguments: list[str]) -> int:
    """Print the figures beside the baseline; 1 when fewer trends are found than before."""
    figures = measure()
    baseline = CASES / "baseline.json"
    known = json.loads(baseline.read_text("utf-8"))
    for name, value in figures.items():
        click.echo(f"{name:<20} {value}   référence {known.get(name, '–')}")
    if "--save" in arguments:
        baseline.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return int(figures["found"] < known["found"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
