"""Who says which topic: the words of the taxonomy, checked against the reading of the segment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from portevoix.corpus import incidence
from portevoix.corpus.analyses import Analyses
from portevoix.corpus.incidence import Rows, Table
from portevoix.corpus.shares import polarity_known
from portevoix.corpus.topics import Side, Topic, load_taxonomy
from portevoix.text.readings import EXPECTATIONS
from portevoix.types import Expectation

# The reading must give the side at least this probability, and not prefer the other: a reproach
# is often told without a word of blame, praise is not.
PRAISED: Final = 0.35
REPROACHED: Final = 0.2
# … and the expectations of the topic together at least this share of all but « Aucune évaluation ».
ABOUT: Final = 0.15
# A segment proposes when the reading gives it at least this probability.
PROPOSES: Final = 0.5


@dataclass(frozen=True, slots=True)
class Sayings:
    """`topics` met in a corpus; `segments` csr (segments, topics) and `experiences` csc
    (experiences, topics): 1 where the topic is said on its side."""

    topics: tuple[Topic, ...]
    segments: Table
    experiences: sparse.csc_array[np.float32]

    def who(self, column: int) -> Rows:
        """The experiences that say a topic, sorted int64."""
        table = self.experiences
        found = table.indices[table.indptr[column] : table.indptr[column + 1]]
        return np.sort(found).astype(np.int64)

    def where(self, column: int, rows: Rows) -> Rows:
        """Those of segments `rows` that say a topic."""
        cells = np.flatnonzero(self.segments.indices == column)
        told = np.zeros(self.segments.shape[0], bool)
        told[np.searchsorted(self.segments.indptr, cells, side="right") - 1] = True
        found: Rows = rows[told[rows]]
        return found

    def columns(self, side: Side) -> tuple[int, ...]:
        return tuple(i for i, topic in enumerate(self.topics) if topic.side is side)


@cache
def topic_of(code: str) -> Topic:
    """The topic of a code. Raises `KeyError` for one that the taxonomy does not have."""
    return {topic.code: topic for topic in load_taxonomy().topics}[code]


@lru_cache(maxsize=4)
def sayings(analyses: Analyses) -> Sayings:
    """Every topic said in the corpus, in the order of its codes."""
    labels = analyses.segments.topics
    topics = tuple(topic_of(code) for code in labels.values)
    rows = np.repeat(np.arange(len(labels)), np.diff(labels.offsets))
    kept = _confirmed(analyses, topics, rows, labels.codes)
    return _sayings(analyses, topics, rows[kept], labels.codes[kept])


def _sayings(
    analyses: Analyses, topics: tuple[Topic, ...], rows: Rows, columns: NDArray[np.int32]
) -> Sayings:
    owners = analyses.segments.experience[rows]
    said = np.ones(len(rows), np.float32)
    shape = (len(analyses.experiences), len(topics))
    people = sparse.csc_array((said, (owners, columns)), shape=shape)
    people.sum_duplicates()
    people.data[:] = 1.0
    shape = (len(analyses.segments), len(topics))
    segments = sparse.csr_array((said, (rows, columns)), shape=shape)
    return Sayings(topics, segments, people)


def _confirmed(
    analyses: Analyses, topics: tuple[Topic, ...], rows: Rows, columns: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Whether the reading of each segment agrees with the topic its words call for."""
    if not len(rows):
        return np.zeros(0, bool)
    polarity = polarity_known(analyses)[rows]
    sides = np.array([topic.side.value for topic in topics])[columns]
    favourable, unfavourable = polarity[:, 0], polarity[:, 1]
    praised = (favourable >= PRAISED) & (favourable >= unfavourable)
    reproached = (unfavourable >= REPROACHED) & (unfavourable >= favourable)
    about = np.zeros((len(topics), len(EXPECTATIONS)), np.float32)
    for i, topic in enumerate(topics):
        about[i, [EXPECTATIONS.index(code) for code in topic.expectations]] = 1.0
    expectation = analyses.segments.expectation[rows]
    weight = np.einsum("ij,ij->i", expectation, about[columns])
    weight /= np.maximum(1e-6, 1 - expectation[:, EXPECTATIONS.index(Expectation.RIEN)])
    proposed = analyses.segments.suggestion[rows] >= PROPOSES
    side = ((sides == "P") & praised) | ((sides == "N") & reproached)
    return np.asarray(np.where(sides == "S", proposed, side & (weight >= ABOUT)))


@lru_cache(maxsize=4)
def complaints(analyses: Analyses) -> Sayings:
    """Every reproach read as such, or whose words are met in an experience that is not
    favourable as a whole.

    What a group of complaints is about shows in all its words, even those read as mere context.
    """
    labels = analyses.segments.topics
    topics = tuple(topic_of(code) for code in labels.values)
    reproach = np.array([topic.side is Side.REPROACH for topic in topics], bool)
    rows = np.repeat(np.arange(len(labels)), np.diff(labels.offsets))
    owners = analyses.segments.experience[rows]
    apart = incidence.outlooks(analyses) != incidence.FAVOURABLE
    if not len(rows):
        return _sayings(analyses, topics, rows, labels.codes)
    confirmed = _confirmed(analyses, topics, rows, labels.codes)
    kept = reproach[labels.codes] & (apart[owners] | confirmed)
    return _sayings(analyses, topics, rows[kept], labels.codes[kept])


def voices(analyses: Analyses, side: Side) -> Sayings:
    """Where to look for the topics of a theme: among those who complain of an expectation, words
    are enough to say of what; praise must be read as praise."""
    return complaints(analyses) if side is Side.REPROACH else sayings(analyses)


def main_complaints(analyses: Analyses, rows: Rows) -> list[tuple[int, Rows]]:
    """What experiences `rows` reproach more than the others do: column of `complaints` and who.

    The best first, by how many more say it than chance would have it; two at least say it.
    """
    said = complaints(analyses)
    inside = np.zeros(len(analyses.experiences), bool)
    inside[rows] = True
    counts = np.asarray(said.experiences.T @ inside.astype(np.float32), np.float64).ravel()
    expected = np.diff(said.experiences.indptr) * len(rows) / max(1, len(inside))
    excess = counts - 0.5 * expected
    usable = [i for i in range(len(counts)) if counts[i] >= 2 and counts[i] >= expected[i]]
    ranked = sorted(usable, key=lambda i: (-excess[i], said.topics[i].code))
    return [(i, who[inside[who]]) for i, who in ((i, said.who(i)) for i in ranked)]
