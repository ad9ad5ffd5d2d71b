"""What is changing: dated rises, falls and peaks, each with an exact test.

Every complaint that enough experiences share (a term, a procedure, an expectation, a place, and
each of these at a place) is scanned over windows of months. Within a family of items the scan's
p-value is corrected for the number of items: `established` passes Benjamini–Hochberg at 5 %,
`weak` would be met less than `WEAK_EXPECTED` times a family by chance. Candidates that rest on
the same experiences are one change, told by its most surprising item.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from portevoix.corpus import incidence, items, labelling, scan
from portevoix.corpus.analyses import Analyses
from portevoix.corpus.findings import Change, ChangeKind, Strength
from portevoix.corpus.incidence import Rows
from portevoix.corpus.items import Item, Items
from portevoix.corpus.statistics import adjusted, fisher, wilson

ESTABLISHED: Final = 0.05
# How many weak changes of a family chance alone may bring to a note.
WEAK_EXPECTED: Final = 0.35
# Candidates sharing this part of the smaller evidence say the same.
SAME: Final = 0.4
LIMIT: Final = 12
_FAMILIES: Final = 6


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
    chosen = _distinct(candidates)[:LIMIT]
    calendar = scan.calendar(analyses.experiences.days)
    changes = [_change(analyses, calendar, candidate) for candidate in chosen]
    if previous is not None and len(previous.experiences):
        changes += _since_previous(analyses, previous, minimum, changes)
    return tuple(_without_same_label(changes))


def _along_months(analyses: Analyses, minimum: int) -> list[_Candidate]:
    calendar = scan.calendar(analyses.experiences.days)
    wins = scan.windows(calendar)
    found = items.items_of(analyses, minimum)
    if not wins or not found.names:
        return []
    counts = _by_bin(found, calendar)
    result = scan.scan(counts, wins, calendar.volumes)
    expected, q = _corrected(found, result.scan_p)
    good = (result.count >= minimum) & (expected <= WEAK_EXPECTED)
    picked = np.flatnonzero(good)
    return [
        _candidate(found, calendar, wins[result.window[i]], int(i), result, expected, q)
        for i in picked
    ]


def _by_bin(
    found: Items, calendar: scan.Calendar
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """int64 (items, bins): experiences of each item in each bin of months."""
    bins = calendar.bins[found.rows.indices]
    width = len(calendar.starts)
    item = np.repeat(np.arange(len(found.names)), np.diff(found.rows.indptr))
    known = bins >= 0
    flat = np.bincount(item[known] * width + bins[known], minlength=len(found.names) * width)
    return flat.reshape(-1, width).astype(np.int64)


def _corrected(found: Items, p_values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Expected number by chance within the family, and adjusted p-value, of each item."""
    families = np.array([name.family for name in found.names])
    expected, q = np.ones(len(families)), np.ones(len(families))
    for family in sorted(set(families.tolist())):
        rows = np.flatnonzero(families == family)
        expected[rows] = p_values[rows] * len(rows)
        q[rows] = adjusted(np.minimum(1.0, p_values[rows] * _FAMILIES), len(rows))
    return expected, q


def _candidate(
    found: Items,
    calendar: scan.Calendar,
    window: scan.Window,
    index: int,
    result: scan.Scan,
    expected: np.ndarray,
    q: np.ndarray,
) -> _Candidate:
    rows = found.rows.indices[found.rows.indptr[index] : found.rows.indptr[index + 1]]
    bins = calendar.bins[rows]
    inside = np.sort(rows[(bins >= window.first) & (bins <= window.last)]).astype(np.int64)
    return _Candidate(
        found.names[index],
        window,
        inside,
        len(rows),
        float(result.p[index]),
        float(expected[index]),
        float(q[index]),
    )


def _distinct(candidates: list[_Candidate]) -> list[_Candidate]:
    """The most surprising candidates, each resting on experiences of its own."""
    ranked = sorted(candidates, key=_rank)
    chosen: list[_Candidate] = []
    for candidate in ranked:
        rows = set(candidate.rows.tolist())
        if not any(_same(rows, set(other.rows.tolist())) for other in chosen):
            chosen.append(candidate)
    return chosen


