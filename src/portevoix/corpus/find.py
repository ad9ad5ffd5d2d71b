"""The reduce: everything a corpus says of a scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses, Labels
from portevoix.corpus.changes import find_changes
from portevoix.corpus.comparable import strata_of
from portevoix.corpus.findings import Figures, Findings, Scope
from portevoix.corpus.incidence import stems_of
from portevoix.corpus.quotes import QuoteBook
from portevoix.corpus.scan import calendar
from portevoix.corpus.scope import previous, select
from portevoix.corpus.shares import Presence, presence
from portevoix.corpus.subjects import find_subjects
from portevoix.corpus.suggestions import find_suggestions
from portevoix.corpus.themes import find_themes
from portevoix.errors import EmptyScopeError
from portevoix.types import Feeling

# A quote says a finding when it has this part of the words of its label.
_SAID: Final = 0.6
_EPOCH: Final = date(1970, 1, 1)
_FEELINGS: Final = (Feeling.NEGATIVE, Feeling.NEUTRAL, Feeling.POSITIVE)


def find(analyses: Analyses, scope: Scope, *, compare: bool = True, minimum: int = 5) -> Findings:
    """Return the findings of a scope; statements of fewer than `minimum` experiences are not made.

    Raises `EmptyScopeError` when the scope holds no experience.
    """
    inside = select(analyses, scope)
    before = _previous(analyses, scope) if compare else None
    return findings_of(inside, before, scope, minimum=minimum)


def findings_of(
    inside: Analyses, before: Analyses | None, scope: Scope, *, minimum: int = 5
) -> Findings:
    """Return what a corpus already chosen says, compared with another when one is given.

    `scope` only says what was chosen.
    """
    found = presence(inside)
    book = QuoteBook(inside)
    pain_points = find_themes(inside, found, 1, book, minimum=minimum)
    strengths = find_themes(inside, found, 0, book, minimum=minimum)
    subjects = find_subjects(inside, minimum=minimum)
    changes = find_changes(inside, before, minimum=minimum)
    return Findings(
        scope=scope,
        figures=figures(inside, found),
        strengths=strengths,
        pain_points=pain_points,
        subjects=tuple(_quoted(subject, book) for subject in subjects),
        suggestions=find_suggestions(inside, book),
        changes=tuple(_quoted(change, book) for change in changes),
        previous=figures(before, presence(before)) if before else None,
        limits=_limits(inside),
        engine=inside.engine,
    )


def _limits(analyses: Analyses) -> tuple[str, ...]:
    """What the way the experiences were gathered does not allow to compare."""
    strata = strata_of(analyses, calendar(analyses.experiences.days).bins)
    if strata.whole:
        return ()
    apart = "réseau égal" if strata.by_network else "ressenti égal"
    if strata.by_network and strata.by_feeling:
        apart = "réseau et à ressenti égaux"
    return (
        f"les évolutions sont cherchées à {apart}, car leur part dans ces données change d'une "
        "période à l'autre sans que cela dise rien du service",
    )


def _previous(analyses: Analyses, scope: Scope) -> Analyses | None:
    earlier = previous(scope)
    if earlier is None:
        return None
    try:
        return select(analyses, earlier)
    except EmptyScopeError:
        return None


def _quoted(finding: Any, book: QuoteBook) -> Any:
    """Return the finding with a quote that says it with an opinion, else with none."""
    rows = book.segments_of(finding.evidence)
    # Words are looked for only where there is an opinion: stemming is what costs.
    rows = rows[book.opinion(rows) > 0]
    words = stems_of(finding.label)
    texts = (stems_of(book.text(int(row))) for row in rows)
    hits = np.array([len(words & text) for text in texts], dtype=np.float64)
    hits[hits < _SAID * len(words)] = 0.0
    if finding.topic:
        hits += 2.0 * book.tells(rows, finding.topic)
    hits *= book.opinion(rows)
    told = hits > 0
    return replace(finding, quotes=book.pick(rows[told], hits[told], 1))


def figures(analyses: Analyses, found: Presence) -> Figures:
    """Return the key figures of a corpus."""
    table = analyses.experiences
    days = table.days[table.days != UNKNOWN_DAY]
    silent = np.flatnonzero(~found.sure.any(axis=(1, 2)))
    return Figures(
        experiences=len(table),
        segments=len(analyses.segments),
        first=_day(int(days.min())) if len(days) else None,
        last=_day(int(days.max())) if len(days) else None,
        feelings={
            feeling: int((table.feelings == code).sum()) for code, feeling in enumerate(_FEELINGS)
        },
        undeclared=int((table.feelings < 0).sum()),
        structures=_counts(table.structures),
        departements=_counts(table.departements),
        channels=_counts(table.channels),
        months=_months(days),
        without_expectation=tuple(table.ids[row] for row in silent),
    )


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)


def _counts(labels: Labels) -> tuple[tuple[str, int], ...]:
    """Return the labels and how many rows have each, most frequent first."""
    counts = np.bincount(labels.codes, minlength=len(labels.values))
    return tuple(
        sorted(zip(labels.values, counts.tolist(), strict=True), key=lambda x: (-x[1], x[0]))
    )


def _months(days: NDArray[np.int32]) -> tuple[tuple[str, int], ...]:
    months, counts = np.unique(
        days.astype("datetime64[D]").astype("datetime64[M]"), return_counts=True
    )
    return tuple((str(month), int(n)) for month, n in zip(months, counts, strict=True))
