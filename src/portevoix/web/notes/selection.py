"""The experiences of a scope and a period."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.notes.models import Block, Scope


def published(start: date | None, end: date | None) -> QuerySet[Experience]:
    """Public experiences by the day they were published."""
    found = Experience.objects.filter(published_at__isnull=False)
    if start:
        found = found.filter(published_at__gte=_midnight(start))
    if end:
        found = found.filter(published_at__lt=_midnight(end + timedelta(days=1)))
    return found


def experiences(scope: Scope, start: date | None, end: date | None) -> QuerySet[Experience]:
    """Public experiences of a scope and a period."""
    found = published(start, end)
    if scope.feeling:
        found = found.filter(feeling=scope.feeling)
    if scope.departement:
        found = found.filter(departement=scope.departement)
    if scope.procedure:
        found = found.filter(procedure=scope.procedure)
    concerns = _concerns(scope)
    if concerns is not None:
        found = found.filter(pk__in=concerns.values("experience_id"))
    return found


def _concerns(scope: Scope) -> QuerySet[Concern] | None:
    """The parts of experiences that a scope is about; None when it asks nothing of them."""
    found = Concern.objects.filter(published_at__isnull=False)
    asked = False
    if scope.structure is not None:
        found, asked = found.filter(structure__path__under=scope.structure.path), True
    elif scope.network_ids:
        found, asked = found.filter(network__in=scope.network_ids), True
    if scope.typology_id:
        found, asked = found.filter(typology=scope.typology_id), True
    if scope.channel:
        found, asked = found.filter(channels__channel=scope.channel), True
    return found if asked else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def blocks(found: QuerySet[Experience]) -> QuerySet[Block]:
    """The blocks that hold the readings of these experiences."""
    return Block.objects.filter(readings__experience__in=found).defer("content").distinct()
