"""What users propose, grouped when they say the same."""

from __future__ import annotations

from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.findings import SuggestionGroup
from portevoix.corpus.incidence import table_of
from portevoix.corpus.quotes import QuoteBook
from portevoix.corpus.statistics import wilson
from portevoix.text.readings import EXPECTATIONS

SHOWN: Final = 6
SURE: Final = 0.5
# Groups are formed on the surest suggestions; the others join the nearest group.
_LEADERS: Final = 2000
_SAME: Final = 0.35
_LABEL: Final = 160

Ints = NDArray[np.int64]


def find_suggestions(analyses: Analyses, book: QuoteBook) -> tuple[SuggestionGroup, ...]:
    """Return the suggestions made most often; alone ones come last, surest first."""
    rows = np.flatnonzero(analyses.segments.suggestion >= SURE)
    if not len(rows):
        return ()
    order = rows[np.argsort(-analyses.segments.suggestion[rows], kind="stable")]
    table = _weighted(analyses, order)
    groups = _groups(table)
    sized = sorted(groups, key=lambda members: (-_people(analyses, order[members]), members[0]))
    made = (_group(analyses, order[members], book) for members in sized)
    return tuple(islice((group for group in made if group is not None), SHOWN))


def _weighted(analyses: Analyses, rows: Ints) -> sparse.csr_array:
    table = table_of(analyses.segments.terms)[rows]
    frequency = np.asarray(table.sum(axis=0)).ravel()
    weighted = table @ sparse.diags_array(np.log1p(len(rows)) - np.log1p(frequency) + 1)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(norms, 1e-9)) @ weighted)


def _groups(table: sparse.csr_array) -> list[list[int]]:
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


def _people(analyses: Analyses, rows: Ints) -> int:
    return len(np.unique(analyses.segments.experience[rows]))


def _group(analyses: Analyses, rows: Ints, book: QuoteBook) -> SuggestionGroup | None:
    """Return a group named by its clearest suggestion; None when none can be shown."""
    weights = analyses.segments.suggestion[rows].astype(np.float64)
    quotes = book.pick(rows, weights, 2)
    if not quotes:
        return None
    owners = np.unique(analyses.segments.experience[rows])
    code = int(analyses.segments.expectation[rows].mean(axis=0)[:15].argmax())
    total = len(analyses.experiences)
    return SuggestionGroup(
        label=_short(quotes[0].text),
        count=len(owners),
        share=len(owners) / total,
        interval=wilson(len(owners), total),
        evidence=tuple(analyses.experiences.ids[owner] for owner in owners),
        quotes=quotes,
        expectation=EXPECTATIONS[code],
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _LABEL:
        return text
    return text[:_LABEL].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"
