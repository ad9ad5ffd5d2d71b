"""What other parts ask of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model

from portevoix.web.journal.models import Entry


def last_entry() -> tuple[int, datetime | None]:
    """The number and moment of what was done last: they change when anything does."""
    last = Entry.objects.order_by("-pk").values_list("pk", "at").first()
    return last or (0, None)


def touched_by_agents(model: type[Model], keys: Sequence[int]) -> set[int]:
    """Return those of these things that someone with an account changed."""
    entries = Entry.objects.filter(
        subject_type=model.__name__.lower(),
        subject_id__in=[str(key) for key in keys],
        actor_id__isnull=False,
    )
    return {int(key) for key in entries.values_list("subject_id", flat=True).distinct()}
