"""The one verb of the journal: record."""

from __future__ import annotations

from typing import Final, Protocol

from django.db import models

from portevoix.errors import PortevoixError
from portevoix.web.journal.models import Entry

AUTHOR: Final = "usager"
SYSTEM: Final = "système"
_LONGEST: Final = 80


class PersonalDataRefusedError(PortevoixError):
    """Le journal ne reçoit que des identifiants et des codes, jamais un texte."""


class Actor(Protocol):
    """Someone with an account; the journal keeps the number and the role."""

    pk: int

    @property
    def journal_label(self) -> str: ...


def record(
    verb: str,
    subject: models.Model | None = None,
    *,
    actor: Actor | None = None,
    label: str = SYSTEM,
    **data: str | float | list[str] | list[int] | None,
) -> Entry:
    """Write one entry. Without an actor, `label` says who: the author of a story, the system.

    Call it in the transaction of the act. Raises `PersonalDataRefusedError` when a value looks
    like a text or an address rather than a code.
    """
    for value in data.values():
        _refuse_text(value)
    return Entry.objects.create(
        verb=verb,
        actor_id=actor.pk if actor else None,
        actor_label=actor.journal_label if actor else label,
        subject_type=type(subject).__name__.lower() if subject else "",
        subject_id=str(subject.pk) if subject else "",
        data=data,
    )


def _refuse_text(value: object) -> None:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and ("@" in item or "\n" in item or len(item) > _LONGEST):
            raise PersonalDataRefusedError
