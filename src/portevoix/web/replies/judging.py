"""Agents judge proposed answers; a second person decides which judgements become cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require, scope
from portevoix.web.directory.models import Network
from portevoix.web.experiences.models import Concern
from portevoix.web.experiences.queries import within
from portevoix.web.journal.actions import record
from portevoix.web.replies.enums import Fault
from portevoix.web.replies.models import Judgement, JudgementReview, ProposedReply

# What a machine can verify of a new draft without a person saying which sentence is in fault.
_MEASURABLE: Final = frozenset({Fault.TOO_LONG, Fault.UNSOURCED})


class ReasonMissingError(PortevoixError):
    """Dites au moins une raison : ce qui ne va pas dans ce brouillon."""


class AlreadyReviewedError(PortevoixError):
    """Cet avis a déjà été relu : il ne change plus."""


class NothingToMeasureError(PortevoixError):
    """Cochez la phrase en cause, ou donnez la page à citer : sinon rien ne peut être vérifié."""


def judge(
    proposal: ProposedReply,
    actor: Agent,
    *,
    helpful: bool,
    faults: Sequence[str] = (),
    comment: str = "",
) -> Judgement:
    """Keep what an agent thinks of a proposal; said again, it replaces what they said.

    Raises `ReasonMissingError`, `AlreadyReviewedError`, `NotAllowedError`.
    """
    concern = proposal.concern
    require(actor, Verb.ANSWER, concern)
    named = [] if helpful else [code for code in Fault.values if code in faults]
    if not helpful and not named:
        raise ReasonMissingError
    if JudgementReview.objects.filter(judgement__proposal=proposal, judgement__agent=actor):
        raise AlreadyReviewedError
    with transaction.atomic():
        kept, _made = Judgement.objects.update_or_create(
            proposal=proposal,
            agent=actor,
            defaults={
                "helpful": helpful,
                "faults": named,
                "comment": comment.strip()[:500],
                "at": timezone.now(),
            },
        )
        record(
            "judge_proposal",
            concern.experience,
            actor=actor,
            rank=concern.rank,
            helpful=int(helpful),
            faults=named,
        )
    return kept


def judgement_of(proposal: ProposedReply | None, agent: Agent) -> Judgement | None:
    """What this agent said of a proposal."""
    return Judgement.objects.filter(proposal=proposal, agent=agent).first() if proposal else None


def to_review(agent: Agent) -> QuerySet[Judgement]:
    """The judgements that wait for this person's decision."""
    concerns = Concern.objects.filter(within(scope(agent, Verb.REVIEW_CASES)))
    waiting = Judgement.objects.filter(review=None, proposal__concern__in=concerns)
    return waiting.select_related(
        "agent",
        "proposal__concern__experience",
        "proposal__concern__structure",
        "proposal__concern__network",
    )


def review(
    judgement: Judgement,
    actor: Agent,
    *,
    retained: bool,
    faulty: Sequence[int] = (),
    page: str = "",
) -> JudgementReview:
    """Make a judgement a case, or set it aside. `faulty`: ranks of sentences of the proposal.

    Raises `NothingToMeasureError`, `AlreadyReviewedError`, `NotAllowedError`.
    """
    require(actor, Verb.REVIEW_CASES, judgement)
    if JudgementReview.objects.filter(judgement=judgement):
        raise AlreadyReviewedError
    parts = judgement.proposal.parts
    sentences = [] if judgement.helpful else [parts[n]["text"] for n in faulty if n < len(parts)]
    address = page.strip()[:300]
    measurable = judgement.helpful or sentences or address or _MEASURABLE & {*judgement.faults}
    if retained and not measurable:
        raise NothingToMeasureError
    with transaction.atomic():
        kept = JudgementReview.objects.create(
            judgement=judgement, retained=retained, faulty=sentences, page=address, by=actor
        )
        experience = judgement.proposal.concern.experience
        record("review_judgement", experience, actor=actor, retained=int(retained))
    return kept


def cases() -> Iterator[dict[str, Any]]:
    """The retained judgements as cases of `portevoix evaluate replies`: published words only."""
    rows = JudgementReview.objects.filter(
        retained=True, judgement__proposal__concern__published_at__isnull=False
    ).select_related(
        "judgement__proposal__concern__experience",
        "judgement__proposal__concern__structure",
        "judgement__proposal__concern__network",
    )
    for one in rows.order_by("pk").iterator():
        yield _case(one)


def _case(kept: JudgementReview) -> dict[str, Any]:
    proposal = kept.judgement.proposal
    concern = proposal.concern
    experience = concern.experience
    return {
        "id": str(kept.judgement_id),
        "network": concern.network.name if concern.network else "",
        "structure": concern.name,
        "procedure": experience.procedure,
        "feeling": experience.feeling,
        "title": experience.published_title,
        "text": experience.published_text,
        "helpful": kept.judgement.helpful,
        "faults": kept.judgement.faults,
        "faulty": kept.faulty,
        "page": kept.page,
        "draft": [
            {"text": part["text"], "url": (part["source"] or {}).get("url", "")}
            for part in proposal.parts
        ],
    }


@dataclass(frozen=True, slots=True)
class Judged:
    """What agents of a network think of the drafts they were given."""

    total: int
    helpful: int
    faults: Mapping[str, int]


def judged(network: Network) -> Judged:
    """Count the judgements of a network, and the reasons of those who were not helped."""
    rows = list(
        Judgement.objects.filter(proposal__concern__network=network).values_list(
            "helpful", "faults"
        )
    )
    named = Counter(code for _helpful, faults in rows for code in faults)
    labels = {str(Fault(code).label): count for code, count in named.most_common()}
    return Judged(len(rows), sum(helpful for helpful, _faults in rows), labels)
