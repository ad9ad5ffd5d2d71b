"""Every change of an experience, one function a verb: check, change, journal, in one transaction.

The states and what may follow them are in `enums`; nothing else changes `state`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.directory.models import Network, Structure
from portevoix.web.experiences import fulltext
from portevoix.web.experiences.enums import TRANSITIONS, ConcernState, PostedAs, State
from portevoix.web.experiences.models import (
    AnswerBack,
    AuthorContact,
    AuthorKey,
    ChannelUse,
    Concern,
    Experience,
    Notice,
    SameExperience,
    SearchEntry,
    Transfer,
)
from portevoix.web.experiences.queries import digest
from portevoix.web.journal.actions import AUTHOR, record
from portevoix.web.mail import actions as mail

_ANSWER_DAYS: Final = 15
_DAYS_AFTER_TRANSFER: Final = timedelta(days=5)


class WrongStateError(PortevoixError):
    """Cette expérience n'est plus dans l'état où cette action est possible."""


class AlreadySaidError(PortevoixError):
    """Vous avez déjà dit avoir vécu la même chose."""


class AlreadySaidBackError(PortevoixError):
    """Vous avez déjà répondu à ce service."""


@dataclass(frozen=True, slots=True)
class About:
    """One service that a story is about; `structure` or `network` None when the author cannot say.

    `channels`: channel → feeling, empty when none was given.
    """

    structure: Structure | None = None
    network: Network | None = None
    label: str = ""
    channels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """What an author sends."""

    title: str
    text: str
    feeling: str
    about: Sequence[About] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    procedure: str = ""
    departement: str = ""
    region: str = ""
    country: str = "France"
    posted_as: str = PostedAs.CONCERNED
    pseudonym: str = ""
    written_on: date | None = None
    origin: str = ""
    origin_procedure: str = ""
    email: str = ""
    fictional: bool = False


@transaction.atomic
def deposit(story: Story, token: str = "") -> tuple[Experience, str]:
    """Keep a story, to be read by a moderator. Returns it with the key of its private page.

    `token`: that key, when the caller has made it already.
    """
    experience = Experience.objects.create(
        title=story.title,
        text=story.text,
        feeling=story.feeling,
        procedure=story.procedure,
        departement=story.departement,
        region=story.region,
        country=story.country,
        posted_as=story.posted_as,
        pseudonym=story.pseudonym,
        written_on=story.written_on,
        origin=story.origin,
        origin_procedure=story.origin_procedure,
        fictional=story.fictional,
        **dict(story.tags),
    )
    for rank, about in enumerate(story.about[:3], 1):
        _concern(experience, rank, about)
    if story.email:
        AuthorContact.objects.create(experience=experience, email=story.email)
    token = give_key(experience, token)
    record("deposit", experience, label=AUTHOR)
    return experience, token


def _concern(experience: Experience, rank: int, about: About) -> Concern:
    structure = about.structure
    concern = Concern.objects.create(
        experience=experience,
        rank=rank,
        structure=structure,
        network=structure.network if structure else about.network,
        typology=structure.typology if structure else None,
        label=about.label,
    )
    ChannelUse.objects.bulk_create(
        ChannelUse(concern=concern, channel=channel, feeling=feeling)
        for channel, feeling in about.channels.items()
    )
    return concern


def give_key(experience: Experience, token: str = "") -> str:
    """Make a new secret that opens the author's private page; only its digest is kept."""
    token = token or secrets.token_urlsafe(24)
    AuthorKey.objects.create(experience=experience, token_hash=digest(token))
    return token


@transaction.atomic
def publish(
    experience: Experience,
    title: str,
    text: str,
    actor: Agent,
    at: datetime | None = None,
) -> None:
    """Make a story public in these words, which a moderator decided."""
    require(actor, Verb.MODERATE, experience)
    _move(
        experience,
        State.PUBLISHED,
        published_title=title,
        published_text=text,
        published_at=at or timezone.now(),
    )
    _date_concerns(experience)
    index(experience)
    record("publish", experience, actor=actor, masked=text != experience.text)


@transaction.atomic
def mask_again(experience: Experience, title: str, text: str, actor: Agent) -> None:
    """Hide more of a story that is public, at once: something was seen too late."""
    require(actor, Verb.MODERATE, experience)
    if not experience.public:
        raise WrongStateError
    changed = {"published_title": title, "published_text": text}
    shown = Experience.objects.filter(pk=experience.pk, published_at__isnull=False)
    if not shown.update(**changed):
        raise WrongStateError
    experience.published_title, experience.published_text = title, text
    index(experience)
    record("mask_again", experience, actor=actor)


@transaction.atomic
def ask_correction(experience: Experience, actor: Agent, reason: str) -> None:
    """Give the story back to its author, who may change it."""
    require(actor, Verb.MODERATE, experience)
    _move(experience, State.TO_CORRECT)
    record("ask_correction", experience, actor=actor, reason=reason)


@transaction.atomic
def refuse(experience: Experience, actor: Agent, reason: str) -> None:
    """Do not publish a story, or no longer, for a reason of the charter."""
    require(actor, Verb.MODERATE, experience)
    _move(experience, State.REFUSED, published_at=None)
    _hide(experience)
    record("refuse", experience, actor=actor, reason=reason)


@transaction.atomic
def take_back(experience: Experience, actor: Agent, reason: str = "") -> None:
    """Return a story to the queue: a decision undone, an appeal heard."""
    require(actor, Verb.MODERATE, experience)
    _move(experience, State.DEPOSITED, published_at=None)
    _hide(experience)
    record("take_back", experience, actor=actor, reason=reason)


