"""Within a theme, the two or three precise things its segments are about."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from portevoix.corpus import incidence
from portevoix.corpus.analyses import Analyses
from portevoix.corpus.findings import Finding
from portevoix.corpus.incidence import Rows
from portevoix.corpus.labelling import capital, contrast, is_name
from portevoix.corpus.statistics import wilson
from portevoix.corpus.surface import surfaces

_POOL: Final = 40
_TEXTS: Final = 120


def details_of(
    analyses: Analyses, rows: NDArray[np.integer], k: int = 3, *, minimum: int = 2
) -> tuple[Finding, ...]:
    """At most `k` terms that segments `rows` say more than the rest of the scope does.

    Counted by experience, each of at least `minimum`; a term resting mostly on the experiences of
    one already given is left out. Fewer, or none, when nothing stands out.
    """
    rows = np.asarray(rows, np.int64)
    codes = incidence.kept_terms(analyses, minimum)
    if not len(rows) or not len(codes):
        return ()
    inside, sizes, table = _said(analyses, rows, codes)
    everywhere = np.asarray(incidence.segment_terms(analyses, codes).sum(0)).ravel()
    order = contrast(inside, everywhere, len(rows), len(analyses.segments))
    expected = everywhere * len(rows) / max(1, len(analyses.segments))
    usable = [i for i in order if sizes[i] >= minimum and inside[i] >= 1.5 * expected[i]][:_POOL]
    return _chosen(analyses, rows, codes, usable, table, k)


def _said(
    analyses: Analyses, rows: Rows, codes: Rows
) -> tuple[NDArray[np.float64], NDArray[np.int64], sparse.csc_array]:
    """Per term: segments of `rows` and experiences that say it, and who (experiences × terms)."""
    said = incidence.segment_terms(analyses, codes)[rows].tocoo()
    owners = analyses.segments.experience[rows][said.coords[0]]
    shape = (len(analyses.experiences), len(codes))
    table = sparse.csc_array((np.ones(len(owners), np.float32), (owners, said.coords[1])), shape)
    table.sum_duplicates()
    segments = np.bincount(said.coords[1], minlength=len(codes)).astype(np.float64)
    return segments, np.diff(table.indptr).astype(np.int64), table


def _chosen(
    analyses: Analyses, rows: Rows, codes: Rows, usable: list[int], table: sparse.csc_array, k: int
) -> tuple[Finding, ...]:
    values = analyses.segments.terms.values
    texts = [incidence.segment_text(analyses, int(row)) for row in rows[: _TEXTS * 4]]
    forms = surfaces([values[codes[i]] for i in usable], texts)
    details: list[Finding] = []
    told: list[tuple[set[str], set[int]]] = []
    for i in _longest_first(usable, values, codes, table):
        key = values[codes[i]]
        who = set(table.indices[table.indptr[i] : table.indptr[i + 1]].tolist())
        words = set(key.split(" "))
        if len(details) == k or not is_name(key, forms[key]):
            continue
        if any(words & other or len(who & seen) > 0.5 * len(who) for other, seen in told):
            continue
        told.append((words, who))
        details.append(_finding(analyses, forms[key].label(), who))
    return tuple(details)


def _longest_first(
    usable: list[int], values: tuple[str, ...], codes: Rows, table: sparse.csc_array
) -> list[int]:
    """A phrase before the words it is made of, when it is said nearly as often."""
    sizes = np.diff(table.indptr)
    ordered: list[int] = []
    for i in usable:
        key = f" {values[codes[i]]} "
        longer = [
            j
            for j in usable
            if j != i and key in f" {values[codes[j]]} " and sizes[j] >= 0.6 * sizes[i]
        ]
        ordered += [j for j in [*longer, i] if j not in ordered]
    return ordered


def _finding(analyses: Analyses, label: str, who: set[int]) -> Finding:
    total = len(analyses.experiences)
    ids = analyses.experiences.ids
    return Finding(
        label=capital(label),
        count=len(who),
        share=len(who) / total,
        interval=wilson(len(who), total),
        evidence=tuple(ids[row] for row in sorted(who)),
    )
