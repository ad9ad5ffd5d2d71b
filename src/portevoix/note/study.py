"""From experiences to their note: read, find, write."""

from __future__ import annotations

from collections.abc import Sequence

from portevoix.corpus.analyses import Analyses
from portevoix.corpus.analyze import analyze
from portevoix.corpus.find import findings_of
from portevoix.corpus.findings import Scope
from portevoix.corpus.scope import previous, select
from portevoix.errors import EmptyScopeError
from portevoix.note.document import Note, Options
from portevoix.note.figures import figures_of
from portevoix.note.levers import Lever
from portevoix.note.sources import Sources
from portevoix.note.writer import write_note
from portevoix.protocols import Progress
from portevoix.types import Experience


def _earlier(analyses: Analyses, scope: Scope, options: Options) -> Analyses | None:
    """The experiences of the period compared with, none when there is no such period."""
    before = previous(scope) if options.compare == "previous" else None
    if before is None:
        return None
    try:
        return select(analyses, before)
    except EmptyScopeError:
        return None


def note_of(analyses: Analyses, scope: Scope, options: Options, *, levers: Sequence[Lever]) -> Note:
    """The note of a scope of analyses already made. Raises EmptyScopeError when it holds none."""
    inside = select(analyses, scope)
    before = _earlier(analyses, scope, options)
    return note_between(inside, before, scope, options, levers=levers)


def note_between(
    inside: Analyses,
    before: Analyses | None,
    scope: Scope,
    options: Options,
    *,
    levers: Sequence[Lever],
) -> Note:
    """The note of experiences already chosen, compared with others; `scope` says which they are."""
    return write_note(
        findings_of(inside, before, scope, minimum=options.minimum),
        levers=levers,
        sources=Sources([inside] if before is None else [inside, before]),
        figures=figures_of(inside),
        options=options,
    )


def study(
    experiences: Sequence[Experience],
    scope: Scope,
    options: Options,
    *,
    levers: Sequence[Lever],
    workers: int = 1,
    progress: Progress | None = None,
) -> Note:
    """The note of some experiences, everything included; the same whatever `workers` is."""
    analyses = analyze(experiences, workers=workers, progress=progress)
    return note_of(analyses, scope, options, levers=levers)
