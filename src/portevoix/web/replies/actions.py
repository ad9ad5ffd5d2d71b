"""The verbs of answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F

from portevoix.errors import PortevoixError
from portevoix.opendata.experiences import stream_official
from portevoix.opendata.reading import Refusal
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.experiences.actions import WrongStateError
from portevoix.web.experiences.queries import digest
from portevoix.web.journal.actions import AUTHOR, record
from portevoix.web.replies.enums import Rater
from portevoix.web.replies.imports import Places, Report, Row, take
from portevoix.web.replies.models import Rating, Reply
from portevoix.web.replies.official import refusal_of

_BATCH: Final = 1_000


class AlreadyRatedError(PortevoixError):
    """Vous avez déjà donné votre avis sur cette réponse."""


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


@transaction.atomic
def rate(reply: Reply, voter: str, *, useful: bool) -> None:
    """« Cette réponse est-elle utile ? », by a visitor, once a browser."""
    _require_public(reply)
    try:
        with transaction.atomic():
            Rating.objects.create(
                reply=reply, by=Rater.VISITOR, useful=useful, voter_hash=digest(voter)
            )
    except IntegrityError:
        raise AlreadyRatedError from None
    counted = "useful_count" if useful else "not_useful_count"
    Reply.objects.filter(pk=reply.pk).update(**{counted: F(counted) + 1})
    record("rate", reply, label="visiteur", useful=useful)


@transaction.atomic
def rate_as_author(reply: Reply, *, useful: bool, why: str = "") -> None:
    """The author says whether the answer helped, and may change their mind."""
    _require_public(reply)
    Rating.objects.update_or_create(
        reply=reply,
        voter_hash=digest(f"author.{reply.pk}"),
        defaults={"by": Rater.AUTHOR, "useful": useful, "why": why[:500]},
    )
    reply.author_found_useful = useful
    reply.save(update_fields=["author_found_useful"])
    record("rate", reply, label=AUTHOR, useful=useful)


def _require_public(reply: Reply) -> None:
    if not reply.concern.experience.public:
        raise WrongStateError
