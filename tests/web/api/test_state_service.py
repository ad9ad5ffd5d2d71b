"""The reply service of the State, as a program that already calls it would call ours."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portevoix.web.api import asked
from portevoix.web.api.actions import create_key, revoke_key
from portevoix.web.api.enums import AskedState
from portevoix.web.api.models import ApiKey, AskedDraft
from portevoix.web.api.tasks import keep_asking
from portevoix.web.runs.models import Run
from tests.web.cast import Cast

STORY = "Bonjour, je suis Jean Dupont, 06 12 34 56 78. J'attends mon dossier depuis trois mois."
Post = Callable[..., Any]


@pytest.fixture
def key(cast: Cast) -> Iterator[tuple[ApiKey, str]]:
    caches["default"].clear()
    yield create_key(cast.manager_caf, "Logiciel des agents", cast.caf, drafts=True)
    caches["default"].clear()


@pytest.fixture
def post(client: Client, key: tuple[ApiKey, str]) -> Post:
    def send(path: str, body: Any, status: int = 200, token: str = key[1]) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        response = client.post(path, body, content_type="application/json", headers=headers)
        assert response.status_code == status, response.content
        assert response["Cache-Control"] == "no-store"
        problem = status != 200
        assert response["Content-Type"].startswith(
            "application/problem+json" if problem else "application/json"
        )
        return response

    return send


@pytest.fixture
def _worker_away(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_one_story_as_the_state_says_it(post: Post) -> None:
    sent = post("/anonymize", {"id": "123", "text": STORY}).json()["body"]
    assert sent["id"] == "123"
    assert "Dupont" not in sent["text"]
    assert "06 12" not in sent["text"]
    assert "depuis trois mois" in sent["text"]
    body = post("/prod/run/ditp-get-data", {"id": "123"}).json()["body"]
    assert body["state"] == "ready"
    assert body["generated_answer"].startswith("Bonjour")
    assert "Dupont" not in body["generated_answer"]
    assert body["engine"] == "embedded"
    kept = AskedDraft.objects.get()
    assert "Dupont" not in str(vars(kept))
    assert kept.run is not None
    assert kept.run.capability == "draft"


def test_several_stories_are_answered_in_order(post: Post) -> None:
    stories = [{"id": str(n), "text": f"Merci pour l'accueil du guichet {n}."} for n in range(3)]
    sent = post("/anonymize", stories).json()["body"]
    assert [one["id"] for one in sent] == ["0", "1", "2"]
    names = [{"id": "2"}, {"id": "inconnu"}, {"id": "0"}]
    body = post("/prod/run/ditp-get-data", names).json()["body"]
    assert [one["id"] for one in body] == ["2", "inconnu", "0"]
    assert [one["state"] for one in body] == ["ready", "unknown", "ready"]
    assert body[1]["generated_answer"] is None


def test_a_list_of_one_is_answered_as_one(post: Post) -> None:
    sent = post("/anonymize", [{"id": None, "text": "Merci."}]).json()["body"]
    assert uuid.UUID(sent["id"])
    assert post("/prod/run/ditp-get-data", [{"id": sent["id"]}]).json()["body"]["id"] == sent["id"]


def test_asked_twice_written_once(post: Post) -> None:
    for _ in range(2):
        post("/anonymize", {"id": "a", "text": "Merci pour l'accueil."})
    post("/anonymize", [{"id": "a", "text": "Merci pour l'accueil."}] * 2)
    assert Run.objects.filter(capability="draft").count() == 1
    post("/anonymize", {"id": "a", "text": "Trois heures d'attente au guichet."})
    assert Run.objects.filter(capability="draft").count() == 2
    assert AskedDraft.objects.get().text == "Trois heures d'attente au guichet."


@pytest.mark.usefixtures("_worker_away")
def test_not_ready_then_ready(post: Post) -> None:
    post("/anonymize", {"id": "a", "text": "Merci."})
    waiting = post("/prod/run/ditp-get-data", {"id": "a"}, 400)
    assert waiting["Retry-After"] == "2"
    assert waiting.json()["detail"].startswith("Le brouillon n’est pas encore prêt")
    asked.write(AskedDraft.objects.get().pk)
    post("/prod/run/ditp-get-data", {"id": "a"})


@pytest.mark.usefixtures("_worker_away")
def test_what_was_interrupted_is_begun_again_three_times_at_most(post: Post) -> None:
    post("/anonymize", {"id": "a", "text": "Merci."})
    assert asked.interrupted() == []
    row = AskedDraft.objects.get()
    for tries in range(asked.TRIES):
        AskedDraft.objects.update(queued_at=timezone.now() - asked.LOST_AFTER * 2, tries=tries)
        assert asked.interrupted() == [row.pk]
        assert asked.interrupted() == []
    AskedDraft.objects.update(queued_at=timezone.now() - asked.LOST_AFTER * 2, tries=asked.TRIES)
    keep_asking()
    failed = post("/prod/run/ditp-get-data", {"id": "a"}, 503)
    assert failed["Retry-After"] == "60"
    assert "renvoyez le récit" in failed.json()["detail"]
    post("/anonymize", {"id": "a", "text": "Merci."})
    assert AskedDraft.objects.get().state == AskedState.WAITING


@pytest.mark.usefixtures("_worker_away")
def test_a_text_replaced_meanwhile_is_not_answered_with_the_former_draft(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post("/anonymize", {"id": "a", "text": "Merci."})
    row = AskedDraft.objects.get()
    real = asked.drafts.draft

    def slow(text: str, **known: str) -> Any:
        made = real(text, **known)
        AskedDraft.objects.update(text="Autre récit.")
        return made

    monkeypatch.setattr(asked.drafts, "draft", slow)
    asked.write(row.pk)
    assert AskedDraft.objects.get().state == AskedState.WAITING


def test_nobody_reads_what_another_key_asked(post: Post, cast: Cast) -> None:
    post("/anonymize", {"id": "a", "text": "Merci."})
    _key, other = create_key(cast.manager_gendarmerie, "Autre", cast.gendarmerie, drafts=True)
    unknown = post("/prod/run/ditp-get-data", {"id": "a"}, 404, token=other)
    assert "Aucun récit" in unknown.json()["detail"]


def test_after_two_days_nothing_is_left(post: Post) -> None:
    post("/anonymize", {"id": "a", "text": "Merci."})
    keep_asking()
    assert AskedDraft.objects.exists()
    AskedDraft.objects.update(asked_at=timezone.now() - asked.KEPT - timedelta(minutes=1))
    keep_asking()
    assert not AskedDraft.objects.exists()


def test_which_keys_may(post: Post, client: Client, cast: Cast, key: tuple[ApiKey, str]) -> None:
    assert client.post("/anonymize", {}, content_type="application/json").status_code == 401
    assert post("/anonymize", {"text": "x"}, 401, token="pv_faux")["WWW-Authenticate"] == "Bearer"
    _key, plain = create_key(cast.manager_caf, "Tableau de bord", cast.caf)
    assert "ne permet pas" in post("/anonymize", {"text": "x"}, 403, token=plain).json()["detail"]
    revoke_key(cast.manager_caf, key[0])
    post("/anonymize", {"text": "x"}, 401)
    assert not AskedDraft.objects.exists()


def test_each_story_counts(post: Post, key: tuple[ApiKey, str]) -> None:
    ApiKey.objects.filter(pk=key[0].pk).update(hourly=4)
    answered = post("/anonymize", [{"text": "Merci."}] * 3)
    assert answered["RateLimit-Remaining"] == "1"
    refused = post("/anonymize", [{"text": "Merci."}] * 2, 429)
    assert int(refused["Retry-After"]) <= 3600
    assert AskedDraft.objects.count() == 3


@pytest.mark.usefixtures("_worker_away")
def test_a_queue_too_long_is_said(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "WAITING_AT_MOST", 1)
    post("/anonymize", {"id": "a", "text": "Merci."})
    refused = post("/anonymize", {"id": "b", "text": "Merci."}, 503)
    assert refused["Retry-After"] == "60"
    assert AskedDraft.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("{pas du json", 400, "n’est pas du JSON lisible"),
        ({}, 422, "« text »"),
        ({"text": ""}, 422, "Ce texte est vide"),
        ({"text": "a" * 10_001}, 422, "Ce texte est trop long"),
        ({"text": "a\0b"}, 422, "« text »"),
        ({"text": 12}, 422, "Un texte est attendu"),
        ({"text": "ok", "id": "a" * 201}, 422, "« id »"),
        ([], 422, "Cette liste est vide"),
        ([{"text": "ok"}, {"id": "a"}], 422, "obligatoire"),
        ([{"text": "ok"}] * 51, 422, "Cette liste est trop longue"),
        ('{"text": "\\ud800"}', 422, "« text »"),
    ],
)
def test_what_to_correct_is_said(post: Post, body: Any, status: int, said: str) -> None:
    assert said in post("/anonymize", body, status).content.decode()
    assert not AskedDraft.objects.exists()
