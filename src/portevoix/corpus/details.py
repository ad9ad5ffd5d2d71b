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
from portevoix.corpus.labelling import contrast, in_sentence, is_name
from portevoix.corpus.sayings import voices
from portevoix.corpus.statistics import Floats, Ints, wilson
from portevoix.corpus.surface import surfaces
from portevoix.corpus.topics import Side
from portevoix.types import Expectation

_POOL: Final = 40
_TEXTS: Final = 120
# A sub-subject resting this much on the experiences of one already given is left out.
_SHARED: Final = 0.6


@dataclass(frozen=True, slots=True)
class ThemeRows:
    """What a theme rests on: its `evidence` (experiences) and `segments`, both sorted int64.

    `elsewhere`: the other expectations shown, where the topics that are first of them are told;
    `known`: the codes of the topics already told.
    """

    expectation: Expectation
    side: Side
    evidence: Rows
    segments: Rows
    elsewhere: frozenset[Expectation] = frozenset()
    known: frozenset[str] = frozenset()


def details_of(
    analyses: Analyses, theme: ThemeRows, k: int = 3, *, minimum: int = 2
) -> tuple[Finding, ...]:
    """At most `k` precise sub-subjects of a theme, each of at least `minimum` of its experiences.

    Those of the taxonomy first, the most frequent before; then named things (of two words or
    more) that the theme says more than the rest of the scope. Fewer, or none, when nothing
    stands out.
    """
    chosen = _topics(analyses, theme, k, minimum)
    told = [set(who.tolist()) for _, _, who in chosen]
    details = [_finding(analyses, label, who, code) for label, code, who in chosen]
    if len(details) < k and len(theme.segments):
        details += _named(analyses, theme, k - len(details), (minimum, told))
    return tuple(details)


def heard(analyses: Analyses, theme: ThemeRows) -> tuple[tuple[str, int], ...]:
    """The topics of a theme that its experiences say, the most frequent first."""
    said = voices(analyses, theme.side)
    inside = np.zeros(len(analyses.experiences), bool)
    inside[theme.evidence] = True
    counts = [
        (-int(np.count_nonzero(inside[said.who(i)])), said.topics[i].code)
        for i in said.columns(theme.side)
        if theme.expectation in said.topics[i].expectations
    ]
    return tuple((code, -count) for count, code in sorted(counts) if count)


def _topics(
    analyses: Analyses, theme: ThemeRows, k: int, minimum: int
) -> list[tuple[str, str, Rows]]:
    """Label, code and experiences of the topics of the theme, without near repetitions."""
    said = voices(analyses, theme.side)
    inside = np.zeros(len(analyses.experiences), bool)
    inside[theme.evidence] = True
    found = []
    for column in said.columns(theme.side):
        topic = said.topics[column]
        told_there = topic.expectations[0] in theme.elsewhere or topic.code in theme.known
        if theme.expectation in topic.expectations and not told_there:
            who = said.who(column)
            who = who[inside[who]]
            # A topic that is first of another expectation is told there.
            rank = topic.expectations.index(theme.expectation)
            found.append((-len(who) + 0.5 * rank * len(who), topic, who))
    chosen: list[tuple[str, str, Rows]] = []
    for _, topic, who in sorted(found, key=lambda one: (one[0], one[1].code)):
        if len(chosen) < k and len(who) >= minimum and not _repeats(who, chosen):
            chosen.append((topic.label, topic.code, who))
    return sorted(chosen, key=lambda one: -len(one[2]))


def _repeats(who: Rows, chosen: list[tuple[str, str, Rows]]) -> bool:
    return any(
        len(np.intersect1d(who, other, assume_unique=True)) > _SHARED * len(who)
        for _, _, other in chosen
    )


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


def _named(
    analyses: Analyses, theme: ThemeRows, k: int, known: tuple[int, list[set[int]]]
) -> list[Finding]:
    """Named things of the theme, each on experiences that the sets `known` do not hold."""
    minimum, told = known
    codes = incidence.kept_terms(analyses, minimum)
    if not len(codes) or not len(theme.segments):
        return []
    table = incidence.segment_terms(analyses, minimum)
    said = _said(analyses, theme.segments, codes, table)
    everywhere = np.asarray(table.sum(0), np.float64).ravel()
    order = contrast(said.segments, everywhere, len(theme.segments), len(analyses.segments))
    expected = everywhere * len(theme.segments) / max(1, len(analyses.segments))
    stands_out = (said.sizes >= minimum) & (said.segments >= 1.5 * expected)
    usable = [int(i) for i in order if stands_out[i] and " " in said.keys[i]][:_POOL]
    texts = [incidence.segment_text(analyses, int(row)) for row in theme.segments[: _TEXTS * 4]]
    forms = surfaces([said.keys[i] for i in usable], texts)
    details: list[Finding] = []
    words: list[set[str]] = []
    for i in _longest_first(usable, said):
        key, who = said.keys[i], said.who(i)
        if len(details) == k or not is_name(key, forms[key]):
            continue
        if any(set(key.split(" ")) & other for other in words):
            continue
        if any(len(who & seen) > 0.5 * len(who) for seen in told):
            continue
        told.append(who)
        words.append(set(key.split(" ")))
        rows = np.array(sorted(who), np.int64)
        details.append(_finding(analyses, in_sentence(forms[key]), rows, ""))
    return details


def _said(analyses: Analyses, rows: Rows, codes: Rows, segment_terms: Table) -> _Said:
    said = segment_terms[rows].tocoo()
    owners = analyses.segments.experience[rows][said.coords[0]]
    shape = (len(analyses.experiences), len(codes))
    cells = (owners, said.coords[1])
    table = sparse.csc_array((np.ones(len(owners), np.float32), cells), shape)
    table.sum_duplicates()
    segments = np.bincount(said.coords[1], minlength=len(codes)).astype(np.float64)
    return _Said([analyses.segments.terms.values[code] for code in codes], segments, table)


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


def _finding(analyses: Analyses, label: str, who: Rows, topic: str) -> Finding:
    total = len(analyses.experiences)
    ids = analyses.experiences.ids
    return Finding(
        label=label,
        count=len(who),
        share=len(who) / total,
        interval=wilson(len(who), total),
        evidence=tuple(ids[row] for row in who.tolist()),
        topic=topic,
    )
