"""What comes back after a decision: authors who contest, readers who report, alerts to close."""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.experiences.enums import State
from portevoix.web.experiences.models import Experience
from portevoix.web.journal.actions import AUTHOR, record
from portevoix.web.moderation.enums import Kind, ReportOutcome, ReportReason, ReportSubject
from portevoix.web.moderation.models import Alert, Appeal, Report
from portevoix.web.moderation.queries import may_appeal

_READER: Final = "lecteur"


class NoAppealError(PortevoixError):
    """Cette décision ne peut pas, ou plus, être contestée."""


class SecondPersonError(PortevoixError):
    """Vous avez refusé ce récit : une autre personne doit relire le recours."""


class ClosedError(PortevoixError):
    """Une autre personne vient de s'en occuper."""


@transaction.atomic
def appeal(experience: Experience, message: str) -> Appeal:
    """The author contests a refusal, once; another moderator will read it."""
    if not may_appeal(experience):
        raise NoAppealError
    try:
        with transaction.atomic():
            made = Appeal.objects.create(experience=experience, message=message)
    except IntegrityError:
        raise NoAppealError from None
    record("appeal", experience, label=AUTHOR)
    return made


def require_second_person(experience: Experience, by: Agent) -> None:
    """Whoever refused does not judge the appeal; without an open one there is nothing to judge."""
    if not experience.appeals.filter(closed_at=None).exists():
        raise ClosedError
    refused = experience.decisions.filter(kind=Kind.REFUSE, settled_at__isnull=False)
    last = refused.order_by("-at").first()
    if last is not None and last.moderator_id == by.pk:
        raise SecondPersonError


def close_appeal(experience: Experience, outcome: str, by: Agent) -> None:
    """Say how it ended; part of the decision that ends it."""
    experience.appeals.filter(closed_at=None).update(
        outcome=outcome, closed_at=timezone.now(), closed_by=by
    )
    record("close_appeal", experience, actor=by, outcome=outcome)


@transaction.atomic
def report(
    experience: Experience,
    reason: str,
    message: str = "",
    subject: str = ReportSubject.STORY,
) -> Report:
    """A reader says that something public should be looked at again."""
    if experience.state != State.PUBLISHED:
        raise ClosedError
    made = Report.objects.create(
        experience=experience,
        reason=ReportReason(reason),
        message=message,
        subject=ReportSubject(subject),
    )
    record("report", experience, label=_READER, reason=reason, about=subject)
    return made


@transaction.atomic
def close_reports(experience: Experience, outcome: str, by: Agent) -> int:
    """Say what came of all that readers reported about one story."""
    require(by, Verb.MODERATE, experience)
    closed = experience.reports.filter(closed_at=None).update(
        outcome=ReportOutcome(outcome), closed_at=timezone.now(), closed_by=by
    )
    if closed:
        record("close_reports", experience, actor=by, outcome=outcome, number=closed)
    return closed


@transaction.atomic
def close_alert(alert: Alert, outcome: str, by: Agent) -> None:
    """Say how an alert ended. The story goes back to the queue, to be decided as any other."""
    require(by, Verb.MODERATE, alert.experience)
    closed = Alert.objects.filter(pk=alert.pk, closed_at=None).update(
        outcome=outcome, closed_at=timezone.now(), closed_by=by
    )
    if not closed:
        raise ClosedError
    record("close_alert", alert.experience, actor=by, outcome=outcome)


def forget_withdrawn() -> int:
    """Erase what authors wrote to contest, once they withdrew their story; called by the clock."""
    kept = Appeal.objects.filter(experience__state=State.WITHDRAWN).exclude(message="")
    return kept.update(message="", closed_at=Coalesce("closed_at", timezone.now()))
