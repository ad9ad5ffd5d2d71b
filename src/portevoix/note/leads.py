"""Concrete leads: what hurts most and grows most, each answered by a lever made for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from portevoix.corpus.findings import (
    Change,
    ChangeKind,
    Finding,
    Findings,
    Strength,
    Subject,
    SuggestionGroup,
    Theme,
)
from portevoix.note.document import Lead, Source
from portevoix.note.figures import wilson
from portevoix.note.levers import Lever
from portevoix.types import Expectation, Polarity

LEADS: Final = 5
ENOUGH: Final = 4
LEAST_NAMED: Final = 3
GROWTH: Final = {Strength.ESTABLISHED: 1.6, Strength.WEAK: 1.2}
LEAST_SHARE: Final = 20  # a structure or subject is named from one experience in twenty
# Two needs that share this part of the smaller evidence are one problem.
SAME: Final = 0.5
_SILENT: Final = frozenset({Expectation.GEN, Expectation.RIEN})


@dataclass(frozen=True, slots=True)
class _Need:
    """A problem to answer: `finding` is the precise sub-subject, else the pain point or the rise;
    `theme` the pain point it is part of, when there is one."""

    finding: Finding
    theme: Theme | None
    expectation: Expectation
    weight: float

    @property
    def evidence(self) -> frozenset[str]:
        return frozenset(self.finding.evidence)


def _grows(change: Change) -> bool:
    return change.polarity is Polarity.UNFAVOURABLE and change.kind is ChangeKind.RISE


def _growth(changes: Sequence[Change]) -> float:
    return max((GROWTH[change.strength] for change in changes if _grows(change)), default=1.0)


def _concerned(finding: Finding, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that tell the same topic, or rest on the same experiences."""
    evidence = frozenset(finding.evidence)
    return tuple(
        change
        for change in changes
        if (change.topic and change.topic == finding.topic)
        or 2 * _overlap(change, evidence) >= change.count
    )


def _overlap(finding: Finding, evidence: frozenset[str]) -> int:
    return sum(identifier in evidence for identifier in finding.evidence)


def _first_needs(findings: Findings) -> Iterator[list[_Need]]:
    """For each pain point, then each rise of something else, the needs that tell it: the most
    precise first."""
    total = max(findings.figures.experiences, 1)
    for theme in findings.pain_points:
        changes = [c for c in findings.changes if c.expectation is theme.expectation]
        weight = theme.share * _growth(changes)
        precise = [detail for detail in theme.details if detail.topic]
        # What grows comes before what is only more frequent.
        precise.sort(key=lambda d: -d.count * _growth(_concerned(d, findings.changes)))
        yield [_Need(one, theme, theme.expectation, weight) for one in (*precise, theme)]
    for change in findings.changes:
        if _grows(change) and change.expectation not in _SILENT:
            weight = change.count / total * GROWTH[change.strength]
            yield [_Need(change, None, change.expectation, weight)]


def _more_needs(findings: Findings) -> Iterator[_Need]:
    """The sub-subjects of every pain point, heaviest first."""
    total = max(findings.figures.experiences, 1)
    needs = [
        _Need(
            detail,
            theme,
            theme.expectation,
            detail.count / total * _growth(_concerned(detail, findings.changes)),
        )
        for theme in findings.pain_points
        for detail in theme.details
        if detail.topic
    ]
    yield from sorted(needs, key=lambda need: (-need.weight, need.finding.label))


def best_lever(need: _Need, levers: Sequence[Lever], used: set[str]) -> Lever | None:
    """The lever made for the topic of the need, else for its expectation; None when none is."""
    key = need.finding.topic or need.expectation.value
    fits = [
        (
            (
                lever.expectation is not need.expectation,
                need.expectation not in lever.also,
                lever.topics.index(key),
                lever.id,
            ),
            lever,
        )
        for lever in levers
        if key in lever.topics and lever.id not in used
    ]
    return min(fits, key=lambda pair: pair[0])[1] if fits else None


