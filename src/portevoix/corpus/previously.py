"""Changes against the previous period of the same length, among what both periods hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

import numpy as np

from portevoix.corpus import items, labelling, scan
from portevoix.corpus.analyses import Analyses
from portevoix.corpus.findings import Change, ChangeKind, Strength
from portevoix.corpus.incidence import Rows
from portevoix.corpus.items import Item
from portevoix.corpus.labelling import Told
from portevoix.corpus.labels import codes_of
from portevoix.corpus.sayings import topic_of
from portevoix.corpus.statistics import adjusted, fisher, wilson
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

    @property
    def p(self) -> float:
        return fisher(len(self.rows), self.size, self.other, self.other_size)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What `source` says more than `other`; the evidence is in `source`."""

    source: Analyses
    other: Analyses
    kind: ChangeKind

    def changes(self, minimum: int, told: list[set[str]]) -> list[Change]:
        """The most surprising, each on evidence of its own; `told` is completed."""
        pairs = self._pairs(minimum)
        p = np.array([pair.p for pair in pairs])
        q = adjusted(p, len(pairs))
        changes: list[Change] = []
        for index in np.argsort(p, kind="stable"):
            pair = pairs[index]
            if p[index] * len(pairs) > WEAK_EXPECTED or len(changes) >= LIMIT:
                break
            evidence = {self.source.experiences.ids[row] for row in pair.rows}
            name = labelling.told_of(self.source, pair.item, pair.rows)
            if name and not any(_same(evidence, known) for known in told):
                told.append(evidence)
                changes.append(self._change(pair, name, (float(p[index]), float(q[index]))))
        return changes

    def _pairs(self, minimum: int) -> list[_Pair]:
        """Items of the source that the other period could also hold."""
        elsewhere = {item: len(rows) for item, rows in _indexed(self.other, 1).items()}
        pairs = []
        for item, rows in _indexed(self.source, minimum).items():
            size, other_size = self._sizes(rows)
            if other_size:
                pairs.append(_Pair(item, rows, elsewhere.get(item, 0), size, other_size))
        return pairs

    def _sizes(self, rows: Rows) -> tuple[int, int]:
        """How many experiences of the same networks each period has."""
        mine, other = self.source.experiences.networks, self.other.experiences.networks
        if len(mine.values) < 2 and len(other.values) < 2:
            return len(mine), len(other)
        names = {mine.values[code] for code in np.unique(codes_of(mine, rows))}
        if not names:
            return len(mine), len(other)
        sizes = []
        for labels in (mine, other):
            wanted = np.array([value in names for value in labels.values], bool)
            owners = np.repeat(np.arange(len(labels)), np.diff(labels.offsets))
            sizes.append(len(np.unique(owners[wanted[labels.codes]])) if len(wanted) else 0)
        return sizes[0], sizes[1]

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


def _indexed(analyses: Analyses, minimum: int) -> dict[Item, Rows]:
    found = items.items_of(analyses, minimum)
    pointer, indices = found.rows.indptr, found.rows.indices
    return {
        name: np.sort(indices[pointer[i] : pointer[i + 1]]).astype(np.int64)
        for i, name in enumerate(found.names)
    }
