"""What the author of a story is shown: what happened, what comes next and by when."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portevoix.web.experiences.enums import ConcernState, Occasion, State
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.ui.kept import kept

_COUNTED: Final = 200
_FEWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline: done at a moment, or to come, by a day when one is known.

    `message` is what a person wrote to the author; `words` is ours.
    """

    title: str
    at: datetime | None = None
    by: date | None = None
    words: str = ""
    message: str = ""

    @property
    def done(self) -> bool:
        return self.at is not None


def timeline(experience: Experience) -> Sequence[Step]:
    """What happened to a story in its order, then what is to come."""
    concerns = tuple(experience.concerns.select_related("structure", "network"))
    happened = [*_acts(experience, concerns), *_told(experience)]
    happened.sort(key=lambda step: step.at or timezone.now())
    return (*happened, *_to_come(experience, concerns))


def _acts(experience: Experience, concerns: Sequence[Concern]) -> Iterator[Step]:
    yield Step(_("Vous avez envoyé votre récit"), experience.deposited_at)
    if experience.published_at:
        yield Step(
            _("Une personne a lu votre récit et l’a publié"),
            experience.published_at,
            words=_("Tout le monde peut le lire. Le service concerné en est averti."),
        )
    for concern in concerns:
        if concern.answered_at and experience.public:
            yield Step(
                _("%(service)s vous a répondu") % {"service": _name(concern)}, concern.answered_at
            )


def _told(experience: Experience) -> Iterator[Step]:
    """What people told the author; what may still be taken back is not there yet."""
    titles = {
        Occasion.TO_CORRECT: _("Une personne vous demande de corriger votre récit"),
        Occasion.REFUSED: _("Une personne a lu votre récit et ne l’a pas publié"),
        Occasion.TRANSFERRED: _("Votre récit est confié à un autre service"),
        Occasion.IMPROVED: _("Votre avis a fait bouger les choses"),
        Occasion.CARED_FOR: _("Une personne vous a écrit"),
    }
    for notice in experience.notices.filter(at__lte=timezone.now(), occasion__in=titles):
        yield Step(titles[Occasion(notice.occasion)], notice.at, message=notice.message)


def _to_come(experience: Experience, concerns: Sequence[Concern]) -> Iterator[Step]:
    if experience.state == State.TO_CORRECT:
        yield Step(_("À vous : corrigez votre récit, puis renvoyez-le"))
    if experience.state == State.DEPOSITED:
        expected = read_by(experience.deposited_at)
        yield Step(
            _("Une personne va lire votre récit"),
            by=expected,
            words=_("S’il respecte la charte, elle le publie. Sinon, elle vous dit quoi changer."),
        )
    if experience.state in {State.DEPOSITED, State.TO_CORRECT}:
        yield Step(_("Le service concerné pourra vous répondre"), words=_answer_delay(concerns))
    if experience.public:
        for concern in concerns:
            if concern.state == ConcernState.WAITING:
                title = _("Réponse attendue : %(service)s") % {"service": _name(concern)}
                yield Step(title, by=_not_past(concern.due_on))


def _name(concern: Concern) -> str:
    return concern.name or _("le service concerné")


def _answer_delay(concerns: Sequence[Concern]) -> str:
    days = [concern.network.answer_days for concern in concerns if concern.network]
    if not days:
        return ""
    return _("Il a %(days)s jours pour le faire, une fois votre récit publié.") % {
        "days": max(days)
    }


def _not_past(day: date | None) -> date | None:
    return day if day and day >= timezone.localdate() else None


def read_by(deposited_at: datetime) -> date | None:
    """The day before which half of the stories are read, measured; None when too few were."""
    hours = kept("reading-hours", _median_reading_hours)
    if hours is None:
        return None
    day = timezone.localdate(deposited_at + timedelta(hours=hours))
    return _not_past(day)


def _median_reading_hours() -> float | None:
    """From deposit to publication, over the last stories deposited here (imports say nothing)."""
    read = Experience.objects.filter(published_at__gte=F("deposited_at"), import_digest="")
    last = read.order_by("-published_at", "-number")[:_COUNTED]
    moments = last.values_list("deposited_at", "published_at")
    hours = [(end - start).total_seconds() / 3600 for start, end in moments if end]
    return statistics.median(hours) if len(hours) >= _FEWEST else None
