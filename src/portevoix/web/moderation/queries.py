"""The moderation queue, in the order in which it is read, and what each page needs of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.experiences.enums import AnswerBackState, State, Urgency
from portevoix.web.experiences.models import AnswerBack, Concern, Experience
from portevoix.web.experiences.queries import digest
from portevoix.web.moderation.enums import Kind
from portevoix.web.moderation.models import (
    Alert,
    Appeal,
    Decision,
    Hold,
    ProposedVerdict,
    Relief,
    Report,
)

_URGENT: Final = [urgency for urgency in Urgency if urgency != Urgency.NONE]
# Somebody may be dying; then what may be a crime; then each in its turn.
_RANK: Final = Case(
    When(proposed_verdict__urgency__in=[Urgency.DISTRESS, Urgency.DANGER], then=Value(0)),
    When(proposed_verdict__urgency=Urgency.FRAUD, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
_SHOWN: Final = 50
_APPEAL_TIME: Final = timedelta(days=62)


def waiting() -> QuerySet[Experience]:
    """Stories that wait for a person to read them: deposited, or refused and contested."""
    appealed = Appeal.objects.filter(closed_at=None).values_list("experience_id", flat=True)
    pending = Decision.objects.filter(experience=OuterRef("pk"), settled_at=None, undone_at=None)
    return Experience.objects.filter(
        Q(state=State.DEPOSITED) | Q(state=State.REFUSED, pk__in=list(appealed)),
        ~Exists(pending),
        published_at__isnull=True,
    )


def to_read() -> QuerySet[Experience]:
    """What waits and is not in the hands of those who follow an alert."""
    alerts = Alert.objects.filter(experience=OuterRef("pk"), closed_at=None)
    return waiting().filter(~Exists(alerts))


def in_order(found: QuerySet[Experience]) -> QuerySet[Experience]:
    """The most urgent first, then the oldest."""
    return found.annotate(rank=_RANK).order_by("rank", "deposited_at", "number")


def for_moderator(agent: Agent) -> QuerySet[Experience]:
    """What this person may be given: not what they passed on, nor appeals of their refusals."""
    relieved = Relief.objects.filter(experience=OuterRef("pk"), moderator=agent)
    refused = Decision.objects.filter(
        experience=OuterRef("pk"),
        moderator=agent,
        kind=Kind.REFUSE,
        settled_at__isnull=False,
    )
    own_refusal = Q(state=State.REFUSED) & Exists(refused)
    return to_read().exclude(own_refusal).filter(~Exists(relieved))


def next_for(agent: Agent, leave_out: int | None = None) -> int | None:
    """The number of the first story that nobody else is reading."""
    held = Hold.objects.filter(experience=OuterRef("pk"), until__gt=timezone.now())
    free = for_moderator(agent).filter(~Exists(held.exclude(moderator=agent)))
    numbers = in_order(free.exclude(pk=leave_out) if leave_out else free).values_list(
        "pk", flat=True
    )
    return numbers.first()


def shown(found: QuerySet[Experience], limit: int = _SHOWN) -> Sequence[Experience]:
    """The head of a list, with all that its lines show: a constant number of queries."""
    concerns = Concern.objects.select_related("structure", "network")
    holds = Hold.objects.filter(until__gt=timezone.now()).select_related("moderator")
    lines = (
        in_order(found)
        .select_related("proposed_verdict")
        .prefetch_related(
            Prefetch("concerns", concerns),
            Prefetch("hold", holds),
            Prefetch("appeals", Appeal.objects.filter(closed_at=None), to_attr="open_appeals"),
        )
    )
    return tuple(lines[:limit])


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, and how many of them must be read first."""

    waiting: int
    urgent: int
    alerts: int = 0
    reports: int = 0
    answers: int = 0


def queue() -> Queue:
    counted = to_read().aggregate(
        waiting=Count("pk"),
        urgent=Count("pk", filter=Q(proposed_verdict__urgency__in=_URGENT)),
    )
    return Queue(
        **counted,
        alerts=Alert.objects.filter(closed_at=None).count(),
        reports=Report.objects.filter(closed_at=None).count(),
        answers=AnswerBack.objects.filter(state=AnswerBackState.WAITING).count(),
    )


def open_alerts() -> Sequence[Alert]:
    """Alerts not closed yet, the oldest first."""
    found = Alert.objects.filter(closed_at=None).select_related("experience", "decision")
    return tuple(found.order_by("at"))


def open_reports() -> Sequence[Report]:
    """What readers reported, a possible danger or leak first."""
    first = Case(
        When(reason__in=["danger", "personal"], then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = Report.objects.filter(closed_at=None).select_related("experience")
    return tuple(found.annotate(rank=first).order_by("rank", "at")[:_SHOWN])


def without_proposal() -> QuerySet[Experience]:
    """Stories that no engine has read as they now stand: new, or corrected by their authors."""
    corrected = Q(decisions__kind=Kind.ASK, decisions__settled_at__gt=F("proposed_verdict__at"))
    return (
        Experience.objects.filter(state=State.DEPOSITED, published_at__isnull=True)
        .filter(Q(proposed_verdict=None) | corrected)
        .order_by("deposited_at")
        .distinct()
    )


def digest_of(experience: Experience) -> str:
    """What tells that a proposal was made of these very words."""
    return digest(f"{experience.title}\0{experience.text}")


def proposal_of(experience: Experience) -> ProposedVerdict | None:
    """The proposal made of the story as it now stands."""
    found = ProposedVerdict.objects.filter(experience=experience).first()
    if found is None or found.text_digest not in {"", digest_of(experience)}:
        return None
    return found


def to_undo(agent: Agent) -> Decision | None:
    """The last decision of this person, while it may be taken back."""
    found = Decision.objects.filter(
        moderator=agent, settled_at=None, undone_at=None, undo_until__gt=timezone.now()
    )
    return found.order_by("-at").first()


def history(experience: Experience) -> Sequence[Decision]:
    """What was decided before, the latest first."""
    found = experience.decisions.filter(settled_at__isnull=False).select_related("moderator")
    return tuple(found.order_by("-at"))


def last_told(experience: Experience) -> Decision | None:
    """The last decision that its author was told of."""
    found = experience.decisions.filter(settled_at__isnull=False, kind__in=[Kind.ASK, Kind.REFUSE])
    return found.order_by("-at").first()


def may_appeal(experience: Experience) -> bool:
    """A refusal is contested once, within two months."""
    told = last_told(experience)
    return bool(
        experience.state == State.REFUSED
        and told is not None
        and told.at > timezone.now() - _APPEAL_TIME
        and not experience.appeals.filter(at__gt=told.at).exists()
    )
