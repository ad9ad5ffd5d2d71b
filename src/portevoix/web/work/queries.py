"""The lists of the agents: what waits, what is to be validated, what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Scope, Verb, may, scope
from portevoix.web.directory.models import Structure
from portevoix.web.experiences import fulltext
from portevoix.web.experiences.enums import AnswerBackState, ConcernState, Feeling
from portevoix.web.experiences.handling import TAGS
from portevoix.web.experiences.models import AnswerBack, Concern
from portevoix.web.experiences.queries import within
from portevoix.web.replies.enums import DraftState
from portevoix.web.replies.models import Draft
from portevoix.web.ui.pagination import SIZE, Page, paginate
from portevoix.web.work.enums import Deadline, Holder, Step
from portevoix.web.work.models import Comment, SavedSearch, Subscription

SOON: Final = timedelta(days=3)
_MOST: Final = 10_000
_COUNTED: Final = 1_000
_ORDERS: Final = {
    Step.TO_ANSWER: ("due_on", "pk"),
    Step.TO_VALIDATE: ("due_on", "pk"),
    Step.LEAVING: ("due_on", "pk"),
    Step.ANSWERED: ("-published_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an agent asks to see: the filters of the address, read and checked."""

    step: Step = Step.TO_ANSWER
    words: str = ""
    feeling: str = ""
    deadline: str = ""
    holder: str = ""
    structure: int | None = None
    tag: str = ""
    procedure: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Wanted:
        """What cannot be understood is left out."""
        structure = given.get("structure", "")
        holder = given.get("pour", "")
        return cls(
            step=Step(_one_of(Step, given.get("etape", ""), Step.TO_ANSWER)),
            words=given.get("mots", "").replace("\0", "").strip()[:200],
            feeling=_one_of(Feeling, given.get("ressenti", "")),
            deadline=_one_of(Deadline, given.get("delai", "")),
            holder=holder if holder in Holder.values or _is_number(holder) else "",
            structure=int(structure) if _is_number(structure) else None,
            tag=given["attente"] if given.get("attente", "") in TAGS else "",
            procedure=given.get("demarche", "").replace("\0", "").strip()[:200],
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the step is asked."""
        return self != Wanted(step=self.step)


def _one_of(choices: type, value: str, default: str = "") -> str:
    try:
        found: str = choices(value)
    except ValueError:
        return default
    return found


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 18


def work(agent: Agent, wanted: Wanted) -> QuerySet[Concern]:
    """The parts of public stories that `agent` may see and asks for."""
    found = Concern.objects.filter(published_at__isnull=False, due_on__isnull=False)
    found = found.filter(within(scope(agent, Verb.READ_AT_WORK)), _step(wanted.step))
    if wanted.words:
        matching = fulltext.matching(wanted.words)
        if matching is None:
            return found.none()
        found = found.filter(experience__in=matching)
    if wanted.structure is not None:
        below = Structure.objects.filter(pk=wanted.structure).values_list("path", flat=True).first()
        found = found.filter(structure__path__under=below) if below else found.none()
    return found.filter(_about(wanted), _deadline(wanted.deadline), _holder(wanted.holder, agent))


def _step(step: str) -> Q:
    if step == Step.ANSWERED:
        return Q(state=ConcernState.ANSWERED)
    waiting = Q(state=ConcernState.WAITING)
    # Few answers are sent at once: they are listed, rather than sought behind each part.
    if step == Step.TO_VALIDATE:
        return waiting & Q(pk__in=_drafts(DraftState.TO_VALIDATE))
    if step == Step.LEAVING:
        return waiting & Q(pk__in=_drafts(DraftState.LEAVING))
    return waiting & ~Q(pk__in=_drafts(DraftState.TO_VALIDATE, DraftState.LEAVING))


def _drafts(*states: str) -> QuerySet[Draft, int]:
    return Draft.objects.filter(state__in=states).values_list("concern", flat=True)


def _about(wanted: Wanted) -> Q:
    condition = Q()
    if wanted.feeling:
        condition &= Q(experience__feeling=wanted.feeling)
    if wanted.tag:
        condition &= ~Q(**{f"experience__{wanted.tag}": ""})
    if wanted.procedure:
        condition &= Q(experience__procedure__icontains=wanted.procedure)
    return condition


def _deadline(deadline: str) -> Q:
    today = timezone.localdate()
    if deadline == Deadline.LATE:
        return Q(due_on__lt=today)
    if deadline == Deadline.SOON:
        return Q(due_on__range=(today, today + SOON))
    return Q()


def _holder(holder: str, agent: Agent) -> Q:
    if holder == Holder.ME:
        return Q(assigned_to=agent.pk)
    if holder == Holder.NOBODY:
        return Q(assigned_to=None)
    return Q(assigned_to=int(holder)) if holder else Q()


def page(agent: Agent, wanted: Wanted, cursor: str = "", size: int = SIZE) -> Page[Concern]:
    """One page of the work of an agent, the nearest deadline first; three queries at most."""
    rows = (
        work(agent, wanted)
        .select_related("experience", "structure", "network", "assigned_to", "draft__author")
        .defer("experience__title", "experience__text", "experience__published_text")
    )
    return paginate(rows, _ORDERS[wanted.step], cursor, size)


def rows(agent: Agent, wanted: Wanted) -> Iterator[Concern]:
    """The whole list in its order, up to ten thousand, read piece by piece."""
    found = work(agent, wanted).order_by(*_ORDERS[wanted.step])
    found = found.select_related("experience", "structure", "network", "assigned_to")
    return found.defer("experience__text", "experience__published_text")[:_MOST].iterator(500)


@dataclass(frozen=True, slots=True)
class Total:
    """How many; `more` when there are too many to be counted at each page."""

    number: int
    more: bool = False


def total(agent: Agent, wanted: Wanted) -> Total:
    """How many parts are asked for, counted up to a thousand."""
    number = work(agent, wanted).order_by().values("pk")[: _COUNTED + 1].count()
    return Total(min(number, _COUNTED), more=number > _COUNTED)


def steps(agent: Agent) -> dict[Step, int]:
    """How many are to be validated and about to leave: both are few."""
    return {
        step: work(agent, Wanted(step=step)).count() for step in (Step.TO_VALIDATE, Step.LEAVING)
    }


def colleagues(agent: Agent) -> Sequence[Agent]:
    """Those to whom `agent` may give work: they answer somewhere where `agent` assigns."""
    place = scope(agent, Verb.ASSIGN)
    if not place:
        return ()
    answering = Agent.objects.filter(
        is_active=True, memberships__role__in=(Role.AGENT, Role.SUPER_AGENT)
    )
    return tuple(answering.filter(_members(place)).distinct().order_by("name", "pk")[:200])


def _members(place: Scope) -> Q:
    if place.everywhere:
        return Q()
    condition = Q(memberships__network__in=place.networks)
    condition |= Q(memberships__structure__network__in=place.networks)
    for path in sorted(place.paths):
        condition |= Q(memberships__structure__path__under=path)
    return condition


def structures_of(agent: Agent) -> Sequence[Structure]:
    """The structures where `agent` works, to filter a list: their own and those just below."""
    place = scope(agent, Verb.READ_AT_WORK)
    codes = [path.strip("/").split("/")[-1] for path in place.paths]
    tops = Q(code__in=codes) | Q(network__in=place.networks, parent=None)
    heads = list(Structure.objects.filter(tops).values_list("pk", flat=True))
    found = Structure.objects.filter(Q(pk__in=heads) | Q(parent__in=heads), active=True)
    return tuple(found.only("pk", "public_name").order_by("path")[:150])


def concern(agent: Agent, number: int, rank: int) -> Concern | None:
    """One part of a public story, when `agent` may read it at work."""
    found = (
        Concern.objects.filter(experience=number, rank=rank, published_at__isnull=False)
        .select_related("experience", "structure", "network", "assigned_to")
        .defer("experience__title", "experience__text")
        .first()
    )
    return found if may(agent, Verb.READ_AT_WORK, found) and found else None


def beside(shown: Concern) -> Sequence[Concern]:
    """The parts of the other services concerned by the same story."""
    others = Concern.objects.filter(experience=shown.experience_id).exclude(pk=shown.pk)
    return tuple(others.select_related("structure", "network"))


def answer_back(shown: Concern) -> AnswerBack | None:
    """What the author said back to this service, once a moderator made it public."""
    published = AnswerBack.objects.filter(state=AnswerBackState.PUBLISHED)
    return published.filter(concern=shown.pk).first()


def comments(shown: Concern) -> Sequence[Comment]:
    """What services said of a story among themselves, in order."""
    return tuple(Comment.objects.filter(experience=shown.experience_id).select_related("author"))


def saved_searches(agent: Agent) -> Sequence[SavedSearch]:
    return tuple(SavedSearch.objects.filter(agent=agent))


def rhythm_of(agent: Agent) -> Subscription:
    """How often `agent` is told; each morning unless they said otherwise."""
    return Subscription.objects.filter(agent=agent).first() or Subscription(agent=agent)
