"""How moderation works, counted for everyone: delays, decisions, appeals. Nobody is ranked."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count
from django.utils import timezone

from portevoix.web.moderation.enums import AppealOutcome, Kind, Reason
from portevoix.web.moderation.models import Appeal, Decision
from portevoix.web.moderation.queries import waiting
from portevoix.web.ui.kept import kept

DAYS: Final = 30
# Transfers and alerts leave the story to be decided.
_FINAL: Final = (Kind.PUBLISH, Kind.MASK, Kind.ASK, Kind.REFUSE)


@dataclass(frozen=True, slots=True)
class Share:
    """How many decisions of one sort, and their share of all."""

    label: str
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Moderation over the last thirty days, and what waits now."""

    decided: int = 0
    median_hours: float | None = None
    p90_hours: float | None = None
    kinds: Sequence[Share] = field(default_factory=tuple)
    refusals: Sequence[Share] = field(default_factory=tuple)
    appeals: int = 0
    appeals_heard: int = 0
    waiting: int = 0
    oldest_hours: float | None = None


def figures() -> Figures:
    """The figures that anyone may read, kept some minutes."""
    return kept("moderation", lambda: _figures(timezone.now()))


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the whole team."""

    decided: int
    median_hours: float | None
    oldest_hours: float | None


def today() -> Today:
    """What was decided since midnight, and how long the oldest story has waited."""
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    hours = _hours(midnight)
    return Today(len(hours), statistics.median(hours) if hours else None, _oldest(now))


def _figures(now: datetime) -> Figures:
    since = now - timedelta(days=DAYS)
    hours = _hours(since)
    closed = Appeal.objects.filter(closed_at__gte=since)
    return Figures(
        decided=len(hours),
        median_hours=statistics.median(hours) if hours else None,
        p90_hours=_p90(hours),
        kinds=_counted(since, "kind", dict(Kind.choices)),
        refusals=_counted(since, "reason", dict(Reason.choices), kind=Kind.REFUSE),
        appeals=closed.count(),
        appeals_heard=closed.filter(outcome=AppealOutcome.HEARD).count(),
        waiting=waiting().count(),
        oldest_hours=_oldest(now),
    )


def _hours(since: datetime) -> list[float]:
    """From deposit to each decision, shortest first."""
    found = Decision.objects.filter(
        at__gte=since, kind__in=_FINAL, undone_at=None, experience__deposited_at__isnull=False
    ).values_list("at", "experience__deposited_at")
    return sorted((at - deposited).total_seconds() / 3600 for at, deposited in found)


def _p90(hours: Sequence[float]) -> float | None:
    """The time that nine in ten did not exceed."""
    return hours[-(-len(hours) * 9 // 10) - 1] if hours else None


def _counted(
    since: datetime, column: str, labels: dict[Any, Any], **condition: str
) -> Sequence[Share]:
    found = Decision.objects.filter(
        at__gte=since, kind__in=_FINAL, settled_at__isnull=False, **condition
    )
    counts = dict(found.values_list(column).annotate(Count("pk")).order_by())
    total = sum(counts.values())
    listed = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        Share(str(labels.get(code, code)), number, number / total) for code, number in listed
    )


def _oldest(now: datetime) -> float | None:
    first = waiting().order_by("deposited_at").values_list("deposited_at", flat=True).first()
    return (now - first).total_seconds() / 3600 if first else None
