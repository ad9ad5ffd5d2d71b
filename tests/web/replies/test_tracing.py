"""The trace of an answer: the proposal, who wrote and sent, which sentences are whose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.experiences.models import Concern
from portevoix.web.replies.drafting import CORRECTION, Words, publish, save, submit
from portevoix.web.replies.enums import StepKind
from portevoix.web.replies.models import Draft, ProposedReply, Reply, WritingStep
from portevoix.web.replies.proposing import take_up
from portevoix.web.replies.tracing import trace
from portevoix.web.runs.enums import Capability, Outcome
from portevoix.web.runs.models import Run
from tests.web.cast import Cast
from tests.web.factories import make_experience

pytestmark = pytest.mark.django_db
SignIn = Callable[[Agent], Client]
PROPOSED = "Merci de votre récit. Le guichet ouvre tous les lundis matin."
SENT = "Merci de votre récit. Le guichet ouvre tous les mardis matin. Notre chef vous appelle."


def published(cast: Cast) -> Reply:
    """Proposed, taken up, changed in two goes by the same person, sent, published."""
    agent = cast.agent_caf_sambrelle
    experience = make_experience(cast.caf_sambrelle)
    concern = Concern.objects.select_related("experience").get(experience=experience)
    run = Run.objects.create(
        capability=Capability.DRAFT, engine="embedded", outcome=Outcome.ANSWERED
    )
    proposed = ProposedReply.objects.create(concern=concern, run=run, text=PROPOSED, asked_by=agent)
    draft = take_up(Draft(concern=concern, signature="Nous"), proposed, agent).draft
    for text in (SENT[:-4], SENT):
        draft = save(concern, Words(text=text, signature="Nous"), draft.version, agent).draft
    submit(draft, agent)
    Draft.objects.update(leaves_at=timezone.now() - CORRECTION)
    assert publish(draft.pk)
    return Reply.objects.select_related("concern__experience").get(concern=concern)


def test_what_people_did_is_kept_and_counted(cast: Cast) -> None:
    found = trace(published(cast))
    assert [step.kind for step in found.steps] == [StepKind.TOOK_UP, StepKind.WROTE]
    wrote = found.steps[1]
    assert wrote.agent == cast.agent_caf_sambrelle
    assert wrote.added > wrote.removed > 0
    assert [one.origin for one in found.said] == ["machine", "changed", "person"]
    assert [entry.verb for entry, _ in found.decisions] == ["send_reply"]


def test_a_pause_begins_another_step(cast: Cast) -> None:
    agent = cast.agent_caf_sambrelle
    concern = Concern.objects.get(experience=make_experience(cast.caf_sambrelle))
    draft = save(concern, Words(text="Un."), 0, agent).draft
    WritingStep.objects.update(ended_at=timezone.now() - timedelta(minutes=11))
    draft = save(concern, Words(text="Un. Deux."), draft.version, agent).draft
    save(concern, Words(text="Un. Deux."), draft.version, agent)
    assert list(WritingStep.objects.values_list("added", "removed")) == [(3, 0), (6, 0)]


def test_who_answers_for_the_service_reads_it_and_nobody_else(
    cast: Cast, signed_in: SignIn
) -> None:
    reply = published(cast)
    address = f"/espace/recits/{reply.concern.experience_id}/1/preuve/{reply.pk}/"
    shown = signed_in(cast.super_agent_caf_sambrelle).get(address).content.decode()
    assert "1 reprise telle quelle" in shown
    assert "a repris la proposition" in shown
    assert "moteur embarqué" in shown
    assert signed_in(cast.agent_caf_sambrelle).get(address).status_code == 403
    assert signed_in(cast.manager_gendarmerie).get(address).status_code == 404
