"""What users propose, grouped when they say the same.

A proposal of the taxonomy gathers all its forms under one infinitive. The others are grouped when
they share most of their words, and named by the clearest of them: a whole sentence that can be
read alone. A group that has neither is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.findings import Quote, SuggestionGroup
from portevoix.corpus.incidence import table_of
from portevoix.corpus.proposals import proposal
from portevoix.corpus.quotes import QuoteBook
from portevoix.corpus.sayings import PROPOSES, sayings
from portevoix.corpus.statistics import wilson
from portevoix.corpus.topics import Side, Topic
from portevoix.text.readings import EXPECTATIONS
from portevoix.types import Expectation

SHOWN: Final = 8
# Of those, at most so many that a single person makes.
ALONE: Final = 3
# Groups are formed on the surest suggestions; the others join the nearest group.
_LEADERS: Final = 2000
_SAME: Final = 0.35

Ints = NDArray[np.int64]


@dataclass(slots=True)
class _Group:
    """Segments that propose the same; `topic` when the taxonomy knows it."""

    rows: Ints
    topic: Topic | None = None
    people: Ints = field(default_factory=lambda: np.zeros(0, np.int64))


def find_suggestions(analyses: Analyses, book: QuoteBook) -> tuple[SuggestionGroup, ...]:
    """Return the suggestions made most often; alone ones come last, surest first."""
    rows = np.flatnonzero(analyses.segments.suggestion >= PROPOSES)
    if not len(rows):
        return ()
    known, others = _by_topic(analyses, rows)
    groups = [*known, *_alike(analyses, others)]
    for group in groups:
        group.people = np.unique(analyses.segments.experience[group.rows]).astype(np.int64)
    shown: list[SuggestionGroup] = []
    alone = 0
    for group in sorted(groups, key=_rank):
        single = len(group.people) == 1
        if len(shown) == SHOWN or (single and alone == ALONE):
            continue
        made = _made(analyses, group, book)
        if made is not None:
            shown.append(made)
            alone += single
    return tuple(shown)


def _rank(group: _Group) -> tuple[int, bool, int]:
    return (-len(group.people), group.topic is None, int(group.rows[0]))


def _by_topic(analyses: Analyses, rows: Ints) -> tuple[list[_Group], Ints]:
    """Proposals of the taxonomy, a segment in the one most made, and the segments left."""
    said = sayings(analyses)
    sizes = np.diff(said.experiences.indptr)
    columns = sorted(said.columns(Side.PROPOSAL), key=lambda i: (-sizes[i], said.topics[i].code))
    groups, left = [], rows
    for column in columns:
        told = said.where(column, left)
        if len(told):
            order = np.argsort(-analyses.segments.suggestion[told], kind="stable")
            groups.append(_Group(told[order], said.topics[column]))
            left = np.setdiff1d(left, told, assume_unique=True)
    return groups, left


def _alike(analyses: Analyses, rows: Ints) -> list[_Group]:
    if not len(rows):
        return []
    order = rows[np.argsort(-analyses.segments.suggestion[rows], kind="stable")]
    return [_Group(order[members]) for members in _clusters(_weighted(analyses, order))]


def _weighted(analyses: Analyses, rows: Ints) -> sparse.csr_array:
    table = table_of(analyses.segments.terms)[rows]
    frequency = np.asarray(table.sum(axis=0)).ravel()
    weighted = table @ sparse.diags_array(np.log1p(len(rows)) - np.log1p(frequency) + 1)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(norms, 1e-9)) @ weighted)


def _clusters(table: sparse.csr_array) -> list[list[int]]:
    """Leader clustering: each suggestion joins the first group that says nearly the same."""
    size = min(_LEADERS, table.shape[0])
    alike = (table[:size] @ table[:size].T).toarray() >= _SAME
    leader = np.full(table.shape[0], -1)
    for row in range(size):
        if leader[row] < 0:
            leader[np.flatnonzero(alike[row] & (leader[:size] < 0))] = row
            leader[row] = row
    if table.shape[0] > size:
        near = (table[size:] @ table[np.unique(leader[:size])].T).tocsr()
        best = np.asarray(near.argmax(axis=1)).ravel()
        close = near.max(axis=1).toarray().ravel() >= _SAME
        leader[size:][close] = np.unique(leader[:size])[best[close]]
    return [np.flatnonzero(leader == one).tolist() for one in np.unique(leader[leader >= 0])]


def _made(analyses: Analyses, group: _Group, book: QuoteBook) -> SuggestionGroup | None:
    """The group as a statement; None when nothing in it can be read alone."""
    weights = analyses.segments.suggestion[group.rows].astype(np.float64)
    # Rows go from the surest down: a quote is chosen among the first.
    alone = (i for i, row in enumerate(group.rows) if _reads_alone(book.text(int(row))))
    clear = list(islice(alone, QuoteBook.CHOICE))
    quotes: tuple[Quote, ...] = ()
    if clear:
        quotes = book.pick(group.rows[clear], weights[clear], 2 if len(group.people) > 1 else 1)
    if group.topic and len(group.people) > 1 and not quotes:
        quotes = book.pick(group.rows, weights, 1)
    if group.topic is None and not quotes:
        return None
    total, owners = len(analyses.experiences), group.people
    if len(owners) == 1 and not quotes:
        return None
    known = group.topic if len(owners) > 1 else None
    return SuggestionGroup(
        label=known.label if known else proposal(quotes[0].text),
        count=len(owners),
        share=len(owners) / total,
        interval=wilson(len(owners), total),
        evidence=tuple(analyses.experiences.ids[owner] for owner in owners),
        quotes=quotes,
        topic=group.topic.code if group.topic else "",
        expectation=_expectation(analyses, group),
    )


def _reads_alone(text: str) -> bool:
    return proposal(text) != "" and not text[:1].islower()


def _expectation(analyses: Analyses, group: _Group) -> Expectation:
    if group.topic:
        return group.topic.expectations[0]
    code = int(analyses.segments.expectation[group.rows].mean(axis=0)[:15].argmax())
    return EXPECTATIONS[code]
