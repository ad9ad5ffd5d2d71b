"""What is changing: dated rises, falls and peaks, each with an exact test.

Every complaint that enough experiences share (a precise sub-subject, a term, a procedure, an
expectation, a place, and each of these at a place) is scanned over windows of months. Within a
family of items the scan's p-value is corrected for the number of items: `established` passes
Benjamini–Hochberg at 5 %, `weak` would be met less than `WEAK_EXPECTED` times a family by chance.
Candidates that rest on the same experiences are one change, told by its most surprising item, and
one that nothing precise can be said of is not told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from portevoix.corpus import items, labelling, previously, scan
from portevoix.corpus.analyses import Analyses, Labels
from portevoix.corpus.comparable import Strata, strata_of
from portevoix.corpus.findings import Change, ChangeKind, Strength
from portevoix.corpus.incidence import Rows
from portevoix.corpus.items import Item, Items
from portevoix.corpus.labelling import Told
from portevoix.corpus.labels import codes_of
from portevoix.corpus.statistics import Floats, Ints, adjusted, wilson

ESTABLISHED: Final = 0.05
# How many weak changes of a family chance alone may bring to a note.
WEAK_EXPECTED: Final = 0.4
# Candidates sharing this part of the smaller evidence say the same.
SAME: Final = 0.3
# A change this many times larger holds the smaller one without telling it.
APART: Final = 5
LIMIT: Final = 12
# Those of `items.items_of`.
_FAMILIES: Final = 8
AMONG_ALL: Final = "hypergeometric scan over months"
AMONG_COMPARABLE: Final = "binomial scan over months, comparable experiences"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An item in its window, before it becomes a statement. `rows` int64: experiences inside;
    `inside` and `outside`: how many comparable experiences the window has, and has not."""

    item: Item
    window: scan.Window
    rows: Rows = field(compare=False)
    size: int
    p: float
    expected: float
    q: float
    inside: int
    outside: int


def find_changes(
    analyses: Analyses, previous: Analyses | None, *, minimum: int
) -> tuple[Change, ...]:
    """The changes of the scope along its months, and against the previous period if given.

    Sorted by strength, then by surprise. A statement rests on at least `minimum` experiences.
    """
    calendar = scan.calendar(analyses.experiences.days)
    strata = strata_of(analyses, calendar.bins)
    candidates = _along_months(analyses, calendar, strata, minimum)
    chosen = _distinct(analyses, candidates)
    test = AMONG_ALL if strata.whole else AMONG_COMPARABLE
    changes = [_change(analyses, calendar, test, told) for told in chosen]
    if previous is not None and len(previous.experiences):
        changes += previously.since_previous(analyses, previous, minimum, changes)
    return tuple(_without_same_label(changes))


@dataclass(frozen=True, slots=True)
class _Scanned:
    """Everything known of the items of a scope once scanned; `expected` and `q` by item;
    `volumes` int64 (items, bins): the comparable experiences of each."""

    found: Items
    calendar: scan.Calendar
    windows: list[scan.Window]
    result: scan.Scan
    expected: Floats
    q: Floats
    volumes: Ints


def _along_months(
    analyses: Analyses, calendar: scan.Calendar, strata: Strata, minimum: int
) -> list[_Candidate]:
    wins = scan.windows(calendar)
    found = items.items_of(analyses, minimum)
    if not wins or not len(found):
        return []
    counts = _by_bin(found, calendar)
    if strata.whole:
        volumes = np.broadcast_to(calendar.volumes, counts.shape)
        result = scan.scan(counts, wins, calendar.volumes)
    else:
        shares, volumes = _comparable(found, calendar, strata, wins)
        result = scan.scan_among(counts, wins, shares)
    scanned = _Scanned(found, calendar, wins, result, *_corrected(found, result.scan_p), volumes)
    good = (result.count >= minimum) & (scanned.expected <= WEAK_EXPECTED)
    return [_candidate(scanned, int(index)) for index in np.flatnonzero(good)]


def _by_bin(found: Items, calendar: scan.Calendar) -> Ints:
    """int64 (items, bins): experiences of each item in each bin of months."""
    bins = calendar.bins[found.rows.indices]
    width = len(calendar.starts)
    item = np.repeat(np.arange(len(found)), np.diff(found.rows.indptr))
    known = bins >= 0
    flat = np.bincount(item[known] * width + bins[known], minlength=len(found) * width)
    return flat.reshape(-1, width).astype(np.int64)


