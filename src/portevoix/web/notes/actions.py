"""The verbs of studies and of their notes: check, change, journal, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import digest
from portevoix.web.journal.actions import record
from portevoix.web.notes import tasks
from portevoix.web.notes.enums import Choice, Rhythm, Visibility
from portevoix.web.notes.models import (
    ChosenLead,
    ChosenQuote,
    ChosenTheme,
    NoteVersion,
    PrivateLink,
    Signature,
    Study,
    Wording,
)
from portevoix.web.notes.policies import require_edit, require_study

_INHERITED: Final = (
    "network_id other_networks typology_id structure_id departement procedure channel feeling"
).split()


class WrittenMeanwhileError(PortevoixError):
    """Quelqu’un d’autre a modifié cette phrase pendant que vous l’écriviez."""

    def __init__(self, theirs: Wording) -> None:
        super().__init__()
        self.theirs = theirs


class NotAQuoteError(PortevoixError):
    """Ce passage ne se trouve pas mot pour mot dans un récit public."""


@transaction.atomic
def start(study: Study, agent: Agent) -> NoteVersion:
    """Open a study and ask for its note; what was corrected in the last one like it comes along."""
    require_study(agent, study)
    study.author = agent
    study.next_on = next_day(study.rhythm, timezone.localdate())
    study.save()
    _inherit(study)
    record("start_study", study, actor=agent)
    return _ask(study, study.start, study.end)


def _inherit(study: Study) -> None:
    """Bring what people decided in the last study of the same scope."""
    same = {name: getattr(study, name) for name in _INHERITED}
    former = (
        Study.objects.filter(**same, author=study.author)
        .exclude(pk=study.pk)
        .order_by("-created_at")
        .first()
    )
    if former is None:
        return
    latest = {one.key: one for one in former.wordings.order_by("number")}
    Wording.objects.bulk_create(
        Wording(study=study, key=key, number=1, text=one.text, over=one.over, by_id=one.by_id)
        for key, one in latest.items()
        if one.text and key != "title"
    )
    ChosenTheme.objects.bulk_create(
        ChosenTheme(
            study=study, key=c.key, side=c.side, parts=c.parts, dropped=c.dropped, by_id=c.by_id
        )
        for c in former.chosen_themes.all()
    )
    ChosenLead.objects.bulk_create(
        ChosenLead(
            study=study, key=c.key, choice=c.choice, title=c.title, text=c.text, by_id=c.by_id
        )
        for c in former.chosen_leads.all()
        # What was accepted then may be done by now: it is proposed again.
        if c.choice == Choice.REFUSED
    )


def _ask(study: Study, start: date | None, end: date | None) -> NoteVersion:
    last = study.versions.aggregate(last=Max("number"))["last"] or 0
    version = NoteVersion.objects.create(study=study, number=last + 1, start=start, end=end)
    transaction.on_commit(lambda: tasks.make_note.enqueue(version.pk))
    return version


@transaction.atomic
def remake(study: Study, agent: Agent) -> NoteVersion:
    """Ask for a new version of the note; the one in place stays until somebody looked."""
    require_edit(agent, study)
    record("remake_note", study, actor=agent)
    return _ask(study, study.start, study.end)


@transaction.atomic
def renew(study: Study, today: date) -> NoteVersion:
    """Make the note of the period just over, as the study asks; called by the clock."""
    start, end = period_over(study.rhythm, today)
    study.next_on = next_day(study.rhythm, today)
    study.start, study.end = start, end
    study.save(update_fields=["next_on", "start", "end"])
    record("renew_study", study)
    return _ask(study, start, end)


def next_day(rhythm: str, today: date) -> date | None:
    """The day after the period that runs is over."""
    if rhythm == Rhythm.NEVER:
        return None
    months = 1 if rhythm == Rhythm.MONTHLY else 3 - (today.month - 1) % 3
    total = today.year * 12 + today.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def period_over(rhythm: str, today: date) -> tuple[date, date]:
    """The last whole month or quarter before today."""
    months = 1 if rhythm == Rhythm.MONTHLY else 3
    this = today.replace(day=1)
    if months == 3:
        this = this.replace(month=this.month - (this.month - 1) % 3)
    total = this.year * 12 + this.month - 1 - months
    return date(total // 12, total % 12 + 1, 1), this - timedelta(days=1)


@transaction.atomic
def take(study: Study, version: NoteVersion, agent: Agent) -> None:
    """Work on another version from now on; what people decided stays."""
    require_edit(agent, study)
    if not version.ready or version.study_id != study.pk:
        raise PortevoixError
    study.current = version
    study.save(update_fields=["current"])
    _touch(study)
    record("take_version", study, actor=agent, version=version.number)


@transaction.atomic
def leave_aside(study: Study, version: NoteVersion, agent: Agent) -> None:
    """Keep the version in place and forget a newer one."""
    require_edit(agent, study)
    if version.pk != study.current_id and version.study_id == study.pk:
        record("leave_version", study, actor=agent, version=version.number)
        version.delete()


def word(
    study: Study, key: str, text: str, agent: Agent, *, number: int = 0, over: str = ""
) -> Wording:
    """Write a sentence one's own way, empty to have the machine's back.

    `number` is that of the wording one was looking at. Raises `WrittenMeanwhileError`, with what
    the other wrote, when it is no longer the last: nothing is lost on either side.
    """
    require_edit(agent, study)
    last = study.wordings.filter(key=key).order_by("-number").first()
    if last is not None and last.number != number:
        raise WrittenMeanwhileError(last)
    try:
        with transaction.atomic():
            made = Wording.objects.create(
                study=study, key=key, number=number + 1, text=text.strip(), over=over, by=agent
            )
            _touch(study)
            record("word_note", study, actor=agent, number=number + 1)
    except IntegrityError:
        theirs = study.wordings.filter(key=key).order_by("-number")[0]
        raise WrittenMeanwhileError(theirs) from None
    return made


@transaction.atomic
def merge(study: Study, key: str, into: str, agent: Agent) -> None:
    """Bring one theme under another of the same side."""
    require_edit(agent, study)
    side = into.split("/", 1)[0]
    if key == into or key.split("/", 1)[0] != side:
        return
    one = _theme(study, into, agent)
    moved = ChosenTheme.objects.filter(study=study, key=key).first()
    one.parts = sorted({*one.parts, key, *(moved.parts if moved else ())} - {into})
    one.save(update_fields=["parts", "by", "at"])
    if moved:
        moved.parts = []
        moved.save(update_fields=["parts"])
    _touch(study)
    record("merge_themes", study, actor=agent, key=key[:80], into=into[:80])


@transaction.atomic
def split(study: Study, key: str, agent: Agent) -> None:
    """Make a precise subject a theme of its own; or take a merged theme out again."""
    require_edit(agent, study)
    for other in study.chosen_themes.all():
        if key in other.parts:
            other.parts = [part for part in other.parts if part != key]
            other.save(update_fields=["parts"])
    _theme(study, key, agent)
    _touch(study)
    record("split_theme", study, actor=agent, key=key[:80])


@transaction.atomic
def drop(study: Study, key: str, agent: Agent) -> None:
    """Take a theme, a subject or a suggestion out of the note."""
    require_edit(agent, study)
    one = _theme(study, key, agent)
    one.dropped = True
    one.save(update_fields=["dropped", "by", "at"])
    _touch(study)
    record("drop_theme", study, actor=agent, key=key[:80])


@transaction.atomic
def restore(study: Study, key: str, agent: Agent) -> None:
    """Undo what people did to a theme: merged, split or taken out."""
    require_edit(agent, study)
    study.chosen_themes.filter(key=key).delete()
    _touch(study)
    record("restore_theme", study, actor=agent, key=key[:80])


def _theme(study: Study, key: str, agent: Agent) -> ChosenTheme:
    one, new = ChosenTheme.objects.get_or_create(
        study=study, key=key, defaults={"side": key.split("/", 1)[0], "by": agent}
    )
    if not new:
        one.by, one.at = agent, timezone.now()
    return one


@transaction.atomic
def pick_quote(
    study: Study, key: str, experience: Experience, span: tuple[int, int], agent: Agent
) -> ChosenQuote:
    """Illustrate a point with an exact stretch of a public text."""
    require_edit(agent, study)
    begin, end = span
    text = experience.published_text[begin:end]
    if not experience.public or not 0 <= begin < end or not text.strip():
        raise NotAQuoteError
    picked, _new = ChosenQuote.objects.get_or_create(
        study=study,
        key=key,
        experience=experience,
        start=begin,
        defaults={"end": end, "text": text, "by": agent},
    )
    _touch(study)
    record("pick_quote", study, actor=agent, experience=experience.pk)
    return picked


@transaction.atomic
def drop_quotes(study: Study, key: str, agent: Agent) -> None:
    """Give back the quotes that the machine chose for a point."""
    require_edit(agent, study)
    study.chosen_quotes.filter(key=key).delete()
    _touch(study)
    record("drop_quotes", study, actor=agent, key=key[:80])


@transaction.atomic
def judge(study: Study, key: str, choice: str, agent: Agent) -> None:
    """Accept or refuse a lead; an empty choice leaves it open again."""
    require_edit(agent, study)
    if choice:
        ChosenLead.objects.update_or_create(
            study=study,
            key=key,
            defaults={"choice": Choice(choice), "by": agent, "at": timezone.now()},
        )
    else:
        study.chosen_leads.filter(key=key, title="").delete()
    _touch(study)
    record("judge_lead", study, actor=agent, key=key[:80], choice=choice)


@transaction.atomic
def write_lead(study: Study, title: str, text: str, theme: str, agent: Agent) -> ChosenLead:
    """Add a lead of one's own, accepted."""
    require_edit(agent, study)
    made = ChosenLead.objects.create(
        study=study,
        key=f"leads/own-{secrets.token_hex(4)}",
        choice=Choice.ACCEPTED,
        title=title,
        text=text,
        theme=theme,
        by=agent,
    )
    _touch(study)
    record("write_lead", study, actor=agent)
    return made


