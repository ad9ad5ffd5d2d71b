"""Concrete leads: what hurts most and grows most, each answered by a lever that fits the words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
LEAST_STRUCTURE: Final = 3
GROWTH: Final = {Strength.ESTABLISHED: 1.6, Strength.WEAK: 1.2}
EMPTY_WORDS: Final = frozenset(
    [
        "a",
        "ai",
        "au",
        "aux",
        "avec",
        "c",
        "ce",
        "ces",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "est",
        "et",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "lui",
        "m",
        "ma",
        "me",
        "mes",
        "mon",
        "n",
        "ne",
        "nous",
        "on",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "son",
        "sont",
        "sur",
        "t",
        "ta",
        "te",
        "tu",
        "un",
        "une",
        "vous",
        "y",
        "plus",
        "tout",
        "tous",
        "trop",
        "tres",
    ]
)
_WORD = re.compile(r"[^\W_]+")
_STEMMER = Stemmer.Stemmer("french")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return "".join(c for c in unicodedata.normalize("NFD", stem) if not unicodedata.combining(c))


def stems(text: str) -> list[str]:
    """The stems of the full words of a text, without accents, in order."""
    words = _WORD.findall(text.lower().replace("\u2019", "'"))
    return [_stem(word) for word in words if word not in EMPTY_WORDS]


def _grams(text: str, longest: int = 5) -> frozenset[tuple[str, ...]]:
    found = stems(text)
    return frozenset(
        tuple(found[i : i + n]) for n in range(1, longest + 1) for i in range(len(found) - n + 1)
    )


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
    asked = [g for g in findings.suggestions if g.expectation is expectation]
    total = max(findings.figures.experiences, 1)
    size = finding.share if isinstance(finding, Theme) else finding.count / total
    return _Need(finding, expectation, changes, tuple(asked[:2]), size * _growth(changes))


def _spread(identifiers: Sequence[str], most: int) -> list[str]:
    """At most `most` of them, evenly spread: the same ones for the same input."""
    step = max(1, -(-len(identifiers) // most))
    return list(identifiers[::step])


def _words_of(need: _Need, sources: dict[str, Source]) -> list[frozenset[tuple[str, ...]]]:
    """What users say of a need: its evidence, else what the finding itself quotes."""
    chosen = _spread(need.finding.evidence, SAMPLE)
    texts = [sources[i].text for i in chosen if i in sources]
    if not texts:
        texts = [need.finding.label, *(quote.text for quote in need.finding.quotes)]
    details = need.finding.details if isinstance(need.finding, Theme) else ()
    texts += [d.label for d in details] + [g.label for g in need.asked] * 2
    texts += [change.label for change in need.changes]
    return [_grams(text) for text in texts]


def _fit(lever: Lever, need: _Need, words: Sequence[frozenset[tuple[str, ...]]]) -> float:
    """How well a lever answers a need: 0 unless the expectation and some trigger both agree.

    Each trigger brings the share of texts that say it; a longer trigger is surer, hence its length.
    """
    if need.expectation is lever.expectation:
        belonging = 1.0
    elif need.expectation in lever.also:
        belonging = 0.5
    else:
        return 0.0
    total = 0.0
    for trigger in lever.triggers:
        key = tuple(stems(trigger))
        if key:
            total += len(key) * sum(key in said for said in words) / len(words)
    return belonging * total


def _best(
    need: _Need, levers: Sequence[Lever], sources: dict[str, Source], used: set[str]
) -> Lever | None:
    words = _words_of(need, sources)
    fits = [(_fit(lever, need, words), lever) for lever in levers if lever.id not in used]
    fits = [(fit, lever) for fit, lever in fits if fit > 0]
    return min(fits, key=lambda pair: (-pair[0], pair[1].id))[1] if fits else None


def _structures(evidence: Iterable[str], sources: dict[str, Source]) -> tuple[tuple[str, int], ...]:
    counts = Counter(
        name for i in evidence if i in sources for name in sources[i].structures if name
    )
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, n) for name, n in ranked[:2] if n >= LEAST_STRUCTURE)


def _subject(need: _Need, subjects: Sequence[Subject]) -> str:
    """The subject most tied to the need: shared by a third of its experiences at least."""
    evidence = frozenset(need.finding.evidence)
    bad = [s for s in subjects if s.unfavourable > s.favourable and s.label != need.finding.label]
    shared = [(_overlap(s, evidence), s) for s in bad]
    shared = [(n, s) for n, s in shared if n >= LEAST_STRUCTURE and 3 * n >= s.count]
    return min(shared, key=lambda pair: (-pair[0], pair[1].label))[1].label if shared else ""


def _lead(need: _Need, lever: Lever, findings: Findings, sources: dict[str, Source]) -> Lead:
    finding = need.finding
    # The share of a change is of its months: a lead says its share of the scope.
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
        subject=_subject(need, findings.subjects),
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
    used: set[str] = set()
    leads: list[Lead] = []
    for most in (LEADS, LEADS - 1):
        for need in ranked:
            if len(leads) >= most:
                break
            lever = _best(need, levers, sources, used)
            if lever is not None:
                used.add(lever.id)
                leads.append(_lead(need, lever, findings, sources))
    order = {need.expectation: rank for rank, need in enumerate(ranked)}
    return tuple(sorted(leads, key=lambda lead: order[lead.expectation]))
