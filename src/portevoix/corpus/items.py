"""What may change: each thing that can be counted by experience, whole scope or at one place."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from portevoix.corpus import incidence
from portevoix.corpus.analyses import Analyses, Labels
from portevoix.corpus.incidence import Rows, Table
from portevoix.corpus.sayings import complaints
from portevoix.corpus.topics import Side
from portevoix.text.readings import EXPECTATIONS
from portevoix.types import Expectation

Mask = NDArray[np.float32]

# Largest share of the scope that a term may cover and still be the name of something in it.
MAX_SHARE = 0.5
# An expectation is counted for an experience when one of its segments is this surely about it.
SURE = 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """What one row of counts is about; empty fields do not restrict."""

    family: str
    topic: str = ""
    term: str = ""
    procedure: str = ""
    expectation: Expectation = Expectation.GEN
    structure: str = ""
    departement: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """`names[i]` is about the experiences of row i of `rows` (csr items by experiences)."""

    names: list[Item]
    rows: Table


def items_of(analyses: Analyses, minimum: int) -> Items:
    """Every complaint that at least `minimum` experiences share.

    Rows that are equal are kept once, under what says most: a precise sub-subject or a name
    before an expectation, a place, or a word alone.
    """
    unfavourable = (incidence.outlooks(analyses) == incidence.UNFAVOURABLE).astype(np.float32)
    topics, procedures = _topics(analyses), _procedures(analyses, unfavourable)
    phrases, words = _terms(analyses, minimum)
    places, expectations = _places(analyses, unfavourable), _expectations(analyses, unfavourable)
    local = [_at_places(analyses, one, minimum) for one in (topics, phrases, expectations, words)]
    blocks = (topics, procedures, phrases, *local[:2], expectations, local[2], places, words,
              local[3])  # fmt: skip
    names = [name for block in blocks for name in block.names]
    rows = sparse.csr_array(sparse.vstack([block.rows for block in blocks]))
    return _distinct(Items(names, rows), minimum)


def _topics(analyses: Analyses) -> Items:
    """Experiences that reproach each precise sub-subject."""
    said = complaints(analyses)
    columns = list(said.columns(Side.REPROACH))
    rows = sparse.csr_array(said.experiences[:, columns].T.tocsr())
    return Items([Item("topic", topic=said.topics[i].code) for i in columns], rows)


def _places(analyses: Analyses, unfavourable: Mask) -> Items:
    names = [Item("place")]
    rows = [sparse.csr_array(unfavourable[None, :])]
    for field, labels in _place_labels(analyses):
        names += [_placed(Item("place"), field, value) for value in labels.values]
        rows.append(_by_value(labels, unfavourable))
    return Items(names, sparse.csr_array(sparse.vstack(rows)))


def _procedures(analyses: Analyses, unfavourable: Mask) -> Items:
    labels = analyses.experiences.procedures
    names = [Item("procedure", procedure=value) for value in labels.values]
    return Items(names, _by_value(labels, unfavourable))


def _place_labels(analyses: Analyses) -> tuple[tuple[str, Labels], ...]:
    experiences = analyses.experiences
    return (("structure", experiences.structures), ("departement", experiences.departements))


def _by_value(labels: Labels, mask: Mask) -> Table:
    rows = sparse.csr_array(incidence.table_of(labels).T.tocsr() @ sparse.diags_array(mask))
    rows.eliminate_zeros()
    return rows


def _expectations(analyses: Analyses, unfavourable: Mask) -> Items:
    """Experiences with a segment surely about the expectation and unfavourable."""
    segments = analyses.segments
    codes = segments.expectation.argmax(1)
    sure = segments.expectation.max(1) >= SURE * 0.8
    sure &= segments.polarity[:, 1] >= SURE
    hit = np.flatnonzero(sure & (codes < len(EXPECTATIONS) - 2))
    shape = (len(EXPECTATIONS), len(unfavourable))
    data = np.ones(len(hit), np.float32)
    rows = sparse.csr_array((data, (codes[hit], segments.experience[hit])), shape=shape)
    rows.sum_duplicates()
    rows.data[:] = 1.0
    return Items([Item("expectation", expectation=code) for code in EXPECTATIONS], rows)


def _terms(analyses: Analyses, minimum: int) -> tuple[Items, Items]:
    """Experiences that say a term without being favourable: phrases, then words alone."""
    codes = incidence.kept_terms(analyses, minimum)
    table = incidence.experience_terms(analyses, minimum)
    apart = (incidence.outlooks(analyses) != incidence.FAVOURABLE).astype(np.float32)
    rows = sparse.csr_array((sparse.diags_array(apart) @ table).T.tocsr())
    rows.eliminate_zeros()
    sizes = np.diff(rows.indptr)
    kept = np.flatnonzero((sizes >= minimum) & (sizes <= MAX_SHARE * table.shape[0]))
    values = analyses.segments.terms.values
    alone = np.array([" " not in values[codes[i]] for i in kept], bool)
    phrases, words = kept[~alone], kept[alone]
    return (
        Items([Item("term", term=values[codes[i]]) for i in phrases], rows[phrases]),
        Items([Item("term", term=values[codes[i]]) for i in words], rows[words]),
    )


def _at_places(analyses: Analyses, block: Items, minimum: int) -> Items:
    """Each item of the block at each structure and département where it is frequent enough."""
    names: list[Item] = []
    parts: list[Table] = []
    pairs = block.rows.tocoo()
    for field, labels in _place_labels(analyses):
        places = incidence.table_of(labels)[pairs.coords[1]].tocoo()
        width = max(1, len(labels.values))
        keys = pairs.coords[0][places.coords[0]].astype(np.int64) * width + places.coords[1]
        found, inverse, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        rank = np.full(len(found), -1, np.int64)
        rank[sizes >= minimum] = np.arange(int((sizes >= minimum).sum()))
        kept = rank[inverse] >= 0
        cells = (rank[inverse][kept], pairs.coords[1][places.coords[0]][kept])
        shape = (int((sizes >= minimum).sum()), block.rows.shape[1])
        parts.append(sparse.csr_array((np.ones(int(kept.sum()), np.float32), cells), shape=shape))
        names += [
            _placed(block.names[key // width], field, labels.values[key % width])
            for key in found[sizes >= minimum]
        ]
    return Items(names, sparse.csr_array(sparse.vstack(parts)))


def _placed(item: Item, field: str, value: str) -> Item:
    family = item.family if item.family == "place" else f"{item.family} at place"
    if field == "structure":
        return replace(item, family=family, structure=value)
    return replace(item, family=family, departement=value)


def _distinct(items: Items, minimum: int) -> Items:
    """Rows of at least `minimum` experiences, the first of those that are equal."""
    rows = items.rows
    numbers = np.random.default_rng(0).integers(1, 2**62, rows.shape[1], np.int64)
    rows.sort_indices()
    sums = np.concatenate([[0], np.cumsum(numbers[rows.indices])])
    signatures = sums[rows.indptr[1:]] - sums[rows.indptr[:-1]]
    large = np.flatnonzero(np.diff(rows.indptr) >= minimum)
    _, first = np.unique(signatures[large], return_index=True)
    kept: Rows = np.sort(large[first])
    return Items([items.names[i] for i in kept], sparse.csr_array(rows[kept]))
