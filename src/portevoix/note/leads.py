"""Concrete leads: what hurts most and grows most, each answered by a lever made for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
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
from portevoix.corpus.incidence import stems_of
from portevoix.corpus.statistics import wilson
from portevoix.note.document import Lead, Source
from portevoix.note.levers import Lever
from portevoix.note.sources import Sources
from portevoix.types import Expectation, Polarity

LEADS: Final = 5
LEAST_NAMED: Final = 3
LEAST_ASKED: Final = 2  # a proposal of one person is told among the suggestions
GROWTH: Final = {Strength.ESTABLISHED: 1.6, Strength.WEAK: 1.2}
LEAST_SHARE: Final = 20  # a structure or subject is named from one experience in twenty
# Two precise needs that share this part of the smaller evidence are one problem; people who
# complain of one thing often complain of another, hence more when one is a whole pain point.
SAME: Final = 0.5
SAME_WHOLE: Final = 0.8
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


def _concerned(
    finding: Finding, expectation: Expectation, changes: Sequence[Change]
) -> tuple[Change, ...]:
    """The changes of the same topic, or of the same expectation and the same experiences."""
    evidence = frozenset(finding.evidence)
    return tuple(
        change
        for change in changes
        if (change.topic and change.topic == finding.topic)
        or (change.expectation is expectation and 2 * _overlap(change, evidence) >= change.count)
    )


def _overlap(finding: Finding, evidence: frozenset[str]) -> int:
    return sum(identifier in evidence for identifier in finding.evidence)


def _pressing(detail: Finding, theme: Theme, findings: Findings) -> float:
    """How many live it, more when it grows."""
    return detail.count * _growth(_concerned(detail, theme.expectation, findings.changes))


def _weighed(theme: Theme, findings: Findings, detail: Finding) -> float:
    return -_pressing(detail, theme, findings)


def _first_needs(findings: Findings) -> Iterator[list[_Need]]:
    """For each pain point, then each rise of something else, the needs that tell it: the most
    precise first."""
    total = max(findings.figures.experiences, 1)
    for theme in findings.pain_points:
        changes = [c for c in findings.changes if c.expectation is theme.expectation]
        weight = theme.share * _growth(changes)
        precise = [detail for detail in theme.details if detail.topic]
        # What grows comes before what is only more frequent.
        precise = sorted(precise, key=partial(_weighed, theme, findings))
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
            _pressing(detail, theme, findings) / total,
        )
        for theme in findings.pain_points
        for detail in theme.details
        if detail.topic
    ]
    yield from sorted(needs, key=lambda need: (-need.weight, need.finding.label))


def best_lever(need: _Need, levers: Sequence[Lever], used: set[str]) -> Lever | None:
    """The lever made for the topic of the need, else for its expectation; None when none is.

    A pain point as a whole takes the lever made for what is said most in it.
    """
    key = need.finding.topic or need.expectation.value
    if not need.finding.topic and (told := _told_most(need, levers, used)):
        return told
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


def _told_most(need: _Need, levers: Sequence[Lever], used: set[str]) -> Lever | None:
    """The lever whose topics the most experiences of a pain point say; two at least."""
    if not isinstance(need.finding, Theme):
        return None
    counts = dict(need.finding.heard)
    weighed = [
        (-sum(counts.get(topic, 0) for topic in lever.topics), lever.id, lever)
        for lever in levers
        if lever.id not in used
    ]
    best = min(weighed, key=lambda one: one[:2], default=None)
    return best[2] if best and -best[0] >= LEAST_ASKED else None


def _least(size: int) -> int:
    return max(LEAST_NAMED, -(-size // LEAST_SHARE))


def _structures(
    evidence: Sequence[str], sources: Mapping[str, Source]
) -> tuple[tuple[str, int], ...]:
    known = [identifier for identifier in evidence if identifier in sources]
    if isinstance(sources, Sources):
        counts = Counter(name for i in known for name in sources.structures(i))
    else:
        counts = Counter(name for i in known for name in sources[i].structures)
    size = len(evidence)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, n) for name, n in ranked[:2] if n >= _least(size))


def _subject(need: _Need, subjects: Sequence[Subject], known: set[str]) -> tuple[str, int]:
    """The subject most tied to the need: a fifth of its experiences at least name it. One that
    the lead, or another, already names tells nothing more."""
    told = stems_of(need.finding.label)
    bad = [
        s
        for s in subjects
        if s.unfavourable > s.favourable
        and (" " in s.label or s.label.isupper())
        and s.label.lower() not in known
        and not stems_of(s.label) & told
    ]
    shared = [(_overlap(s, need.evidence), s) for s in bad]
    size = len(need.evidence)
    shared = [(n, s) for n, s in shared if n >= _least(size) and 5 * n >= size]
    if not shared:
        return "", 0
    count, subject = min(shared, key=lambda pair: (-pair[0], pair[1].label))
    known.add(subject.label.lower())
    return subject.label, count


def _asked(need: _Need, findings: Findings, known: set[str]) -> tuple[SuggestionGroup, ...]:
    """What those who live it ask for; each group is cited under one lead only."""
    theme = frozenset(need.theme.evidence) if need.theme else need.evidence
    asked = [
        group
        for group in findings.suggestions
        if group.label not in known
        and group.count >= LEAST_ASKED
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
    sources: Mapping[str, Source]
    chosen: list[tuple[_Need, Lever]]

    def add(self, need: _Need) -> bool:
        """Take the need when a lever fits it and no lead answers the same problem."""
        lever = best_lever(need, self.levers, {lever.id for _, lever in self.chosen})
        if lever is None or any(_same(need, other) for other, _ in self.chosen):
            return False
        self.chosen.append((need, lever))
        return True


def _part(whole: _Need, need: _Need) -> bool:
    """Whether a lead already answers some problem of the pain point `whole`."""
    return need.theme is not None and need.theme is whole.theme


def _same(need: _Need, other: _Need) -> bool:
    if need.finding.topic and need.finding.topic == other.finding.topic:
        return True
    smaller = min(len(need.evidence), len(other.evidence))
    precise = need.finding.topic and other.finding.topic
    return len(need.evidence & other.evidence) > (SAME if precise else SAME_WHOLE) * smaller


def find_leads(
    findings: Findings, levers: Sequence[Lever], sources: Mapping[str, Source]
) -> tuple[Lead, ...]:
    """Four or five leads at most, by weight × growth; no lever and no problem twice.

    Fewer come out when no lever fits what users say: better none than a vague one. A second
    problem of the same pain point is answered only when there is room left.
    """
    drafting = _Drafting(findings, levers, sources, [])
    groups = sorted(_first_needs(findings), key=lambda needs: -needs[0].weight)
    # A precise problem is answered before a pain point as a whole, however heavy.
    for precise in (True, False):
        for needs in groups:
            fresh = precise or not any(_part(needs[-1], need) for need, _ in drafting.chosen)
            if len(drafting.chosen) < LEADS and fresh:
                any(drafting.add(n) for n in needs if bool(n.finding.topic) is precise)
    for need in _more_needs(findings):
        if len(drafting.chosen) < LEADS:
            drafting.add(need)
    ranked = sorted(drafting.chosen, key=lambda pair: -pair[0].weight)
    known: set[str] = set()
    return tuple(_lead(need, lever, drafting, known) for need, lever in ranked)


def _lead(need: _Need, lever: Lever, drafting: _Drafting, known: set[str]) -> Lead:
    finding, findings = need.finding, drafting.findings
    # The share of a change is of its months: a lead says its share of the scope.
    structures = _structures(finding.evidence, drafting.sources)
    known |= {name.lower() for name, _ in structures}
    subject, shared = _subject(need, findings.subjects, known)
    whole, total = isinstance(finding, Theme), max(findings.figures.experiences, 1)
    growing = [c for c in _concerned(finding, need.expectation, findings.changes) if _grows(c)]
    change = next((c for c in growing if c.label not in known), None)
    known.update([change.label] if change else [])
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
        change=change,
        subject=subject,
        subject_count=shared,
        structures=structures,
        weight=round(need.weight, 6),
    )
