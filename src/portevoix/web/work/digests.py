"""The e-mails that tell agents what waits: at once, each morning, on Monday.

The clock calls `tell_agents` every minute. What is owed and the moment it was owed are written in
one transaction: a clock that dies half-way tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, scope
from portevoix.web.experiences.models import Concern
from portevoix.web.mail.actions import owe
from portevoix.web.mail.letters import Letter, Link
from portevoix.web.mail.models import Message
from portevoix.web.work.actions import unsubscribe_key
from portevoix.web.work.enums import Deadline, Rhythm, Step
from portevoix.web.work.models import Subscription
from portevoix.web.work.queries import Wanted, work

_MORNING: Final = time(8)
_SHOWN: Final = 5
_RECENT: Final = timedelta(hours=1)


def tell_agents() -> int:
    """Owe the digests and alerts whose time has come; return how many."""
    _subscribe_newcomers()
    now = timezone.now()
    urgent = sum(_warn(concern) for concern in _urgent(now))
    due = Q(rhythm=Rhythm.AT_ONCE)
    for rhythm, since in ((Rhythm.DAILY, _this_morning(now)), (Rhythm.WEEKLY, _this_monday(now))):
        due |= Q(rhythm=rhythm, told_at__lt=since)
    wanted = Subscription.objects.filter(due, agent__is_active=True).values_list("pk", flat=True)
    return urgent + sum(_tell(pk, now) for pk in list(wanted))


def _urgent(now: datetime) -> QuerySet[Concern]:
    """What moderators gave the alarm for and that arrived within the hour, by either way."""
    since = now - _RECENT
    arrived = Q(published_at__gt=since) | Q(transfers__at__gt=since)
    waiting = Concern.objects.filter(arrived, state="waiting", published_at__isnull=False)
    urgent = waiting.filter(experience__escalated=True).distinct()
    return urgent.select_related("experience", "structure", "network")


def _warn(concern: Concern) -> int:
    """Tell at once those who answer there, once each, but who asked for nothing at all.

    Those who are told of every arrival are already told of this one.
    """
    told = 0
    for agent in _answering(concern):
        key = f"urgent/{concern.pk}/{concern.structure_id or 0}/{agent.pk}"
        if not Message.objects.filter(key=key).exists():
            owe("agents_urgent", agent.email, _warning(concern, agent), key=key)
            told += 1
    return told


def _answering(concern: Concern) -> QuerySet[Agent]:
    here = Q(memberships__network=concern.network_id, memberships__structure=None)
    if concern.structure is not None:
        above = concern.structure.path.strip("/").split("/")
        here |= Q(memberships__structure__code__in=above)
    agents = Agent.objects.filter(
        here, is_active=True, memberships__role__in=(Role.AGENT, Role.SUPER_AGENT)
    )
    others = (Rhythm.NEVER, Rhythm.AT_ONCE)
    return agents.exclude(subscription__rhythm__in=others).distinct()


def _warning(concern: Concern, agent: Agent) -> Letter:
    return Letter(
        subject=_("À lire sans attendre : un récit signalé par la modération"),
        greeting=_("Bonjour %(name)s,") % {"name": agent.name},
        paragraphs=[
            _("La modération a signalé un récit qui concerne %(service)s.")
            % {"service": concern.name}
        ],
        link=Link(
            _("Lire ce récit"), reverse("desk:answer", args=[concern.experience_id, concern.rank])
        ),
        reason=_("Vous recevez ce message parce que vous répondez pour ce service."),
        unsubscribe=_unsubscribe(agent),
    )


def _subscribe_newcomers() -> None:
    """Those who answer are told each morning until they say otherwise."""
    answering = Agent.objects.filter(
        is_active=True,
        subscription=None,
        memberships__role__in=(Role.AGENT, Role.SUPER_AGENT),
    ).distinct()
    Subscription.objects.bulk_create(
        [Subscription(agent=agent) for agent in answering], ignore_conflicts=True
    )


def _this_morning(now: datetime) -> datetime:
    """The last time it was eight o'clock."""
    local = timezone.localtime(now)
    day = local.date() if local.time() >= _MORNING else local.date() - timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, _MORNING))


def _this_monday(now: datetime) -> datetime:
    morning = timezone.localtime(_this_morning(now))
    monday = morning.date() - timedelta(days=morning.weekday())
    return timezone.make_aware(datetime.combine(monday, _MORNING))


