"""Drafts that other programs ask for: each asked once, written once, forgotten after two days.

The row and the task that will serve it are written together, in the database: a server or a worker
that is killed loses neither. A task cut short leaves its row waiting; the clock tells the worker of
it again (`interrupted`), three times at most, then says that it failed.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.api.enums import AskedState
from portevoix.web.api.models import ApiKey, AskedDraft
from portevoix.web.runs import drafts
from portevoix.web.runs.actions import redact_many

KEPT: Final = timedelta(hours=48)
TRIES: Final = 3
# Longer than any draft takes, a slow model server included.
LOST_AFTER: Final = timedelta(minutes=3)
WAITING_AT_MOST: Final = 2_000


class TooManyWaitingError(PortevoixError):
    """Trop de brouillons attendent déjà : réessayez dans une minute."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A story to answer, under the name that the caller gives it (none: we give one)."""

    text: str
    identifier: str = ""


def ask(key: ApiKey, stories: Sequence[Asked]) -> list[AskedDraft]:
    """Keep each story, redacted, and have its draft written. In order, as many as were given.

    The same text under the same identifier is asked once; another text replaces the first. Raises
    `TooManyWaitingError` before anything is kept.
    """
    if AskedDraft.objects.filter(state=AskedState.WAITING).count() >= WAITING_AT_MOST:
        raise TooManyWaitingError
    texts = redact_many([story.text for story in stories])
    with transaction.atomic():
        return [
            _kept(key, story.identifier or str(uuid.uuid4()), text)
            for story, text in zip(stories, texts, strict=True)
        ]


def _kept(key: ApiKey, identifier: str, text: str) -> AskedDraft:
    row, new = AskedDraft.objects.select_for_update().get_or_create(
        key=key, identifier=identifier, defaults={"text": text}
    )
    if not new:
        if row.text == text and row.state != AskedState.FAILED:
            return row
        row.text, row.state, row.tries = text, AskedState.WAITING, 0
        row.answer, row.told, row.run = "", {}, None
        row.asked_at = row.queued_at = timezone.now()
        row.save()
    _enqueue(row.pk)
    return row


def _enqueue(pk: int) -> None:
    from portevoix.web.api.tasks import draft_asked  # noqa: PLC0415 (tasks call this module)

    draft_asked.enqueue(pk)


def write(pk: int) -> None:
    """Write one draft. Told of it twice, the worker writes it once.

    Nothing is caught here: what fails stays waiting, as what is killed does, and is tried again.
    """
    waiting = AskedDraft.objects.filter(pk=pk, state=AskedState.WAITING)
    waiting.update(tries=F("tries") + 1, queued_at=timezone.now())
    row = waiting.select_related("key__network").first()
    if row is None:
        return
    network = row.key.network
    drafted = drafts.draft(row.text, network=network.name if network else "")
    # Another text may have come under this name meanwhile: its own task serves it.
    waiting.filter(text=row.text).update(
        state=AskedState.READY,
        answer=drafted.draft.text,
        told=_told(drafted),
        run=drafted.run,
    )


def _told(drafted: drafts.Drafted) -> dict[str, Any]:
    draft = drafted.draft
    pages = {s.source.id: s.source for s in draft.sentences if s.source}
    return {
        "sources": [{"title": page.title, "url": page.url} for page in pages.values()],
        "to_complete": [blank.asks for blank in draft.blanks],
        "engine": draft.engine,
        "note": " ".join(filter(None, (draft.abstained, *draft.notes))),
    }


def found(key: ApiKey, identifiers: Sequence[str]) -> list[AskedDraft | None]:
    """What was asked with this key under these names, in order; None for what is unknown."""
    rows = AskedDraft.objects.filter(key=key, identifier__in=identifiers)
    known = {row.identifier: row for row in rows}
    return [known.get(identifier) for identifier in identifiers]


def interrupted() -> list[int]:
    """Drafts that wait for too long, to be begun again; those tried enough are said to fail."""
    now = timezone.now()
    late = AskedDraft.objects.filter(state=AskedState.WAITING, queued_at__lt=now - LOST_AFTER)
    late.filter(tries__gte=TRIES).update(state=AskedState.FAILED)
    keys = list(late.order_by("queued_at").values_list("pk", flat=True)[:WAITING_AT_MOST])
    AskedDraft.objects.filter(pk__in=keys).update(queued_at=now)
    return keys


def forget_old() -> None:
    """Two days are enough to come for an answer."""
    AskedDraft.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
