"""« Améliorer mon texte », and figures that nobody said: the agent looks, accepts or refuses."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from portevoix.web.accounts.models import Agent
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.journal.models import Entry
from portevoix.web.replies.drafting import Words, save
from portevoix.web.replies.enums import DraftState
from portevoix.web.replies.models import Draft
from portevoix.web.runs.actions import engines
from portevoix.web.runs.models import Run
from tests.llm.server import Application
from tests.web.cast import Cast
from tests.web.factories import make_experience

pytestmark = pytest.mark.django_db
SignIn = Callable[[Agent], Client]
TEXT = "Nous vous informons que tout est prêt. Écrivez-nous afin de payer."


def written(cast: Cast, text: str) -> tuple[Concern, str]:
    experience = make_experience(cast.caf_sambrelle)
    Experience.objects.filter(pk=experience.pk).update(published_text="J'attends depuis 12 jours.")
    concern = Concern.objects.select_related("experience").get(experience=experience)
    words = Words("Bonjour,", text, "Bonne journée,", "La responsable")
    save(concern, words, 0, cast.agent_caf_sambrelle)
    return concern, f"/espace/recits/{experience.pk}/1/"


def test_only_what_was_ticked_is_changed(cast: Cast, signed_in: SignIn) -> None:
    concern, address = written(cast, TEXT)
    client = signed_in(cast.agent_caf_sambrelle)
    shown = client.get(f"{address}ameliorer-le-texte/").content.decode()
    assert "<del>afin de</del><ins>pour</ins>" in shown
    assert "<ins>T</ins>" in shown
    at = TEXT.index("afin de")
    sent = {"version": "1", "change": [f"{at}-{at + 7}", "999-1000", "x"]}
    client.post(f"{address}ameliorer-le-texte/", sent)
    draft = Draft.objects.get(concern=concern)
    assert draft.text == TEXT.replace("afin de", "pour")
    assert draft.signature == "La responsable"
    assert Entry.objects.get(verb="reword_reply").data["changes"] == 1


def test_a_selection_is_read_alone(cast: Cast, signed_in: SignIn) -> None:
    _, address = written(cast, TEXT)
    client = signed_in(cast.agent_caf_sambrelle)
    saved = {"version": "1", "text": TEXT, "signature": "Nous", "ameliorer": "1"}
    to = client.post(f"{address}enregistrer/", {**saved, "de": "39", "a": str(len(TEXT))})
    assert to["Location"].endswith(f"ameliorer-le-texte/?de=39&a={len(TEXT)}")
    shown = client.get(to["Location"]).content.decode()
    assert "afin de" in shown
    assert "N’apprend rien" not in shown


def test_a_text_that_changed_meanwhile_is_not_touched(cast: Cast, signed_in: SignIn) -> None:
    concern, address = written(cast, TEXT)
    at = TEXT.index("afin de")
    sent = {"version": "0", "change": [f"{at}-{at + 7}"]}
    signed_in(cast.agent_caf_sambrelle).post(f"{address}ameliorer-le-texte/", sent)
    assert Draft.objects.get(concern=concern).text == TEXT


def test_a_figure_that_nobody_said_asks_before_it_leaves(cast: Cast, signed_in: SignIn) -> None:
    concern, address = written(cast, "Après 12 jours, vous recevrez 340 euros.")
    client = signed_in(cast.agent_caf_sambrelle)
    shown = client.get(f"{address}relire/").content.decode()
    assert "<mark>340</mark>" in shown
    assert "<mark>12</mark>" not in shown
    client.post(f"{address}envoyer/", {"version": "1"})
    assert Draft.objects.get(concern=concern).state == DraftState.WRITING
    client.post(f"{address}envoyer/", {"version": "1", "checked": "1"})
    assert Draft.objects.get(concern=concern).state == DraftState.LEAVING


def test_what_the_charter_forbids_asks_before_it_leaves(cast: Cast, signed_in: SignIn) -> None:
    concern, address = written(cast, "Bonjour. Vous n'êtes qu'un connard. Cordialement.")
    client = signed_in(cast.agent_caf_sambrelle)
    shown = client.get(f"{address}relire/").content.decode()
    assert "Contraire à la charte" in shown
    assert "connard</mark>" in shown
    client.post(f"{address}envoyer/", {"version": "1"})
    assert Draft.objects.get(concern=concern).state == DraftState.WRITING


def test_a_polite_letter_has_nothing_against_the_charter(cast: Cast, signed_in: SignIn) -> None:
    _concern, address = written(cast, "Bonjour. Nous regrettons votre attente. Cordialement.")
    shown = signed_in(cast.agent_caf_sambrelle).get(f"{address}relire/").content.decode()
    assert "Contraire à la charte" not in shown


def test_a_blank_holds_the_letter(cast: Cast, signed_in: SignIn) -> None:
    concern, address = written(cast, "Venez [à compléter : le jour].")
    client = signed_in(cast.agent_caf_sambrelle)
    client.post(f"{address}envoyer/", {"version": "1", "checked": "1"})
    assert Draft.objects.get(concern=concern).state == DraftState.WRITING


def test_a_model_proposes_and_only_what_was_ticked_is_changed(
    language_model: Application, cast: Cast, signed_in: SignIn
) -> None:
    concern, address = written(cast, TEXT)
    client = signed_in(cast.agent_caf_sambrelle)
    page = f"{address}ameliorer-le-texte/"
    language_model.sentences = [
        {
            "phrases": [
                {"numero": 1, "phrase": "Tout est prêt pour vous."},
                {"numero": 2, "phrase": "Écrivez-nous avant le 3 mai pour payer."},
            ]
        }
    ]
    shown = client.post(page, {"modele": "warmer"}).content.decode()
    assert "<ins>Tout est prêt pour vous.</ins>" in shown
    assert "Ce que la vérification a retiré (1)" in shown
    sealed = re.search(r'name="propose" value="([^"]+)"', shown)
    assert sealed
    ticked = re.findall(r'name="change" value="([^"]+)"', shown)
    client.post(page, {"version": "1", "propose": sealed[1] + "x", "change": ticked})
    assert Draft.objects.get(concern=concern).text == TEXT
    client.post(page, {"version": "1", "propose": sealed[1], "change": ticked})
    text = Draft.objects.get(concern=concern).text
    assert text == "Tout est prêt pour vous. Écrivez-nous afin de payer."
    assert Run.objects.get(capability="wording").prompt_version == "reword.v1"


def test_a_model_that_fails_is_said_and_changes_nothing(
    language_model: Application, cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTEVOIX_LLM_MODEL", "503")
    engines.cache_clear()
    _, address = written(cast, TEXT)
    client = signed_in(cast.agent_caf_sambrelle)
    shown = client.post(f"{address}ameliorer-le-texte/", {"modele": "plain"}).content.decode()
    assert "occupé" in shown
    assert Run.objects.get(capability="wording").outcome == "fallback"


def test_without_a_model_none_is_offered(cast: Cast, signed_in: SignIn) -> None:
    _, address = written(cast, TEXT)
    shown = signed_in(cast.agent_caf_sambrelle).get(f"{address}ameliorer-le-texte/")
    assert "modèle de langue" not in shown.content.decode()