def _comparable(
    found: Items, calendar: scan.Calendar, strata: Strata, wins: list[scan.Window]
) -> tuple[Floats, Ints]:
    """The share of each window expected of each item (items, windows), were the dates dealt again
    within each group of comparable experiences, and the volumes (items, bins) of its groups."""
    dated = calendar.bins >= 0
    by_group = strata.table(calendar.bins, len(calendar.starts))
    held = scan.held_in(by_group, wins) / np.maximum(1, by_group.sum(1))[:, None]
    item = np.repeat(np.arange(len(found)), np.diff(found.rows.indptr))
    known = dated[found.rows.indices]
    flat = item[known] * strata.count + strata.codes[found.rows.indices[known]]
    size = len(found) * strata.count
    # As floats, which are exact here and multiplied a hundred times faster than integers.
    mix = np.bincount(flat, minlength=size).reshape(-1, strata.count).astype(np.float64)
    shares = (mix @ held) / np.maximum(1, mix.sum(1))[:, None]
    return shares, ((mix > 0).astype(np.float64) @ by_group).astype(np.int64)


def _corrected(found: Items, p_values: Floats) -> tuple[Floats, Floats]:
    """Expected number by chance within the family, and adjusted p-value, of each item."""
    families = found.families
    expected, q = np.ones(len(families)), np.ones(len(families))
    for family in np.unique(families):
        rows = np.flatnonzero(families == family)
        expected[rows] = p_values[rows] * len(rows)
        q[rows] = adjusted(np.minimum(1.0, p_values[rows] * _FAMILIES), len(rows))
    return expected, q


def _candidate(scanned: _Scanned, index: int) -> _Candidate:
    result = scanned.result
    window = scanned.windows[result.window[index]]
    rows = scanned.found.who(index)
    bins = scanned.calendar.bins[rows]
    within = rows[(bins >= window.first) & (bins <= window.last)]
    volumes = scanned.volumes[index]
    inside = int(volumes[window.first : window.last + 1].sum())
    return _Candidate(
        scanned.found.name(index),
        window,
        within,
        len(rows),
        float(result.p[index]),
        float(scanned.expected[index]),
        float(scanned.q[index]),
        inside,
        int(volumes.sum()) - inside,
    )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A candidate with its name, its experiences and its place (structure, département)."""

    candidate: _Candidate
    told: Told
    rows: frozenset[int]
    place: tuple[str, str]

    def is_in(self, other: _Chosen) -> bool:
        """Whether `other` already tells it: a slice of one place goes with the place."""
        common = len(self.rows & other.rows)
        smaller, larger = sorted((len(self.rows), len(other.rows)))
        if self.place != ("", "") and self.place == other.place:
            return common >= SAME * smaller
        return larger <= APART * smaller and common >= SAME * smaller


def _distinct(analyses: Analyses, candidates: list[_Candidate]) -> list[_Chosen]:
    """The most surprising candidates, each resting on experiences of its own; `LIMIT` at most."""
    chosen: list[_Chosen] = []
    for candidate in sorted(candidates, key=_rank):
        rows = frozenset(candidate.rows.tolist())
        new = _Chosen(candidate, Told(""), rows, _place(analyses, candidate))
        if any(new.is_in(other) for other in chosen):
            continue
        told = labelling.told_of(analyses, candidate.item, candidate.rows)
        if told is not None:
            chosen.append(replace(new, told=told))
        if len(chosen) == LIMIT:
            break
    return chosen


def _rank(candidate: _Candidate) -> tuple[float, int, str, str]:
    item = candidate.item
    name = item.topic or item.term or item.procedure
    return (candidate.expected, -len(candidate.rows), name, item.structure)


def _change(analyses: Analyses, calendar: scan.Calendar, test: str, chosen: _Chosen) -> Change:
    candidate = chosen.candidate
    rows, inside = candidate.rows, max(1, candidate.inside)
    structure, departement = chosen.place
    start, end = calendar.span(candidate.window)
    return Change(
        label=chosen.told.label,
        count=len(rows),
        share=len(rows) / inside,
        interval=wilson(len(rows), inside),
        evidence=tuple(analyses.experiences.ids[row] for row in rows),
        topic=chosen.told.topic,
        kind=candidate.window.kind,
        structure=structure,
        departement=departement,
        start=start,
        end=end,
        strength=Strength.ESTABLISHED if candidate.q <= ESTABLISHED else Strength.WEAK,
        share_elsewhere=(candidate.size - len(rows)) / max(1, candidate.outside),
        p_value=min(1.0, candidate.p),
        test=test,
        expectation=previously.expectation_told(analyses, chosen.told, rows),
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


def _without_same_label(changes: list[Change]) -> list[Change]:
    """Established ones first; a label is told once a place and kind."""
    ranked = sorted(changes, key=lambda change: change.strength is Strength.WEAK)
    kept: dict[tuple[str, str, str, ChangeKind], Change] = {}
    for change in ranked:
        kept.setdefault((change.label, change.structure, change.departement, change.kind), change)
    return list(kept.values())
