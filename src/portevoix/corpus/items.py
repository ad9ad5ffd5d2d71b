"""What may change: each thing that can be counted by experience, whole scope or at one place."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from portevoix.corpus import incidence
from portevoix.corpus.analyses import Analyses, Labels
from portevoix.corpus.incidence import Rows, Table
from portevoix.corpus.sayings import complaints
from portevoix.corpus.statistics import Ints
from portevoix.corpus.topics import Side
from portevoix.text.readings import EXPECTATIONS
from portevoix.types import Expectation

Mask = NDArray[np.float32]

# Largest share of the scope that a term may cover and still be the name of something in it.
MAX_SHARE = 0.5
# An expectation is counted for an experience when one of its segments is this surely about it.
SURE = 0.5


# The structure and the département of a place; both empty for the whole scope.
Place = tuple[str, str]
ANYWHERE: Final[Place] = ("", "")


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
    """What is counted, by columns: there may be a hundred thousand, of which few are ever named.

    Row i is about `things[thing[i]]` at `places[place[i]]` (int64), and said by the experiences of
    row i of `rows` (csr items by experiences).
    """

    things: tuple[Item, ...]
    places: tuple[Place, ...]
    thing: Ints
    place: Ints
    rows: Table

    def __len__(self) -> int:
        return len(self.thing)

    def name(self, row: int) -> Item:
        thing: Item = self.things[self.thing[row]]
        structure, departement = self.places[self.place[row]]
        if not (structure or departement):
            return thing
        return replace(
            thing, family=_at_place(thing.family), structure=structure, departement=departement
        )

    def who(self, row: int) -> Rows:
        """The experiences of an item, sorted int64."""
        found = self.rows.indices[self.rows.indptr[row] : self.rows.indptr[row + 1]]
        return np.sort(found).astype(np.int64)

    @property
    def sizes(self) -> Ints:
        return np.diff(self.rows.indptr).astype(np.int64)

    @property
    def families(self) -> NDArray[np.str_]:
        """The family of each item: what is counted at a place is one of its own."""
        whole = np.array([thing.family for thing in self.things])
        local = np.array([_at_place(thing.family) for thing in self.things])
        return np.where(self.place > 0, local[self.thing], whole[self.thing])

    def sizes_in(self, other: Items) -> Ints:
        """How many experiences each of these items has in `other`; 0 when it is not there."""
        if not len(other):
            return np.zeros(len(self), np.int64)
        thing = _positions(self.things, other.things)[self.thing]
        place = _positions(self.places, other.places)[self.place]
        width = len(other.places)
        wanted = np.where((thing < 0) | (place < 0), -1, thing * width + place)
        keys = other.thing * width + other.place
        order = np.argsort(keys)
        at = np.searchsorted(keys, wanted, sorter=order)
        nearest = order[np.minimum(at, len(keys) - 1)]
        return np.where(keys[nearest] == wanted, other.sizes[nearest], 0)


@dataclass(frozen=True, slots=True)
class _Block:
    """Items of one family: the numbers of what they are about and where, and who says them."""

    thing: Ints
    place: Ints
    rows: Table


# Items of the whole scope, and who says each.
_Counted = tuple[list[Item], Table]


def _at_place(family: str) -> str:
    return family if family == "place" else f"{family} at place"


def _positions(values: Sequence[Hashable], among: Sequence[Hashable]) -> Ints:
    """Where each value is in another list; -1 when it is not."""
    known = {value: position for position, value in enumerate(among)}
    return np.array([known.get(value, -1) for value in values], np.int64)


def items_of(analyses: Analyses, minimum: int) -> Items:
    """Every complaint that at least `minimum` experiences share.

    Rows that are equal are kept once, under what says most: a precise sub-subject or a name
    before an expectation, a place, or a word alone.
    """
    return _distinct(_items(analyses, minimum, MAX_SHARE), minimum)


def all_items_of(analyses: Analyses) -> Items:
    """Every complaint, however rare or common, equal rows included.

    What another period is compared with: an item left out here would pass for one nobody raised.
    """
    return _items(analyses, 1, 1.0)


def _items(analyses: Analyses, minimum: int, share: float) -> Items:
    """Items of all families, those that say most first."""
    unfavourable = (incidence.outlooks(analyses) == incidence.UNFAVOURABLE).astype(np.float32)
    counted = (
        _topics(analyses),
        _procedures(analyses, unfavourable),
        *_terms(analyses, minimum, share),
        _expectations(analyses, unfavourable),
    )
    things: list[Item] = [Item("place")]
    blocks: list[_Block] = []
    for names, rows in counted:
        numbers = np.arange(len(things), len(things) + len(names))
        blocks.append(_Block(numbers, np.zeros(len(names), np.int64), rows))
        things += names
    topics, procedures, phrases, words, expectations = blocks
    local = [_at_places(analyses, one, minimum) for one in (topics, phrases, expectations, words)]
    ranked = (topics, procedures, phrases, *local[:2], expectations, local[2],
              _places(analyses, unfavourable), words, local[3])  # fmt: skip
    return Items(
        tuple(things),
        _place_names(analyses),
        np.concatenate([block.thing for block in ranked]),
        np.concatenate([block.place for block in ranked]),
        sparse.csr_array(sparse.vstack([block.rows for block in ranked])),
    )


def _topics(analyses: Analyses) -> _Counted:
    """Experiences that reproach each precise sub-subject."""
    said = complaints(analyses)
    columns = list(said.columns(Side.REPROACH))
    rows = sparse.csr_array(said.experiences[:, columns].T.tocsr())
    return [Item("topic", topic=said.topics[i].code) for i in columns], rows


def _places(analyses: Analyses, unfavourable: Mask) -> _Block:
    """Who complains, anywhere and at each place."""
    rows = [sparse.csr_array(unfavourable[None, :])]
    rows += [_by_value(labels, unfavourable) for labels in _place_labels(analyses)]
    table = sparse.csr_array(sparse.vstack(rows))
    count = table.shape[0]
    return _Block(np.zeros(count, np.int64), np.arange(count), table)


def _procedures(analyses: Analyses, unfavourable: Mask) -> _Counted:
    labels = analyses.experiences.procedures
    names = [Item("procedure", procedure=value) for value in labels.values]
    return names, _by_value(labels, unfavourable)


def _place_labels(analyses: Analyses) -> tuple[Labels, Labels]:
    return analyses.experiences.structures, analyses.experiences.departements


def _place_names(analyses: Analyses) -> tuple[Place, ...]:
    """Every place, in the order of their numbers: anywhere, structures, départements."""
    structures, departements = _place_labels(analyses)
    return (
        ANYWHERE,
        *((value, "") for value in structures.values),
        *(("", value) for value in departements.values),
    )


def _by_value(labels: Labels, mask: Mask) -> Table:
    rows = sparse.csr_array(incidence.table_of(labels).T.tocsr() @ sparse.diags_array(mask))
    rows.eliminate_zeros()
    return rows


def _expectations(analyses: Analyses, unfavourable: Mask) -> _Counted:
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
    return [Item("expectation", expectation=code) for code in EXPECTATIONS], rows


def _terms(analyses: Analyses, minimum: int, share: float) -> tuple[_Counted, _Counted]:
    """Experiences that say a term without being favourable: phrases, then words alone.

    A term that more than `share` of the scope says is left out.
    """
    codes = incidence.kept_terms(analyses, minimum)
    table = incidence.experience_terms(analyses, minimum)
    apart = (incidence.outlooks(analyses) != incidence.FAVOURABLE).astype(np.float32)
    rows = sparse.csr_array((sparse.diags_array(apart) @ table).T.tocsr())
    rows.eliminate_zeros()
    sizes = np.diff(rows.indptr)
    kept = np.flatnonzero((sizes >= minimum) & (sizes <= share * table.shape[0]))
    values = analyses.segments.terms.values
    alone = np.array([" " not in values[codes[i]] for i in kept], bool)
    phrases, words = kept[~alone], kept[alone]
    return (
        ([Item("term", term=values[codes[i]]) for i in phrases], rows[phrases]),
        ([Item("term", term=values[codes[i]]) for i in words], rows[words]),
    )


def _at_places(analyses: Analyses, block: _Block, minimum: int) -> _Block:
    """Each item of the block at each structure and département where it is frequent enough."""
    things, numbers = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    parts: list[Table] = []
    pairs = block.rows.tocoo()
    first = 1
    for labels in _place_labels(analyses):
        places = incidence.table_of(labels)[pairs.coords[1]].tocoo()
        width = max(1, len(labels.values))
        keys = pairs.coords[0][places.coords[0]].astype(np.int64) * width + places.coords[1]
        found, inverse, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        large = sizes >= minimum
        rank = np.where(large, np.cumsum(large) - 1, -1)[inverse]
        kept = rank >= 0
        cells = (rank[kept], pairs.coords[1][places.coords[0]][kept])
        shape = (int(large.sum()), block.rows.shape[1])
        parts.append(sparse.csr_array((np.ones(int(kept.sum()), np.float32), cells), shape=shape))
        things.append(block.thing[found[large] // width])
        numbers.append(first + found[large] % width)
        first += len(labels.values)
    table = sparse.csr_array(sparse.vstack(parts))
    return _Block(np.concatenate(things), np.concatenate(numbers), table)


def _distinct(items: Items, minimum: int) -> Items:
    """Items of at least `minimum` experiences, the first of those that the same ones say."""
    rows = items.rows
    numbers = np.random.default_rng(0).integers(1, 2**62, rows.shape[1], np.int64)
    rows.sort_indices()
    sums = np.concatenate([[0], np.cumsum(numbers[rows.indices])])
    signatures = sums[rows.indptr[1:]] - sums[rows.indptr[:-1]]
    large = np.flatnonzero(items.sizes >= minimum)
    _, first = np.unique(signatures[large], return_index=True)
    kept: Rows = np.sort(large[first])
    table = sparse.csr_array(rows[kept])
    return Items(items.things, items.places, items.thing[kept], items.place[kept], table)
