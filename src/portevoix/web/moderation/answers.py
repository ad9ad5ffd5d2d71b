"""What authors say back to a service: read by a person, then public with what identifies hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.experiences.enums import AnswerBackState
from portevoix.web.experiences.models import AnswerBack
from portevoix.web.journal.actions import record
from portevoix.web.moderation.appeals import ClosedError
from portevoix.web.runs import actions as runs

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What an author says back, and how it would be published."""

    answer: AnswerBack
    masked: str


def waiting() -> Sequence[Said]:
    """What authors said back and nobody has read, the oldest first."""
    found = AnswerBack.objects.filter(state=AnswerBackState.WAITING)
    shown = found.select_related("concern__experience", "concern__structure", "concern__network")
    answers = list(shown.order_by("at")[:_SHOWN])
    texts = runs.redact_many([answer.text for answer in answers]) if answers else []
    return [Said(*pair) for pair in zip(answers, texts, strict=True)]


@transaction.atomic
def decide(said: AnswerBack, by: Agent, *, publish: bool) -> None:
    """Publish it, masked, or not at all."""
    experience = said.concern.experience
    require(by, Verb.MODERATE, experience)
    changes: dict[str, object] = {"state": AnswerBackState.REFUSED}
    if publish:
        changes = {
            "state": AnswerBackState.PUBLISHED,
            "published_text": runs.redact(said.text).text,
            "published_at": timezone.now(),
        }
    read = AnswerBack.objects.filter(pk=said.pk, state=AnswerBackState.WAITING)
    if not read.update(**changes):
        raise ClosedError
    verb = "publish_answer_back" if publish else "refuse_answer_back"
    record(verb, experience, actor=by, rank=said.concern.rank)
