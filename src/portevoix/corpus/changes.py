"""What is changing: dated rises, falls and peaks, each with an exact test.

Every complaint that enough experiences share (a term, a procedure, an expectation, a place, and
each of these at a place) is scanned over windows of months. Within a family of items the scan's
p-value is corrected for the number of items: `established` passes Benjamini–Hochberg at 5 %,
`weak` would be met less than `WEAK_EXPECTED` times a family by chance. Candidates that rest on
the same experiences are one change, told by its most surprising item.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

import numpy as np

from portevoix.corpus import items, labelling, scan
from portevoix.corpus.analyses import Analyses, Labels
from portevoix.corpus.findings import Change, ChangeKind, Strength
from portevoix.corpus.incidence import Rows
from portevoix.corpus.items import Item, Items
from portevoix.corpus.labels import codes_of
from portevoix.corpus.statistics import Floats, Ints, adjusted, fisher, wilson

ESTABLISHED: Final = 0.05
# How many weak changes of a family chance alone may bring to a note.
WEAK_EXPECTED: Final = 0.4
# Candidates sharing this part of the smaller evidence say the same.
SAME: Final = 0.3
# A change this many times larger holds the smaller one without telling it.
APART: Final = 5
LIMIT: Final = 12
_FAMILIES: Final = 6

_Row = TypeVar("_Row", int, str)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An item in its window, before it becomes a statement. `rows` int64: experiences inside."""

    item: Item
    window: scan.Window
    rows: Rows = field(compare=False)
    size: int
    p: float
    expected: float
    q: float


def find_changes(
    analyses: Analyses, previous: Analyses | None, *, minimum: int
) -> tuple[Change, ...]:
    """The changes of the scope along its months, and against the previous period if given.

    Sorted by strength, then by surprise. A statement rests on at least `minimum` experiences.
    """
    candidates = _along_months(analyses, minimum)
    chosen = _distinct(analyses, candidates)
    calendar = scan.calendar(analyses.experiences.days)
    changes = [_change(analyses, calendar, candidate) for candidate in chosen]
    if previous is not None and len(previous.experiences):
        changes += _since_previous(analyses, previous, minimum, changes)
    return tuple(_without_same_label(changes))


@dataclass(frozen=True, slots=True)
class _Scanned:
    """Everything known of the items of a scope once scanned; `expected` and `q` by item."""

    found: Items
    calendar: scan.Calendar
    windows: list[scan.Window]
    result: scan.Scan
    expected: Floats
    q: Floats


def _along_months(analyses: Analyses, minimum: int) -> list[_Candidate]:
    calendar = scan.calendar(analyses.experiences.days)
    wins = scan.windows(calendar)
    found = items.items_of(analyses, minimum)
    if not wins or not found.names:
        return []
    result = scan.scan(_by_bin(found, calendar), wins, calendar.volumes)
    scanned = _Scanned(found, calendar, wins, result, *_corrected(found, result.scan_p))
    good = (result.count >= minimum) & (scanned.expected <= WEAK_EXPECTED)
    return [_candidate(scanned, int(index)) for index in np.flatnonzero(good)]


def _by_bin(found: Items, calendar: scan.Calendar) -> Ints:
    """int64 (items, bins): experiences of each item in each bin of months."""
    bins = calendar.bins[found.rows.indices]
    width = len(calendar.starts)
    item = np.repeat(np.arange(len(found.names)), np.diff(found.rows.indptr))
    known = bins >= 0
    flat = np.bincount(item[known] * width + bins[known], minlength=len(found.names) * width)
    return flat.reshape(-1, width).astype(np.int64)


def _corrected(found: Items, p_values: Floats) -> tuple[Floats, Floats]:
    """Expected number by chance within the family, and adjusted p-value, of each item."""
    families = np.array([name.family for name in found.names])
    expected, q = np.ones(len(families)), np.ones(len(families))
    for family in sorted(set(families.tolist())):
        rows = np.flatnonzero(families == family)
        expected[rows] = p_values[rows] * len(rows)
        q[rows] = adjusted(np.minimum(1.0, p_values[rows] * _FAMILIES), len(rows))
    return expected, q


def _candidate(scanned: _Scanned, index: int) -> _Candidate:
    table, result = scanned.found.rows, scanned.result
    window = scanned.windows[result.window[index]]
    rows = table.indices[table.indptr[index] : table.indptr[index + 1]]
    bins = scanned.calendar.bins[rows]
    inside = np.sort(rows[(bins >= window.first) & (bins <= window.last)]).astype(np.int64)
    return _Candidate(
        scanned.found.names[index],
        window,
        inside,
        len(rows),
        float(result.p[index]),
        float(scanned.expected[index]),
        float(scanned.q[index]),
    )


def _distinct(analyses: Analyses, candidates: list[_Candidate]) -> list[_Candidate]:
    """The most surprising candidates, each resting on experiences of its own; `LIMIT` at most."""
    chosen: list[_Told] = []
    for candidate in sorted(candidates, key=_rank):
        told = _Told(candidate, frozenset(candidate.rows.tolist()), _place(analyses, candidate))
        if not any(told.is_in(other) for other in chosen):
            chosen.append(told)
        if len(chosen) == LIMIT:
            break
    return [told.candidate for told in chosen]


@dataclass(frozen=True, slots=True)
class _Told:
    """A candidate with its experiences and its place (structure, département)."""

    candidate: _Candidate
    rows: frozenset[int]
    place: tuple[str, str]

    def is_in(self, other: _Told) -> bool:
        """Whether `other` already tells it: a slice of one place goes with the place."""
        common = len(self.rows & other.rows)
        smaller, larger = sorted((len(self.rows), len(other.rows)))
        if self.place != ("", "") and self.place == other.place:
            return common >= SAME * smaller
        return larger <= APART * smaller and common >= SAME * smaller


