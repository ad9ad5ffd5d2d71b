"""Corrections of a note are read again once; those retained are cases, in published words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from portevoix.evaluation.cases import read_cases
from portevoix.evaluation.notes import whole
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences.models import Experience
from portevoix.web.notes import actions, cases, tasks
from portevoix.web.notes.models import ProposedTheme, Study
from tests.web.cast import Cast
from tests.web.notes.crowd import crowd

SignIn = Callable[[Agent], Client]


@pytest.fixture
def study(cast: Cast) -> Study:
    """A note with a quote that somebody picked and a theme that somebody took out."""
    crowd(cast.caf_sambrelle, "Allocations familiales")
    made = Study(network=cast.caf)
    tasks.make_note.func(actions.start(made, cast.manager_caf).pk)
    made.refresh_from_db()
    told = Experience.objects.filter(published_at__isnull=False).order_by("pk")[0]
    first, second = ProposedTheme.objects.filter(parent="").order_by("pk")[:2]
    actions.pick_quote(made, first.key, told, (0, 20), cast.manager_caf)
    actions.drop(made, second.key, cast.manager_caf)
    return made


def test_what_was_corrected_waits_for_another_decision(cast: Cast, study: Study) -> None:
    assert [one.kind for one in cases.to_review(cast.manager_caf)] == ["quote", "theme"]
    assert cases.to_review(cast.manager_gendarmerie) == []
    quote, theme = cases.to_review(cast.admin)
    with pytest.raises(NotAllowedError):
        cases.review("quote", quote.pk, cast.manager_gendarmerie, retained=True)
    cases.review("quote", quote.pk, cast.manager_caf, retained=True)
    with pytest.raises(cases.AlreadyReviewedError):
        cases.review("quote", quote.pk, cast.admin, retained=False)
    assert cases.to_review(cast.admin) == [theme]


def test_what_the_next_study_brings_along_is_not_read_twice(cast: Cast, study: Study) -> None:
    (quote, theme) = cases.to_review(cast.manager_caf)
    for one in (quote, theme):
        cases.review(one.kind, one.pk, cast.manager_caf, retained=True)
    tasks.make_note.func(actions.start(Study(network=cast.caf), cast.manager_caf).pk)
    assert cases.to_review(cast.manager_caf) == []


def test_retained_corrections_are_written_as_cases(
    cast: Cast, study: Study, tmp_path: Path
) -> None:
    (quote, theme) = cases.to_review(cast.manager_caf)
    cases.review("quote", quote.pk, cast.manager_caf, retained=True)
    cases.review("theme", theme.pk, cast.manager_caf, retained=True)
    call_command("ecrire_cas", str(tmp_path))
    first, second = read_cases(tmp_path / "notes.jsonl", whole)
    assert first["texts"] == [quote.text]
    assert len(second["texts"]) == min(theme.theme.count, 100)
    assert set(second["texts"]) <= set(Experience.objects.values_list("published_text", flat=True))


def test_the_page_decides(signed_in: SignIn, cast: Cast, study: Study) -> None:
    client = signed_in(cast.manager_caf)
    shown = client.get(reverse("notes:corrections")).content.decode()
    assert "Citation choisie pour" in shown
    (quote, theme) = cases.to_review(cast.manager_caf)
    client.post(reverse("notes:review", args=["quote", quote.pk]), {"retenir": "1"})
    client.post(reverse("notes:review", args=["theme", theme.pk]))
    assert [one["kind"] for one in cases.cases()] == ["quote"]
    assert client.post(reverse("notes:review", args=["autre", 1])).status_code == 404
    agent = signed_in(cast.agent_caf_sambrelle)
    assert agent.get(reverse("notes:corrections")).status_code == 403
