"""Changes against the previous period of the same length, among what both periods hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, TypeVar

import numpy as np
from scipy import sparse

from portevoix.corpus import items, labelling, scan
from portevoix.corpus.analyses import Analyses, Labels
from portevoix.corpus.findings import Change, ChangeKind, Strength
from portevoix.corpus.incidence import Rows, Table, table_of
from portevoix.corpus.items import Item, Items
from portevoix.corpus.labelling import Told
from portevoix.corpus.sayings import topic_of
from portevoix.corpus.statistics import Floats, Ints, adjusted, fisher_each, wilson
from portevoix.types import Expectation

ESTABLISHED: Final = 0.05
# How many changes chance alone may bring to a note.
WEAK_EXPECTED: Final = 0.4
# Items sharing this part of the smaller evidence say the same, unless one is far larger.
SAME: Final = 0.3
APART: Final = 5
LIMIT: Final = 6

_Row = TypeVar("_Row", int, str)


def expectation_told(analyses: Analyses, told: Told, rows: Rows) -> Expectation:
    """The expectation of a change: that of its topic, else what its experiences are most about."""
    if told.topic:
        return topic_of(told.topic).expectations[0]
    return labelling.expectation_of(analyses, rows)


def since_previous(
    analyses: Analyses, previous: Analyses, minimum: int, known: list[Change]
) -> list[Change]:
    """Items that weigh more, or less, than in the previous period."""
    told = [set(change.evidence) for change in known]
    risen = _Comparison(analyses, previous, ChangeKind.RISE).changes(minimum, told)
    return risen + _Comparison(previous, analyses, ChangeKind.FALL).changes(minimum, told)


@dataclass(frozen=True, slots=True)
class _Pair:
    """An item, who says it, how many say it in the other period, and among how many in each."""

    item: Item
    rows: Rows
    other: int
    size: int
    other_size: int


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Items that both periods could hold, by columns: `rows` of `items`, how many say each in the
    other period, and among how many experiences in each period."""

    items: Items
    rows: Ints
    other: Ints
    size: Ints
    other_size: Ints

    def p(self) -> Floats:
        """How surprising it is that so many say each item, next to the other period."""
        return fisher_each(self.items.sizes[self.rows], self.size, self.other, self.other_size)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What `source` says more than `other`; the evidence is in `source`."""

    source: Analyses
    other: Analyses
    kind: ChangeKind

    def changes(self, minimum: int, told: list[set[str]]) -> list[Change]:
        """The most surprising, each on evidence of its own; `told` is completed."""
        pairs = self._pairs(minimum)
        p = pairs.p()
        q = adjusted(p, len(p))
        changes: list[Change] = []
        for index in np.argsort(p, kind="stable").tolist():
            if p[index] * len(p) > WEAK_EXPECTED or len(changes) >= LIMIT:
                break
            found = int(pairs.rows[index])
            item, rows = pairs.items.name(found), pairs.items.who(found)
            evidence = {self.source.experiences.ids[row] for row in rows}
            name = labelling.told_of(self.source, item, rows)
            if name and not any(_same(evidence, known) for known in told):
                told.append(evidence)
                pair = _Pair(
                    item,
                    rows,
                    int(pairs.other[index]),
                    int(pairs.size[index]),
                    int(pairs.other_size[index]),
                )
                changes.append(self._change(pair, name, (float(p[index]), float(q[index]))))
        return changes

    def _pairs(self, minimum: int) -> _Pairs:
        """Items of the source that the other period could also hold."""
        found = items.items_of(self.source, minimum)
        other = found.sizes_in(items.all_items_of(self.other))
        size, other_size = self._sizes(found)
        rows = np.flatnonzero(other_size)
        return _Pairs(found, rows, other[rows], size[rows], other_size[rows])

    def _sizes(self, found: Items) -> tuple[Ints, Ints]:
        """How many experiences of the networks of each item each period has."""
        mine, other = self.source.experiences.networks, self.other.experiences.networks
        whole = (len(mine), len(other))
        if len(mine.values) < 2 and len(other.values) < 2:
            return np.full(len(found), whole[0]), np.full(len(found), whole[1])
        met = sparse.csr_array(found.rows @ table_of(mine))
        none = np.diff(met.indptr) == 0
        sizes = (_sharing(met, mine.values, labels) for labels in (mine, other))
        first, second = (
            np.where(none, all_of, some) for all_of, some in zip(whole, sizes, strict=True)
        )
        return first, second

    def _change(self, pair: _Pair, name: Told, tests: tuple[float, float]) -> Change:
        source, rows = self.source, pair.rows
        calendar = scan.calendar(source.experiences.days)
        return Change(
            label=name.label,
            count=len(rows),
            share=len(rows) / pair.size,
            interval=wilson(len(rows), pair.size),
            evidence=tuple(source.experiences.ids[row] for row in rows),
            topic=name.topic,
            kind=self.kind,
            structure=pair.item.structure,
            departement=pair.item.departement,
            start=calendar.starts[0] if calendar.starts else date.min,
            end=calendar.last_day,
            strength=Strength.ESTABLISHED if tests[1] <= ESTABLISHED else Strength.WEAK,
            share_elsewhere=pair.other / pair.other_size,
            p_value=tests[0],
            test="Fisher exact, previous period",
            expectation=expectation_told(source, name, rows),
        )


def _same(rows: set[_Row], other: set[_Row]) -> bool:
    smaller, larger = sorted((len(rows), len(other)))
    return larger <= APART * smaller and len(rows & other) >= SAME * smaller


def _sharing(met: Table, names: Sequence[str], labels: Labels) -> Ints:
    """How many experiences have one of the `names` that each row of `met` (rows, names) has.

    One that names no network may be of any: it counts for all, so that a share never passes 1.
    """
    # Experiences are many, the sets of networks that they speak of few.
    codes = labels.codes.tolist()
    kinds = Counter(tuple(codes[start:end]) for start, end in pairwise(labels.offsets.tolist()))
    number = {name: column for column, name in enumerate(names)}
    cells = [
        (number[labels.values[code]], column)
        for column, kind in enumerate(kinds)
        for code in kind
        if labels.values[code] in number
    ]
    row, column = np.array(cells, np.int64).reshape(-1, 2).T
    shape = (len(names), len(kinds))
    held = sparse.csr_array((np.ones(len(cells), np.float32), (row, column)), shape=shape)
    shared = sparse.csr_array(met @ held) > 0
    of_none = kinds.get((), 0)
    return np.asarray(shared.astype(np.int64) @ np.array(list(kinds.values()), np.int64)) + of_none
