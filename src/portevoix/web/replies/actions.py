"""The verbs of answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

from portevoix.opendata.experiences import stream_official
from portevoix.opendata.reading import Refusal
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.journal.actions import record
from portevoix.web.replies.imports import Places, Report, Row, refusal_of, take

_BATCH: Final = 1_000


def import_experiences(
    path: Path,
    actor: Agent | None = None,
    *,
    fictional: bool = False,
    leave_out: Collection[str] = (),
    progress: Callable[[int], None] = lambda _read: None,
) -> Report:
    """Bring the published experiences in step with an official export, answers included.

    Batches of a thousand rows, each a transaction: stopped half-way, it goes on where it was. The
    same row read again changes nothing. What is published is masked again here, whatever the
    export let through. Without an actor it is the system (a command).
    """
    if actor is not None:
        require(actor, Verb.IMPORT)
    report = Report()
    places = Places()
    for rows in _batches(_rows(path, report, leave_out)):
        take(rows, places, report, fictional=fictional)
        progress(report.read)
    if report.added or report.changed:
        record("import_experiences", actor=actor, added=report.added, changed=report.changed)
    return report


def _rows(path: Path, report: Report, leave_out: Collection[str]) -> Iterator[Row]:
    seen: set[str] = set()
    for item in stream_official(path, report.repaired):
        if not isinstance(item, Refusal) and item.id in leave_out:
            continue
        report.read += 1
        if isinstance(item, Refusal):
            report.refused.append(item)
            continue
        reason = refusal_of(item)
        if item.id in seen:
            reason = f"l'identifiant {item.id} a déjà été lu"
        if reason:
            report.refused.append(Refusal(path.name, item.line, reason))
            continue
        seen.add(item.id)
        yield Row.of(item)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
