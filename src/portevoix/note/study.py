"""From experiences to their note: read, find, write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses
from portevoix.corpus.analyze import analyze
from portevoix.corpus.find import find
from portevoix.corpus.findings import Scope
from portevoix.corpus.scope import previous, select
from portevoix.errors import EmptyScopeError
from portevoix.note.document import Note, Options, Source
from portevoix.note.levers import Lever
from portevoix.note.writer import write_note
from portevoix.protocols import Progress
from portevoix.types import Experience, Feeling

FEELINGS: Final = {0: Feeling.NEGATIVE, 1: Feeling.NEUTRAL, 2: Feeling.POSITIVE}
EPOCH: Final = date(1970, 1, 1)


def sources_of(analyses: Analyses) -> list[Source]:
    """The experiences of a corpus as a note shows them, in its order."""
    table = analyses.experiences
    return [
        Source(
            id=table.ids[row],
            text=table.texts[row],
            title=table.titles[row],
            day=None if day == UNKNOWN_DAY else EPOCH + timedelta(days=day),
            feeling=FEELINGS.get(feeling),
            structures=table.structures.of(row),
            departements=table.departements.of(row),
            channels=table.channels.of(row),
        )
        for row, (day, feeling) in enumerate(
            zip(table.days.tolist(), table.feelings.tolist(), strict=True)
        )
    ]


def _earlier(analyses: Analyses, scope: Scope, options: Options) -> list[Source]:
    """The experiences of the period compared with, none when there is no such period."""
    before = previous(scope) if options.compare == "previous" else None
    if before is None:
        return []
    try:
        return sources_of(select(analyses, before))
    except EmptyScopeError:
        return []


def note_of(analyses: Analyses, scope: Scope, options: Options, *, levers: Sequence[Lever]) -> Note:
    """The note of a scope of analyses already made. Raises EmptyScopeError when it holds none."""
    findings = find(analyses, scope, compare=options.compare == "previous", minimum=options.minimum)
    return write_note(
        findings,
        levers=levers,
        sources=sources_of(select(analyses, scope)),
        earlier=_earlier(analyses, scope, options),
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
