"""A draft is judged by who answers; a second person makes it a case, in published words only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from portevoix.evaluation.cases import read_cases
from portevoix.evaluation.replies import whole
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences.models import Concern
from portevoix.web.journal.models import Entry
from portevoix.web.replies.judging import (
    AlreadyReviewedError,
    NothingToMeasureError,
    ReasonMissingError,
    cases,
    judge,
    judged,
    review,
    to_review,
)
from portevoix.web.replies.models import Judgement, ProposedReply
from portevoix.web.replies.proposing import propose
from tests.web.cast import Cast
from tests.web.factories import make_experience

SignIn = Callable[[Agent], Client]
PAGE = "https://exemple.fr/une-fois"


def proposed(cast: Cast) -> ProposedReply:
    told = make_experience(cast.caf_sambrelle)
    concern = Concern.objects.select_related("experience", "network", "structure").get(
        experience=told
    )
    return propose(concern, cast.agent_caf_sambrelle)


def test_said_again_a_judgement_replaces_the_first(cast: Cast) -> None:
    proposal = proposed(cast)
    judge(proposal, cast.agent_caf_sambrelle, helpful=True)
    judge(proposal, cast.agent_caf_sambrelle, helpful=False, faults=["too_long", "inconnu"])
    (kept,) = Judgement.objects.all()
    assert (kept.helpful, kept.faults) == (False, ["too_long"])
    assert Entry.objects.filter(verb="judge_proposal").count() == 2


def test_who_is_not_helped_says_why(cast: Cast) -> None:
    with pytest.raises(ReasonMissingError):
        judge(proposed(cast), cast.agent_caf_sambrelle, helpful=False)


def test_only_who_answers_judges_and_only_a_manager_reviews(cast: Cast) -> None:
    proposal = proposed(cast)
    with pytest.raises(NotAllowedError):
        judge(proposal, cast.agent_brigade_valserine, helpful=True)
    kept = judge(proposal, cast.agent_caf_sambrelle, helpful=True)
    with pytest.raises(NotAllowedError):
        review(kept, cast.agent_caf_sambrelle, retained=True)
    assert not to_review(cast.manager_gendarmerie)
    assert [*to_review(cast.manager_caf)] == [kept]


def test_a_retained_judgement_is_a_case_and_no_longer_changes(cast: Cast, tmp_path: Path) -> None:
    proposal = proposed(cast)
    agent = cast.agent_caf_sambrelle
    kept = judge(proposal, agent, helpful=False, faults=["imprecise"], comment="Voir Mme Dupont.")
    with pytest.raises(NothingToMeasureError):
        review(kept, cast.manager_caf, retained=True)
    review(kept, cast.manager_caf, retained=True, faulty=[0, 999], page=PAGE)
    with pytest.raises(AlreadyReviewedError):
        judge(proposal, agent, helpful=True)
    call_command("ecrire_cas", str(tmp_path))
    (case,) = read_cases(tmp_path / "brouillons.jsonl", whole)
    assert case["text"] == proposal.concern.experience.published_text
    assert case["faulty"] == [proposal.parts[0]["text"]]
    assert case["page"] == PAGE
    assert "Dupont" not in json.dumps(case)


def test_a_judgement_set_aside_is_no_case(cast: Cast) -> None:
    kept = judge(proposed(cast), cast.agent_caf_sambrelle, helpful=True)
    review(kept, cast.manager_caf, retained=False)
    assert [*cases()] == []
    assert not to_review(cast.admin)


def test_judgements_of_a_network_are_counted_by_reason(cast: Cast) -> None:
    agent = cast.agent_caf_sambrelle
    judge(proposed(cast), agent, helpful=True)
    judge(proposed(cast), agent, helpful=False, faults=["false", "too_long"])
    found = judged(cast.caf)
    assert (found.total, found.helpful) == (2, 1)
    assert found.faults == {"Faux": 1, "Trop long": 1}
    assert judged(cast.gendarmerie).total == 0


def test_from_the_editor_to_the_review(signed_in: SignIn, cast: Cast) -> None:
    concern = proposed(cast).concern
    agent = signed_in(cast.agent_caf_sambrelle)
    address = reverse("desk:judge", args=[concern.experience_id, concern.rank])
    agent.post(address, {"utile": "non"})
    assert not Judgement.objects.exists()
    agent.post(address, {"utile": "non", "faults": ["off_topic"], "comment": "À côté."})
    shown = agent.get(reverse("desk:answer", args=[concern.experience_id, concern.rank]))
    assert "hors sujet" in shown.content.decode()
    manager = signed_in(cast.manager_caf)
    listed = manager.get(reverse("desk:judgements")).content.decode()
    assert "À côté." in listed
    decide = reverse("desk:review_judgement", args=[Judgement.objects.get().pk])
    manager.post(decide, {"retenir": "1", "faulty": ["0"], "page": "pas une adresse"})
    assert [*cases()] == []
    manager.post(decide, {"retenir": "1", "faulty": ["0"], "page": ""})
    assert len([*cases()]) == 1


def test_the_page_of_the_network_says_when_judgements_are_too_few(
    signed_in: SignIn, cast: Cast
) -> None:
    judge(proposed(cast), cast.agent_caf_sambrelle, helpful=False, faults=["false"])
    address = reverse("desk:comparison", args=[cast.caf.slug])
    shown = signed_in(cast.manager_caf).get(address).content.decode()
    assert "trop peu pour conclure" in shown
    assert "faux (1)" in shown
