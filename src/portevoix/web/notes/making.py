"""A version of a note, made of what was read: choose, gather, write, keep; told as it goes."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portevoix.note.document import Note, Options
from portevoix.note.statements import Stored, stored
from portevoix.web.experiences.enums import Channel
from portevoix.web.experiences.models import Experience
from portevoix.web.notes import packing, readings, selection
from portevoix.web.notes.columns import columns_of
from portevoix.web.notes.enums import Comparison, Making
from portevoix.web.notes.models import Evidence, NoteVersion, ProposedLead, ProposedTheme, Study
from portevoix.web.runs import corpora

_EVERY: Final = 0.5


def make(version: NoteVersion) -> None:
    """Make a version that waits. A stop half-way leaves what was read, and one can ask again."""
    start = time.perf_counter()
    study = version.study
    try:
        wanted = selection.experiences(study, version.start, version.end)
        before = _before(study, version)
        _read(version, wanted, before)
        with _no_search_for_cycles():
            _write(version, wanted, before, start)
    except Exception:
        _say(version, Making.FAILED)
        raise


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A note holds a million small objects, none in a cycle: looking for some costs a tenth of
    the time it takes."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write(
    version: NoteVersion,
    wanted: QuerySet[Experience],
    before: QuerySet[Experience] | None,
    start: float,
) -> None:
    asked = _asked(version, wanted, before)
    if asked is None:
        _say(version, Making.EMPTY)
        return
    _say(version, Making.WRITING, 0, len(asked.inside.experiences))
    note, run = corpora.write(asked)
    _keep(version, note, stored(note), run, time.perf_counter() - start)


def _before(study: Study, version: NoteVersion) -> QuerySet[Experience] | None:
    period = corpora.earlier(version.start, version.end)
    if study.comparison == Comparison.NONE or period is None:
        return None
    return selection.experiences(study, *period)


def _read(
    version: NoteVersion, wanted: QuerySet[Experience], before: QuerySet[Experience] | None
) -> None:
    told = [0.0]

    def progress(done: int, total: int) -> None:
        now = time.monotonic()
        if total and now - told[0] > _EVERY:
            told[0] = now
            _say(version, Making.READING, done, total)

    _say(version, Making.READING)
    readings.refresh(progress, wanted)
    if before is not None:
        readings.refresh(progress, before)


def _asked(
    version: NoteVersion, wanted: QuerySet[Experience], before: QuerySet[Experience] | None
) -> corpora.Asked | None:
    block = readings.gathered(selection.blocks(wanted))
    inside = None if block is None else corpora.corpus(block, columns_of(wanted))
    if inside is None:
        return None
    compared = None
    if before is not None and (held := readings.gathered(selection.blocks(before))) is not None:
        compared = corpora.corpus(held, columns_of(before))
    options = Options(
        compare=version.study.comparison,
        fictional=settings.PORTEVOIX_DEMONSTRATION or wanted.filter(fictional=True).exists(),
    )
    scope = named(version.study, version.start, version.end)
    return corpora.Asked(scope, inside, compared, options)


def named(study: Study, start: date | None, end: date | None) -> Any:
    """The scope of a study in words."""
    structure = study.structure.public_name if study.structure else ""
    if study.typology and not structure:
        structure = study.typology.name
    return corpora.named(
        start,
        end,
        networks=[] if study.structure else [network.name for network in study.networks],
        structure=structure,
        departement=study.departement,
        procedure=study.procedure,
        channel=str(Channel(study.channel).label).lower() if study.channel else "",
    )


@transaction.atomic
def _keep(version: NoteVersion, note: Note, taken: Stored, run: Any, seconds: float) -> None:
    Evidence.objects.bulk_create(
        Evidence(version=version, key=key[:120], count=len(found), packed=packing.pack(found))
        for key, found in taken.evidence.items()
    )
    ProposedTheme.objects.bulk_create(ProposedTheme(version=version, **one) for one in taken.themes)
    ProposedLead.objects.bulk_create(ProposedLead(version=version, **one) for one in taken.leads)
    version.document = taken.document
    version.experiences = note.findings.figures.experiences
    version.run, version.seconds, version.made_at = run, round(seconds, 3), timezone.now()
    version.state = Making.READY
    version.save()
    # The first version is the one to work on; the next ones are looked at before.
    Study.objects.filter(pk=version.study_id, current=None).update(current=version)


def _say(version: NoteVersion, state: str, done: int = 0, total: int = 0) -> None:
    version.state, version.done, version.total = state, done, total
    NoteVersion.objects.filter(pk=version.pk).update(state=state, done=done, total=total)
