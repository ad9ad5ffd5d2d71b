"""Within a theme, the two or three precise things its segments are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from portevoix.corpus import incidence
from portevoix.corpus.analyses import Analyses
from portevoix.corpus.findings import Finding
from portevoix.corpus.incidence import Rows, Table
from portevoix.corpus.labelling import capital, contrast, is_name
from portevoix.corpus.statistics import Floats, Ints, wilson
from portevoix.corpus.surface import surfaces

_POOL: Final = 40
_TEXTS: Final = 120


def details_of(
    analyses: Analyses, rows: Rows, k: int = 3, *, minimum: int = 2
) -> tuple[Finding, ...]:
    """At most `k` terms that segments `rows` say more than the rest of the scope does.

    Counted by experience, each of at least `minimum`; a term resting mostly on the experiences of
    one already given is left out. Fewer, or none, when nothing stands out.
    """
    rows = np.asarray(rows).astype(np.int64)
    codes = incidence.kept_terms(analyses, minimum)
    if not len(rows) or not len(codes):
        return ()
    table = incidence.segment_terms(analyses, minimum)
    said = _said(analyses, rows, codes, table)
    everywhere = np.asarray(table.sum(0), np.float64).ravel()
    order = contrast(said.segments, everywhere, len(rows), len(analyses.segments))
    expected = everywhere * len(rows) / max(1, len(analyses.segments))
    stands_out = (said.sizes >= minimum) & (said.segments >= 1.5 * expected)
    usable = [int(i) for i in order if stands_out[i]][:_POOL]
    return tuple(_chosen(analyses, rows, said, usable, k))


@dataclass(frozen=True, slots=True)
class _Said:
    """Per term: its key, how many segments of the theme say it, and which experiences."""

    keys: list[str]
    segments: Floats
    table: sparse.csc_array[np.float32]

    @property
    def sizes(self) -> Ints:
        return np.diff(self.table.indptr).astype(np.int64)

    def who(self, term: int) -> set[int]:
        pointer = self.table.indptr
        return set(self.table.indices[pointer[term] : pointer[term + 1]].tolist())


def _said(analyses: Analyses, rows: Rows, codes: Rows, segment_terms: Table) -> _Said:
    said = segment_terms[rows].tocoo()
    owners = analyses.segments.experience[rows][said.coords[0]]
    shape = (len(analyses.experiences), len(codes))
    cells = (owners, said.coords[1])
    table = sparse.csc_array((np.ones(len(owners), np.float32), cells), shape)
    table.sum_duplicates()
    segments = np.bincount(said.coords[1], minlength=len(codes)).astype(np.float64)
    return _Said([analyses.segments.terms.values[code] for code in codes], segments, table)


def _chosen(
    analyses: Analyses, rows: Rows, said: _Said, usable: list[int], k: int
) -> list[Finding]:
    texts = [incidence.segment_text(analyses, int(row)) for row in rows[: _TEXTS * 4]]
    forms = surfaces([said.keys[i] for i in usable], texts)
    details: list[Finding] = []
    told: list[tuple[set[str], set[int]]] = []
    for i in _longest_first(usable, said):
        key, who = said.keys[i], said.who(i)
        words = set(key.split(" "))
        if len(details) == k or not is_name(key, forms[key]):
            continue
        if any(words & other or len(who & seen) > 0.5 * len(who) for other, seen in told):
            continue
        told.append((words, who))
        details.append(_finding(analyses, forms[key].label(), who))
    return details


def _longest_first(usable: list[int], said: _Said) -> list[int]:
    """A phrase before the words it is made of, when it is said nearly as often."""
    ordered: dict[int, None] = {}
    for i in usable:
        key = f" {said.keys[i]} "
        for j in usable:
            if j != i and key in f" {said.keys[j]} " and said.sizes[j] >= 0.6 * said.sizes[i]:
                ordered[j] = None
        ordered[i] = None
    return list(ordered)


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