def _rank(candidate: _Candidate) -> tuple[float, int, str, str]:
    item = candidate.item
    return (candidate.expected, -len(candidate.rows), item.term or item.procedure, item.structure)


def _same(rows: set[int], other: set[int]) -> bool:
    return len(rows & other) >= SAME * min(len(rows), len(other))


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


def _single(labels: incidence.Labels, rows: Rows) -> str:
    """The value that four in five of the rows carry, unless the whole scope does; or empty."""
    counts = np.zeros(len(labels.values), np.int64)
    for row in rows:
        counts[labels.codes[labels.offsets[row] : labels.offsets[row + 1]]] += 1
    if not len(counts) or counts.max() < 0.8 * len(rows):
        return ""
    best = int(counts.argmax())
    everywhere = int((labels.codes == best).sum())
    return labels.values[best] if everywhere < 0.8 * len(labels) else ""


def _since_previous(
    analyses: Analyses, previous: Analyses, minimum: int, known: list[Change]
) -> list[Change]:
    """Terms and expectations that weigh more, or less, than in the previous period."""
    now, before = _indexed(analyses, minimum), _indexed(previous, minimum)
    size, size_before = len(analyses.experiences), len(previous.experiences)
    risen = [(item, rows, before.get(item, _NONE)) for item, rows in now.items()]
    fallen = [(item, rows, now.get(item, _NONE)) for item, rows in before.items()]
    told: list[set[str]] = [set(change.evidence) for change in known]
    changes = _compared(analyses, risen, size, size_before, ChangeKind.RISE, told)
    return changes + _compared(previous, fallen, size_before, size, ChangeKind.FALL, told)


_NONE: Final = np.zeros(0, np.int64)


def _indexed(analyses: Analyses, minimum: int) -> dict[Item, Rows]:
    found = items.items_of(analyses, minimum)
    pointer, indices = found.rows.indptr, found.rows.indices
    return {
        name: np.sort(indices[pointer[i] : pointer[i + 1]]).astype(np.int64)
        for i, name in enumerate(found.names)
    }


def _compared(
    source: Analyses,
    pairs: list[tuple[Item, Rows, Rows]],
    size: int,
    other_size: int,
    kind: ChangeKind,
    told: list[set[str]],
) -> list[Change]:
    """Changes of the pairs whose share is above that of the other period, evidence in `source`."""
    if not pairs:
        return []
    p = np.array([fisher(len(a), size, len(b), other_size) for _, a, b in pairs])
    q = adjusted(p, len(pairs))
    changes: list[Change] = []
    for index in np.argsort(p, kind="stable"):
        item, rows, other = pairs[index]
        evidence = tuple(source.experiences.ids[row] for row in rows)
        if p[index] * len(pairs) > WEAK_EXPECTED or len(changes) >= LIMIT // 2:
            break
        if any(
            len(set(evidence) & known) >= SAME * min(len(evidence), len(known)) for known in told
        ):
            continue
        told.append(set(evidence))
        calendar = scan.calendar(source.experiences.days)
        changes.append(
            Change(
                label=labelling.label_of(source, item, rows),
                count=len(rows),
                share=len(rows) / size,
                interval=wilson(len(rows), size),
                evidence=evidence,
                kind=kind,
                structure=item.structure,
                departement=item.departement,
                start=calendar.starts[0],
                end=calendar.last_day,
                strength=Strength.ESTABLISHED if q[index] <= ESTABLISHED else Strength.WEAK,
                share_elsewhere=len(other) / other_size,
                p_value=float(p[index]),
                test="Fisher exact, previous period",
                expectation=labelling.expectation_of(source, rows),
            )
        )
    return changes


def _without_same_label(changes: list[Change]) -> list[Change]:
    """Established ones first; a label is told once a place and kind."""
    ranked = sorted(changes, key=lambda change: change.strength is Strength.WEAK)
    kept: dict[tuple[str, str, str, ChangeKind], Change] = {}
    for change in ranked:
        kept.setdefault((change.label, change.structure, change.departement, change.kind), change)
    return list(kept.values())