def _least(size: int) -> int:
    return max(LEAST_NAMED, -(-size // LEAST_SHARE))


def _structures(evidence: Sequence[str], sources: dict[str, Source]) -> tuple[tuple[str, int], ...]:
    counts = Counter(
        name for i in evidence if i in sources for name in sources[i].structures if name
    )
    size = len(evidence)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, n) for name, n in ranked[:2] if n >= _least(size))


def _subject(need: _Need, subjects: Sequence[Subject]) -> tuple[str, int]:
    """The subject most tied to the need: a fifth of its experiences at least name it."""
    bad = [s for s in subjects if s.unfavourable > s.favourable and s.label != need.finding.label]
    shared = [(_overlap(s, need.evidence), s) for s in bad]
    size = len(need.evidence)
    shared = [(n, s) for n, s in shared if n >= _least(size) and 5 * n >= size]
    if not shared:
        return "", 0
    count, subject = min(shared, key=lambda pair: (-pair[0], pair[1].label))
    return subject.label, count


def _asked(need: _Need, findings: Findings, known: set[str]) -> tuple[SuggestionGroup, ...]:
    """What those who live it ask for; each group is cited under one lead only."""
    theme = frozenset(need.theme.evidence) if need.theme else need.evidence
    asked = [
        group
        for group in findings.suggestions
        if group.label not in known
        and group.expectation is need.expectation
        and (_overlap(group, need.evidence) >= 1 or 2 * _overlap(group, theme) >= group.count)
    ]
    known.update(group.label for group in asked[:2])
    return tuple(asked[:2])


@dataclass(slots=True)
class _Drafting:
    """The leads being chosen, and what they have already used."""

    findings: Findings
    levers: Sequence[Lever]
    sources: dict[str, Source]
    chosen: list[tuple[_Need, Lever]]

    def add(self, need: _Need) -> bool:
        """Take the need when a lever fits it and no lead answers the same problem."""
        lever = best_lever(need, self.levers, {lever.id for _, lever in self.chosen})
        if lever is None or any(_same(need, other) for other, _ in self.chosen):
            return False
        self.chosen.append((need, lever))
        return True


def _same(need: _Need, other: _Need) -> bool:
    if need.finding.topic and need.finding.topic == other.finding.topic:
        return True
    smaller = min(len(need.evidence), len(other.evidence))
    return len(need.evidence & other.evidence) > SAME * smaller


def find_leads(
    findings: Findings, levers: Sequence[Lever], sources: dict[str, Source]
) -> tuple[Lead, ...]:
    """Four or five leads at most, by weight × growth; no lever and no problem twice.

    Fewer come out when no lever fits what users say: better none than a vague one. A second lead
    for the same pain point is taken only when there are fewer than four.
    """
    drafting = _Drafting(findings, levers, sources, [])
    groups = sorted(_first_needs(findings), key=lambda needs: -needs[0].weight)
    for needs in groups:
        if len(drafting.chosen) < LEADS:
            any(drafting.add(need) for need in needs)
    for need in _more_needs(findings):
        if len(drafting.chosen) < ENOUGH:
            drafting.add(need)
    ranked = sorted(drafting.chosen, key=lambda pair: -pair[0].weight)
    known: set[str] = set()
    return tuple(_lead(need, lever, drafting, known) for need, lever in ranked)


def _lead(need: _Need, lever: Lever, drafting: _Drafting, known: set[str]) -> Lead:
    finding, findings = need.finding, drafting.findings
    # The share of a change is of its months: a lead says its share of the scope.
    subject, shared = _subject(need, findings.subjects)
    whole, total = isinstance(finding, Theme), max(findings.figures.experiences, 1)
    changes = _concerned(finding, findings.changes)
    return Lead(
        label=lever.title,
        count=finding.count,
        share=finding.share if whole else finding.count / total,
        interval=finding.interval if whole else wilson(finding.count, total),
        evidence=finding.evidence,
        quotes=() if whole or isinstance(finding, Change) else finding.quotes,
        topic=finding.topic,
        lever=lever,
        expectation=need.expectation,
        origin=finding.label,
        theme=need.theme,
        asked=_asked(need, findings, known),
        change=next((c for c in changes if _grows(c)), None),
        subject=subject,
        subject_count=shared,
        structures=_structures(finding.evidence, drafting.sources),
        weight=round(need.weight, 6),
    )
