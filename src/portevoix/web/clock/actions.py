"""Run the jobs of `settings.PORTEVOIX_JOBS` that are due: path of a function → interval.

A job is a function without argument, safe to call twice. One that fails is said in the logs and in
its row, and is tried again at its next time: it never stops the others.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from portevoix.web.clock.models import Tick

_log = logging.getLogger(__name__)


def run_due() -> list[str]:
    """Run what is due; return the jobs that ran to their end."""
    # Every two seconds, mostly for nothing: one query for all the jobs.
    due = dict(Tick.objects.values_list("job", "due_at"))
    return [
        job
        for job, every in settings.PORTEVOIX_JOBS.items()
        if _take(job, every, due.get(job)) and _run(job)
    ]


def _take(job: str, every: timedelta, due: datetime | None) -> bool:
    """Move a job from `due` to its next time; True for the one clock that did."""
    now = timezone.now()
    if due is None:
        _tick, new = Tick.objects.get_or_create(job=job, defaults={"due_at": now + every})
        return new
    if due > now:
        return False
    return bool(Tick.objects.filter(job=job, due_at=due).update(due_at=now + every, error=""))


def _run(job: str) -> bool:
    try:
        import_string(job)()
    # Whatever a job meets, the clock goes on: the other jobs owe it nothing.
    except Exception as error:  # noqa: BLE001
        _log.error("%s: %s", job, type(error).__name__)
        _forget_broken_connection()
        with transaction.atomic():
            Tick.objects.filter(job=job).update(error=type(error).__name__[:80])
        return False
    return True


def _forget_broken_connection() -> None:
    """Let the next query open a connection when the database went away."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