@transaction.atomic
def sign(study: Study, agent: Agent) -> Signature:
    """Answer for the note as it stands."""
    require_edit(agent, study)
    if study.current is None:
        raise PortevoixError
    signed = Signature.objects.create(
        study=study,
        version=study.current,
        revision=study.revision,
        agent=agent,
        name=agent.name,
        function=agent.function,
    )
    record("sign_note", study, actor=agent, revision=study.revision)
    return signed


@transaction.atomic
def show_to(study: Study, visibility: str, agent: Agent) -> None:
    """Say who may read the note."""
    require_edit(agent, study)
    study.visibility = Visibility(visibility)
    study.save(update_fields=["visibility"])
    record("show_note", study, actor=agent, visibility=visibility)


@transaction.atomic
def send_to(study: Study, readers: Sequence[Agent], agent: Agent) -> None:
    """Choose the people who receive the note and may read it."""
    require_edit(agent, study)
    study.readers.set(readers)
    record("send_note", study, actor=agent, readers=[one.pk for one in readers])


@transaction.atomic
def schedule(study: Study, rhythm: str, agent: Agent) -> None:
    """Have the note made again by itself, for the month or quarter just over."""
    require_edit(agent, study)
    study.rhythm = Rhythm(rhythm)
    study.next_on = next_day(study.rhythm, timezone.localdate())
    study.save(update_fields=["rhythm", "next_on"])
    record("schedule_study", study, actor=agent, rhythm=rhythm)


@transaction.atomic
def give_link(study: Study, agent: Agent) -> str:
    """Make a link that opens the note without an account; only its digest is kept."""
    require_edit(agent, study)
    token = secrets.token_urlsafe(24)
    PrivateLink.objects.create(study=study, token_hash=digest(token), by=agent)
    record("give_link", study, actor=agent)
    return token


@transaction.atomic
def withdraw_links(study: Study, agent: Agent) -> None:
    """Close every private link of a note."""
    require_edit(agent, study)
    study.links.all().delete()
    record("withdraw_links", study, actor=agent)


def _touch(study: Study) -> None:
    """One more revision: what was signed is no longer what is read."""
    Study.objects.filter(pk=study.pk).update(revision=F("revision") + 1)
    study.refresh_from_db(fields=["revision"])