@transaction.atomic
def _tell(pk: int, now: datetime) -> bool:
    subscription = (
        Subscription.objects.select_for_update(of=("self",)).select_related("agent").get(pk=pk)
    )
    since = subscription.told_at
    if subscription.rhythm == Rhythm.AT_ONCE:
        letter = _alert(subscription.agent, since, now)
        if letter is None:
            # Nothing new: the row is left alone, so that a quiet minute writes nothing.
            return False
    else:
        letter = _digest(subscription.agent, subscription.rhythm)
    subscription.told_at = now
    subscription.save(update_fields=["told_at"])
    if letter is None:
        return False
    key = f"{subscription.rhythm}/{subscription.agent_id}/{now:%Y%m%d%H%M%S}"
    owe(f"agents_{subscription.rhythm}", subscription.agent.email, letter, key=key)
    return True


def _alert(agent: Agent, since: datetime, now: datetime) -> Letter | None:
    """What arrived since: published, or handed over by another service."""
    fresh = Q(published_at__gt=since, published_at__lte=now)
    fresh |= Q(transfers__at__gt=since, transfers__at__lte=now)
    arrived = _answerable(agent).filter(fresh).distinct()
    rows = _rows(arrived)
    if not rows:
        return None
    number = arrived.count()
    return Letter(
        subject=ngettext(
            "Un récit attend votre réponse",
            "%(number)s récits attendent votre réponse",
            number,
        )
        % {"number": number},
        greeting=_("Bonjour %(name)s,") % {"name": agent.name},
        paragraphs=[_("Ces récits viennent d’arriver pour votre service.")],
        items=_links(rows),
        link=Link(_("Voir ce qui est à traiter"), reverse("desk:work")),
        reason=_("Vous recevez ce message dès qu’un récit arrive, comme vous l’avez choisi."),
        unsubscribe=_unsubscribe(agent),
    )


def _digest(agent: Agent, rhythm: str) -> Letter | None:
    """What waits, in figures, and the oldest; nothing when nothing waits."""
    waiting = _answerable(agent)
    number = waiting.count()
    to_validate = _to_validate(agent)
    if not number and not to_validate:
        return None
    late = work(agent, Wanted(deadline=Deadline.LATE)).count()
    mine = work(agent, Wanted(holder="moi")).count()
    return Letter(
        subject=_subject(number, late),
        greeting=_("Bonjour %(name)s,") % {"name": agent.name},
        paragraphs=_figures(number, late, mine, to_validate),
        items=_links(_rows(waiting)),
        link=Link(_("Voir ce qui est à traiter"), reverse("desk:work")),
        reason=_("Vous recevez ce résumé chaque matin.")
        if rhythm == Rhythm.DAILY
        else _("Vous recevez ce résumé chaque lundi."),
        unsubscribe=_unsubscribe(agent),
    )


def _answerable(agent: Agent) -> QuerySet[Concern]:
    return work(agent, Wanted())


def _to_validate(agent: Agent) -> int:
    if not scope(agent, Verb.VALIDATE_REPLY):
        return 0
    return work(agent, Wanted(step=Step.TO_VALIDATE)).count()


def _subject(number: int, late: int) -> str:
    if not number:
        return _("Des réponses attendent votre accord")
    subject = ngettext("%(n)s récit à traiter", "%(n)s récits à traiter", number) % {"n": number}
    if not late:
        return subject
    return _("%(subject)s, dont %(late)s en retard") % {"subject": subject, "late": late}


def _figures(number: int, late: int, mine: int, to_validate: int) -> list[str]:
    said = []
    if number:
        said.append(
            ngettext(
                "%(n)s récit attend une réponse.", "%(n)s récits attendent une réponse.", number
            )
            % {"n": number}
        )
    if late:
        said.append(ngettext("%(n)s est en retard.", "%(n)s sont en retard.", late) % {"n": late})
    if mine:
        said.append(
            ngettext("%(n)s vous est confié.", "%(n)s vous sont confiés.", mine) % {"n": mine}
        )
    if to_validate:
        said.append(
            ngettext(
                "%(n)s réponse attend votre accord.",
                "%(n)s réponses attendent votre accord.",
                to_validate,
            )
            % {"n": to_validate}
        )
    first = [" ".join(said)]
    return [*first, _("Les plus anciens :")] if number else first


def _rows(found: QuerySet[Concern]) -> Sequence[Concern]:
    oldest = found.order_by("due_on", "pk").select_related("experience", "structure", "network")
    return tuple(oldest[:_SHOWN])


def _links(rows: Sequence[Concern]) -> list[Link]:
    """Titles are public ones; nothing of an author goes by e-mail."""
    untitled = _("Sans titre")
    return [
        Link(
            f"{row.experience.published_title or untitled} – {row.name}",
            reverse("desk:answer", args=[row.experience_id, row.rank]),
        )
        for row in rows
    ]


def _unsubscribe(agent: Agent) -> str:
    return reverse("desk:unsubscribe", args=[unsubscribe_key(agent)])
