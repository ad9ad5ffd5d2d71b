"""What is done in the background: read what was published, make notes, renew studies."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from portevoix.web.notes import letters, making, readings
from portevoix.web.notes.models import NoteVersion, Study


@task()
def make_note(key: int) -> None:
    """Make a version that waits; one already made is left as it is."""
    version = (
        NoteVersion.objects.select_related(
            "study__network", "study__structure__network", "study__typology"
        )
        .filter(pk=key)
        .first()
    )
    if version is None or not version.pending:
        return
    making.make(version)
    if version.ready and version.study.next_on:
        letters.tell_readers(version)


@task()
def read_published() -> None:
    """Read what was published, corrected or withdrawn since the last time."""
    readings.refresh()


def keep_up() -> None:
    """A job of the clock: have new texts read, and the studies that are due made again."""
    from portevoix.web.notes import actions  # noqa: PLC0415 (actions ask for tasks)

    if readings.is_late():
        read_published.enqueue()
    today = timezone.localdate()
    for study in Study.objects.filter(next_on__lte=today):
        actions.renew(study, today)