def _rank(candidate: _Candidate) -> tuple[float, int, str, str]:
    item = candidate.item
    return (candidate.expected, -len(candidate.rows), item.term or item.procedure, item.structure)


def _same(rows: set[_Row], other: set[_Row]) -> bool:
    smaller, larger = sorted((len(rows), len(other)))
    return larger <= APART * smaller and len(rows & other) >= SAME * smaller


def _change(analyses: Analyses, calendar: scan.Calendar, candidate: _Candidate) -> Change:
    window, rows = candidate.window, candidate.rows
    volumes = calendar.volumes
    inside = int(volumes[window.first : window.last + 1].sum())
    outside = int(volumes.sum()) - inside
    structure, departement = _place(analyses, candidate)
    start, end = calendar.span(window)
    return Change(
        label=labelling.label_of(analyses, candidate.item, rows),
        count=len(rows),
        share=len(rows) / inside,
        interval=wilson(len(rows), inside),
        evidence=tuple(analyses.experiences.ids[row] for row in rows),
        kind=window.kind,
        structure=structure,
        departement=departement,
        start=start,
        end=end,
        strength=Strength.ESTABLISHED if candidate.q <= ESTABLISHED else Strength.WEAK,
        share_elsewhere=(candidate.size - len(rows)) / max(1, outside),
        p_value=min(1.0, candidate.p),
        test="hypergeometric scan over months",
        expectation=labelling.expectation_of(analyses, rows),
    )


def _place(analyses: Analyses, candidate: _Candidate) -> tuple[str, str]:
    """Where it holds: the place of the item, or the one place of nearly all its experiences."""
    experiences = analyses.experiences
    structure = candidate.item.structure or _single(experiences.structures, candidate.rows)
    departement = candidate.item.departement or _single(experiences.departements, candidate.rows)
    return structure, departement


def _single(labels: Labels, rows: Rows) -> str:
    """The value that four in five of the rows carry, unless the whole scope does; or empty."""
    counts = np.bincount(codes_of(labels, rows), minlength=len(labels.values))
    if not len(counts) or counts.max() < 0.8 * len(rows):
        return ""
    best = int(counts.argmax())
    everywhere = int(np.count_nonzero(labels.codes == best))
    return labels.values[best] if everywhere < 0.8 * len(labels) else ""


def _since_previous(
    analyses: Analyses, previous: Analyses, minimum: int, known: list[Change]
) -> list[Change]:
    """Items that weigh more, or less, than in the previous period."""
    told = [set(change.evidence) for change in known]
    risen = _Comparison(analyses, previous, ChangeKind.RISE).changes(minimum, told)
    return risen + _Comparison(previous, analyses, ChangeKind.FALL).changes(minimum, told)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What `source` says more than `other`; the evidence is in `source`."""

    source: Analyses
    other: Analyses
    kind: ChangeKind

    def changes(self, minimum: int, told: list[set[str]]) -> list[Change]:
        """The most surprising, each on evidence of its own; `told` is completed."""
        pairs = self._pairs(minimum)
        size, other_size = len(self.source.experiences), len(self.other.experiences)
        p = np.array([fisher(len(a), size, b, other_size) for _, a, b in pairs])
        q = adjusted(p, len(pairs))
        changes: list[Change] = []
        for index in np.argsort(p, kind="stable"):
            item, rows, count = pairs[index]
            evidence = {self.source.experiences.ids[row] for row in rows}
            if p[index] * len(pairs) > WEAK_EXPECTED or len(changes) >= LIMIT // 2:
                break
            if not any(_same(evidence, known) for known in told):
                told.append(evidence)
                changes.append(self._change(item, rows, count, (float(p[index]), float(q[index]))))
        return changes

    def _pairs(self, minimum: int) -> list[tuple[Item, Rows, int]]:
        """Items of the source, who says them, and how many say them in the other period."""
        elsewhere = {item: len(rows) for item, rows in _indexed(self.other, 1).items()}
        return [
            (item, rows, elsewhere.get(item, 0))
            for item, rows in _indexed(self.source, minimum).items()
        ]

    def _change(self, item: Item, rows: Rows, count: int, tests: tuple[float, float]) -> Change:
        source, size = self.source, len(self.source.experiences)
        calendar = scan.calendar(source.experiences.days)
        return Change(
            label=labelling.label_of(source, item, rows),
            count=len(rows),
            share=len(rows) / size,
            interval=wilson(len(rows), size),
            evidence=tuple(source.experiences.ids[row] for row in rows),
            kind=self.kind,
            structure=item.structure,
            departement=item.departement,
            start=calendar.starts[0] if calendar.starts else date.min,
            end=calendar.last_day,
            strength=Strength.ESTABLISHED if tests[1] <= ESTABLISHED else Strength.WEAK,
            share_elsewhere=count / len(self.other.experiences),
            p_value=tests[0],
            test="Fisher exact, previous period",
            expectation=labelling.expectation_of(source, rows),
        )


def _indexed(analyses: Analyses, minimum: int) -> dict[Item, Rows]:
    found = items.items_of(analyses, minimum)
    pointer, indices = found.rows.indptr, found.rows.indices
    return {
        name: np.sort(indices[pointer[i] : pointer[i + 1]]).astype(np.int64)
        for i, name in enumerate(found.names)
    }


def _without_same_label(changes: list[Change]) -> list[Change]:
    """Established ones first; a label is told once a place and kind."""
    ranked = sorted(changes, key=lambda change: change.strength is Strength.WEAK)
    kept: dict[tuple[str, str, str, ChangeKind], Change] = {}
    for change in ranked:
        kept.setdefault((change.label, change.structure, change.departement, change.kind), change)
    return list(kept.values())
