"""What is done in the background: read what was published, make notes, renew studies."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from portevoix.web.notes import effects, letters, making, readings, wordings
from portevoix.web.notes.enums import Status
from portevoix.web.notes.models import Improvement, NoteVersion, Study
from portevoix.web.runs import noting


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
    if version.ready and noting.has_model():
        word_note.enqueue(version.pk)
    if version.ready and version.study.next_on:
        letters.tell_readers(version)


@task()
def word_note(key: int) -> None:
    """Have a language model say a note that is ready; the note is read meanwhile."""
    version = NoteVersion.objects.filter(pk=key).first()
    if version is not None and version.ready:
        wordings.word(version)


@task()
def read_published() -> None:
    """Read what was published, corrected or withdrawn since the last time."""
    readings.refresh()


@task()
def measure_effect(key: int) -> None:
    """Measure the effect of an improvement again."""
    found = Improvement.objects.select_related("structure", "network").filter(pk=key).first()
    if found is not None:
        effect = effects.measured(found, timezone.localdate())
        if effect is not None:
            effect.save()


def measure_effects() -> None:
    """A job of the clock: measure what was done in the last two years."""
    since = timezone.localdate() - timedelta(days=730)
    done = Improvement.objects.filter(status=Status.DONE, done_on__gte=since)
    for key in done.values_list("pk", flat=True):
        measure_effect.enqueue(key)


def keep_up() -> None:
    """A job of the clock: have new texts read, and the studies that are due made again."""
    from portevoix.web.notes import actions  # noqa: PLC0415 (actions ask for tasks)

    waiting = DBTaskResult.objects.ready().filter(task_path=read_published.module_path)
    # A long reading goes on: one more at most waits behind it.
    if readings.is_late() and not waiting.exists():
        read_published.enqueue()
    today = timezone.localdate()
    for study in Study.objects.filter(next_on__lte=today):
        actions.renew(study, today)