@transaction.atomic
def escalate(experience: Experience, actor: Agent, urgency: str) -> None:
    """Tell that someone must be looked after: distress, danger, fraud. The state stays."""
    require(actor, Verb.MODERATE, experience)
    experience.escalated, experience.urgency = True, urgency
    experience.save(update_fields=["escalated", "urgency"])
    record("escalate", experience, actor=actor, urgency=urgency)


@transaction.atomic
def correct(experience: Experience, title: str, text: str) -> None:
    """The author changes a story that a moderator gave back; it is to be read again."""
    _move(experience, State.DEPOSITED, title=title, text=text)
    record("correct", experience, label=AUTHOR)


@transaction.atomic
def answer_back(concern: Concern, text: str) -> AnswerBack:
    """The author says something back, once, to a service that answered; a person reads it first."""
    if not concern.experience.public or concern.state != ConcernState.ANSWERED:
        raise WrongStateError
    if AnswerBack.objects.filter(concern=concern).exists():
        raise AlreadySaidBackError
    said = AnswerBack.objects.create(concern=concern, text=text)
    record("answer_back", concern.experience, label=AUTHOR, rank=concern.rank)
    return said


@transaction.atomic
def give_address(experience: Experience, email: str) -> None:
    """The author says, or changes, where to be told what happens next."""
    if experience.state == State.WITHDRAWN:
        raise WrongStateError
    AuthorContact.objects.update_or_create(experience=experience, defaults={"email": email})
    record("give_address", experience, label=AUTHOR)


@transaction.atomic
def forget_address(experience: Experience) -> None:
    """The author wants no message any more."""
    AuthorContact.objects.filter(experience=experience).delete()
    record("forget_address", experience, label=AUTHOR)


@transaction.atomic
def withdraw(experience: Experience) -> None:
    """The author takes the story back: it is read by nobody any more, and its words go."""
    _move(
        experience,
        State.WITHDRAWN,
        title="",
        text="",
        published_title="",
        published_text="",
        pseudonym="",
        published_at=None,
    )
    _hide(experience)
    _forget_author(experience)
    record("withdraw", experience, label=AUTHOR)


@transaction.atomic
def reassign(
    concern: Concern, structure: Structure, actor: Agent, reason: str, word: str = ""
) -> Transfer:
    """Hand one part of a story to another structure, of any network.

    The public delay runs since publication; the structure that receives has a few days at least.
    """
    require(actor, Verb.REASSIGN, concern)
    transfer = Transfer.objects.create(
        concern=concern,
        former=concern.structure,
        former_label=concern.name,
        to=structure,
        reason=reason,
        word=word,
        by=actor,
        former_due_on=concern.due_on,
    )
    concern.structure, concern.network = structure, structure.network
    concern.typology, concern.assigned_to = structure.typology, None
    if concern.due_on:
        concern.due_on = max(concern.due_on, timezone.localdate() + _DAYS_AFTER_TRANSFER)
    concern.save(update_fields=["structure", "network", "typology", "assigned_to", "due_on"])
    record(
        "reassign",
        concern.experience,
        actor=actor,
        rank=concern.rank,
        former=transfer.former_id,
        structure=structure.pk,
        reason=reason,
    )
    return transfer


@transaction.atomic
def say_same(experience: Experience, voter: str) -> None:
    """« J'ai vécu la même chose », once a browser."""
    if not experience.public:
        raise WrongStateError
    try:
        with transaction.atomic():
            SameExperience.objects.create(experience=experience, voter_hash=digest(voter))
    except IntegrityError:
        raise AlreadySaidError from None
    Experience.objects.filter(pk=experience.pk).update(similar_count=F("similar_count") + 1)
    record("say_same", experience, label=AUTHOR)


def index(experience: Experience) -> None:
    """Make a public story findable by its words."""
    words = f"{experience.published_title} {experience.published_text}"
    SearchEntry.objects.update_or_create(
        experience=experience, defaults={"stems": " ".join(fulltext.stems(words))}
    )


def due_on(network: Network | None, published_at: datetime) -> date:
    """When an answer is late."""
    days = network.answer_days if network else _ANSWER_DAYS
    return timezone.localtime(published_at).date() + timedelta(days=days)


def _date_concerns(experience: Experience) -> None:
    at = experience.published_at
    assert at is not None  # noqa: S101 (just published)
    concerns = list(experience.concerns.select_related("network"))
    for concern in concerns:
        concern.published_at, concern.due_on = at, due_on(concern.network, at)
    Concern.objects.bulk_update(concerns, ["published_at", "due_on"])


def _forget_author(experience: Experience) -> None:
    """Erase the address, what was told and said back, and the e-mails that have not left."""
    AuthorContact.objects.filter(experience=experience).delete()
    for notice in experience.notices.all():
        mail.cancel(notice.mail_key)
    Notice.objects.filter(experience=experience).update(message="")
    AnswerBack.objects.filter(concern__experience=experience).delete()


def _hide(experience: Experience) -> None:
    experience.concerns.update(published_at=None, due_on=None)
    SearchEntry.objects.filter(experience=experience).delete()


def _move(experience: Experience, to: str, **fields: object) -> None:
    """Change the state, if it still is what this object says and the move exists.

    Two people who act at once: the second is told by `WrongStateError`.
    """
    if to not in TRANSITIONS[experience.state]:
        raise WrongStateError
    moved = Experience.objects.filter(pk=experience.pk, state=experience.state).update(
        state=to, **fields
    )
    if not moved:
        raise WrongStateError
    for name, value in {"state": to, **fields}.items():
        setattr(experience, name, value)
