"""What the page of one story shows: read once, drawn by the templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.directory.queries import find_structures
from portevoix.web.experiences.enums import Urgency
from portevoix.web.experiences.models import Experience
from portevoix.web.moderation import charter, marks, masks, queries
from portevoix.web.moderation.actions import propose
from portevoix.web.moderation.contacts import CONTACTS
from portevoix.web.moderation.enums import Kind
from portevoix.web.moderation.forms import AlertForm, MessageForm, MoreMaskForm
from portevoix.web.moderation.masks import Mask
from portevoix.web.moderation.models import Hold, ProposedVerdict
from portevoix.web.runs import actions as runs

_BESIDE = 8


@dataclass
class Choice:
    """The masks of the page: those proposed or added, and which of them are ticked."""

    masks: list[Mask]
    ticked: set[str]

    @property
    def hidden(self) -> list[Mask]:
        return [mask for mask in self.masks if mask.code in self.ticked]


@dataclass
class Forms:
    """The forms of the page; a decision that could not be taken gives its own back."""

    ask: MessageForm = field(default_factory=lambda: MessageForm(Kind.ASK))
    refuse: MessageForm = field(default_factory=lambda: MessageForm(Kind.REFUSE))
    escalate: AlertForm = field(default_factory=AlertForm)
    more: MoreMaskForm = field(default_factory=MoreMaskForm)
    open: str = ""
    confirm_publish: bool = False
    error: str = ""


def proposal_for(experience: Experience) -> ProposedVerdict | None:
    """The engine's proposal, asked for now when it is missing; None when the engine fails."""
    found = queries.proposal_of(experience)
    if found is not None:
        return found
    try:
        return propose(experience)
    except PortevoixError:
        return None


def choice_of(
    experience: Experience, proposal: ProposedVerdict | None, sent: QueryDict | None = None
) -> Choice:
    """The masks proposed, all ticked; or as a form sent them back, with those it added.

    Of a public story: those that stand, as its last decision says.
    """
    offered = masks.proposed(proposal, experience) if proposal else []
    if sent is None or "masks" not in sent:
        standing = _standing(experience)
        every = sorted({*offered, *(standing or [])})
        kept = offered if standing is None else standing
        return Choice(every, {mask.code for mask in kept})
    added = masks.read(sent.getlist("mask"), experience)
    return Choice(sorted({*offered, *added}), {mask.code for mask in added})


def _standing(experience: Experience) -> list[Mask] | None:
    """The masks of what is public now; None for what is not public."""
    if not experience.public:
        return None
    last = experience.decisions.filter(
        kind__in=[Kind.PUBLISH, Kind.MASK], settled_at__isnull=False
    ).order_by("-at")
    decision = last.first()
    return masks.read(decision.masks, experience) if decision else []


@dataclass(frozen=True, slots=True)
class Reading:
    """A story under the eyes of a moderator: the proposal, the masks, who else holds it."""

    experience: Experience
    agent: Agent
    hold: Hold | None
    proposal: ProposedVerdict | None
    choice: Choice
    decidable: bool


def context(reading: Reading, forms: Forms, searched: str = "") -> dict[str, Any]:
    """All that the template of one story reads."""
    return {
        **_story(reading),
        **_around(reading),
        "forms": forms,
        "searched": searched,
        "services": find_structures(searched, limit=6) if searched.strip() else (),
    }


def _story(reading: Reading) -> dict[str, Any]:
    experience, proposal, choice = reading.experience, reading.proposal, reading.choice
    return {
        "experience": experience,
        "concerns": experience.concerns.select_related("structure", "network").prefetch_related(
            "channels"
        ),
        "proposal": proposal,
        "urgent": proposal is not None and proposal.urgency != Urgency.NONE,
        "remarks": _remarks(proposal),
        "title": marks.of_title(experience, choice.masks),
        "lines": marks.of_text(experience, proposal, choice.masks),
        "choice": choice,
        "masks": [(m, m.words(experience), m.code in choice.ticked) for m in choice.masks],
        "preview": masks.apply(experience, choice.hidden),
        "likely": charter.LIKELY_REASON.get(proposal.verdict, "") if proposal else "",
        "contacts": [(Urgency(code), some) for code, some in CONTACTS.items()],
        "has_address": hasattr(experience, "contact"),
    }


def _around(reading: Reading) -> dict[str, Any]:
    """The queue beside it, what happened before, who else reads it."""
    experience, agent, hold = reading.experience, reading.agent, reading.hold
    return {
        "held_by": hold.moderator if hold and hold.moderator_id != agent.pk else None,
        "decidable": reading.decidable,
        "pending": experience.decisions.filter(settled_at=None, undone_at=None).exists(),
        "beside": queries.shown(queries.for_moderator(agent), _BESIDE),
        "queue": queries.queue(),
        "history": queries.history(experience),
        "appeal": experience.appeals.filter(closed_at=None).first(),
        "reports": experience.reports.filter(closed_at=None).order_by("at"),
        "alerts": experience.alerts.filter(closed_at=None).select_related("decision"),
        "to_undo": queries.to_undo(agent),
    }


def is_decidable(experience: Experience) -> bool:
    """Public, waiting, or contested: something may be decided."""
    return experience.public or queries.waiting().filter(pk=experience.pk).exists()


def _remarks(proposal: ProposedVerdict | None) -> Sequence[tuple[str, str]]:
    """(rule, why) of each thing that the engine saw, once."""
    if proposal is None:
        return ()
    return _once([*proposal.urgency_reasons, *proposal.reasons])


def _once(reasons: Iterable[dict[str, Any]]) -> Sequence[tuple[str, str]]:
    return tuple(
        dict.fromkeys((runs.rule_name(reason["rule"]), reason["why"]) for reason in reasons)
    )
