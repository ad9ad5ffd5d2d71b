"""Makes a note again from its experiences and compares: the second half of `check`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from portevoix.corpus.findings import Scope
from portevoix.errors import FalseStatementError
from portevoix.note.check import Check, check_recount, check_sources, sentences
from portevoix.note.document import Options
from portevoix.note.levers import Lever, load_levers
from portevoix.note.render.json import to_dict
from portevoix.note.study import study
from portevoix.protocols import Progress
from portevoix.types import Experience


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def scope_of(note: Mapping[str, Any]) -> Scope:
    """The scope a note says it is about."""
    given = note["scope"]
    names = ("structure", "departement", "procedure", "channel")
    return Scope(
        networks=tuple(map(str, given["networks"])),
        **{name: str(given[name]) for name in names},
        start=_day(given["from"]),
        end=_day(given["to"]),
    )


def check_note(
    note: Mapping[str, Any],
    experiences: Sequence[Experience],
    *,
    levers: Sequence[Lever] | None = None,
    progress: Progress | None = None,
) -> Check:
    """Recount every number of a note and find every quote in the experiences it was made of.

    Raises FalseStatementError on the first that is false, with what was said and what was found.
    """
    try:
        scope, options = scope_of(note), Options(**note["options"])
        list(sentences(note))
    except (KeyError, TypeError, ValueError) as error:
        raise FalseStatementError("Ce fichier n’est pas une note de Porte-voix.") from error
    chosen = load_levers() if levers is None else levers
    again = study(experiences, scope, options, levers=chosen, progress=progress)
    texts = {identifier: source.text for identifier, source in again.sources.items()}
    try:
        check = check_sources(note, texts)
    except (KeyError, TypeError, ValueError) as error:
        raise FalseStatementError(f"Une entrée de la note est incomplète ({error}).") from error
    check_recount(note, to_dict(again))
    return check
