"""Concrete leads: what hurts most and grows most, each answered by a lever that fits the words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import Stemmer

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
SAMPLE: Final = 600  # texts read to choose a lever: beyond, the choice no longer moves
LEAST_NAMED: Final = 3
LEAST_HITS: Final = 2
GROWTH: Final = {Strength.ESTABLISHED: 1.6, Strength.WEAK: 1.2}
LEAST_SHARE: Final = 20  # a structure or subject is named from one experience in twenty
_WORD = re.compile(r"[^\W_]+")
_STEMMER = Stemmer.Stemmer("french")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return "".join(c for c in unicodedata.normalize("NFD", stem) if not unicodedata.combining(c))


def stems(text: str) -> list[str]:
    """The stems of a text, without accents, in order; small words too: « pas de » says much."""
    return [_stem(word) for word in _WORD.findall(text.lower())]


def _said(text: str) -> str:
    """The stems as one string, so that a trigger is found by looking for it in there."""
    return f" {' '.join(stems(text))} "


@dataclass(frozen=True, slots=True)
class _Need:
    """Something to answer: a pain point or a rise, with the changes that bear on it."""

    finding: Finding
    expectation: Expectation
    changes: tuple[Change, ...]
    asked: tuple[SuggestionGroup, ...]
    weight: float


def _grows(change: Change) -> bool:
    return change.polarity is Polarity.UNFAVOURABLE and change.kind is ChangeKind.RISE


def _growth(changes: Sequence[Change]) -> float:
    return max((GROWTH[change.strength] for change in changes if _grows(change)), default=1.0)


def _overlap(finding: Finding, evidence: frozenset[str]) -> int:
    return sum(identifier in evidence for identifier in finding.evidence)


def _needs(findings: Findings) -> Iterator[_Need]:
    """Pain points first, then rises of expectations that are no pain point of the whole scope."""
    for theme in findings.pain_points:
        yield _need(theme, theme.expectation, findings)
    seen = {theme.expectation for theme in findings.pain_points}
    for change in findings.changes:
        known = change.expectation in seen or change.expectation in _SILENT
        if _grows(change) and not known:
            seen.add(change.expectation)
            yield _need(change, change.expectation, findings)


_SILENT: Final = frozenset({Expectation.GEN, Expectation.RIEN})


def _need(finding: Finding, expectation: Expectation, findings: Findings) -> _Need:
    changes = tuple(c for c in findings.changes if c.expectation is expectation)
    evidence = frozenset(finding.evidence)
    # Only what those who complain ask for: the same words may praise elsewhere.
    asked = [
        group
        for group in findings.suggestions
        if group.expectation is expectation and 2 * _overlap(group, evidence) >= group.count
    ]
    total = max(findings.figures.experiences, 1)
    size = finding.share if isinstance(finding, Theme) else finding.count / total
    return _Need(finding, expectation, changes, tuple(asked[:2]), size * _growth(changes))


def _spread(identifiers: Sequence[str], most: int) -> list[str]:
    """At most `most` of them, evenly spread: the same ones for the same input."""
    step = max(1, -(-len(identifiers) // most))
    return list(identifiers[::step])


class _Fitting:
    """Chooses levers by the words of users: those of a need against those of the whole scope."""

    def __init__(self, levers: Sequence[Lever], sources: dict[str, Source]) -> None:
        self._levers = levers
        self._sources = sources
        self._read: dict[str, str] = {}
        everyone = [self._text(i) for i in _spread(tuple(sources), SAMPLE)]
        triggers = {t for lever in levers for t in lever.triggers}
        self._keys = {trigger: _said(trigger) for trigger in sorted(triggers)}
        self._usual = {key: _rate(key, everyone) for key in self._keys.values()}

    def _text(self, identifier: str) -> str:
        if identifier not in self._read:
            self._read[identifier] = _said(self._sources[identifier].text)
        return self._read[identifier]

    def _words_of(self, need: _Need) -> list[str]:
        """What users say of a need: its evidence, else what the finding itself quotes."""
        chosen = _spread(need.finding.evidence, SAMPLE)
        texts = [self._text(i) for i in chosen if i in self._sources]
        return texts or [_said(quote.text) for quote in need.finding.quotes]

    def _fit(self, lever: Lever, need: _Need, words: Sequence[str]) -> float:
        """0 unless the expectation agrees and users say its triggers more here than elsewhere.

        A longer trigger is surer, hence its length. One lone experience is no ground for a lever.
        """
        if need.expectation is lever.expectation:
            belonging = 1.0
        elif need.expectation in lever.also:
            belonging = 0.5
        else:
            return 0.0
        keys = sorted({self._keys[trigger] for trigger in lever.triggers} - {"  "})
        if sum(any(key in text for key in keys) for text in words) < min(LEAST_HITS, len(words)):
            return 0.0
        return belonging * sum(
            len(key.split()) * max(0.0, _rate(key, words) - self._usual[key]) for key in keys
        )

    def best(self, need: _Need, used: set[str]) -> Lever | None:
        words = self._words_of(need)
        if not words:
            return None
        fits = [(self._fit(one, need, words), one) for one in self._levers if one.id not in used]
        fits = [(fit, lever) for fit, lever in fits if fit > 0]
        return min(fits, key=lambda pair: (-pair[0], pair[1].id))[1] if fits else None


def _rate(key: str, texts: Sequence[str]) -> float:
    return sum(key in text for text in texts) / len(texts) if texts else 0.0


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
    """The subject most tied to the need: shared by a third of its experiences at least."""
    evidence = frozenset(need.finding.evidence)
    bad = [
        subject
        for subject in subjects
        if subject.unfavourable > subject.favourable
        and subject.expectation is need.expectation
        and subject.label != need.finding.label
    ]
    shared = [(_overlap(s, evidence), s) for s in bad]
    shared = [(n, s) for n, s in shared if n >= _least(len(evidence)) and 3 * n >= s.count]
    if not shared:
        return "", 0
    count, subject = min(shared, key=lambda pair: (-pair[0], pair[1].label))
    return subject.label, count


def _lead(need: _Need, lever: Lever, findings: Findings, sources: dict[str, Source]) -> Lead:
    finding = need.finding
    # The share of a change is of its months: a lead says its share of the scope.
    subject, shared = _subject(need, findings.subjects)
    whole, total = isinstance(finding, Theme), max(findings.figures.experiences, 1)
    return Lead(
        label=lever.title,
        count=finding.count,
        share=finding.share if whole else finding.count / total,
        interval=finding.interval if whole else wilson(finding.count, total),
        evidence=finding.evidence,
        quotes=(),
        lever=lever,
        expectation=need.expectation,
        origin=finding.label,
        asked=need.asked,
        change=next((c for c in need.changes if _grows(c)), None),
        subject=subject,
        subject_count=shared,
        structures=_structures(finding.evidence, sources),
        weight=round(need.weight, 6),
    )


def find_leads(
    findings: Findings, levers: Sequence[Lever], sources: dict[str, Source]
) -> tuple[Lead, ...]:
    """Four or five leads at most, by weight × growth; no lever and no need twice.

    Fewer come out when no lever fits what users say: better none than a vague one. A second lever
    for the same need is taken only when there are fewer than four.
    """
    ranked = sorted(_needs(findings), key=lambda n: (-n.weight, n.finding.label))
    fitting = _Fitting(levers, sources)
    used: set[str] = set()
    leads: list[Lead] = []
    for most in (LEADS, LEADS - 1):
        for need in ranked:
            if len(leads) >= most:
                break
            lever = fitting.best(need, used)
            if lever is not None:
                used.add(lever.id)
                leads.append(_lead(need, lever, findings, sources))
    order = {need.expectation: rank for rank, need in enumerate(ranked)}
    return tuple(sorted(leads, key=lambda lead: order[lead.expectation]))
