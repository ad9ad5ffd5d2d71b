"""The moderation queue, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from portevoix.web.experiences.enums import State, Urgency
from portevoix.web.experiences.models import Experience

_URGENT: Final = [urgency for urgency in Urgency if urgency != Urgency.NONE]


def waiting() -> QuerySet[Experience]:
    """Stories that wait for a person to read them."""
    return Experience.objects.filter(published_at__isnull=True, state=State.DEPOSITED)


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, and how many of them must be read first."""

    waiting: int
    urgent: int


def queue() -> Queue:
    counted = waiting().aggregate(
        waiting=Count("pk"),
        urgent=Count("pk", filter=Q(proposed_verdict__urgency__in=_URGENT)),
    )
    return Queue(**counted)
