"""Every address of moderation: who may open it, what it answers, what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.experiences import actions as experiences
from portevoix.web.experiences.actions import answer_back
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import one
from portevoix.web.moderation import actions, appeals
from portevoix.web.moderation.models import Alert, Decision, Relief, Report
from portevoix.web.runs.models import Run
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

SignIn = Callable[[Agent], Client]
TEXT = "Mme Lefèvre m'a bien reçue, elle répond au 06 39 98 12 34."
OTHERS = [
    "agent_caf_sambrelle", "super_agent_caf_sambrelle", "manager_caf", "admin", "observer_nord",
    "without_role",
]  # fmt: skip
# name → method; each takes one number but the first two.
ROUTES = {
    "queue": "get",
    "next": "get",
    "item": "get",
    "preview": "post",
    "pass_on": "post",
    "take_over": "post",
    "reassign": "post",
    "close_reports": "post",
    "undo": "post",
    "close_alert": "post",
    "answer_back": "post",
}


@pytest.fixture
def story(cast: Cast) -> Experience:
    return make_experience(cast.caf_sambrelle, published=False, text=TEXT)


@pytest.fixture
def client(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.moderator)


def address(name: str, number: int) -> str:
    return reverse(f"moderation:{name}", args=[] if name in {"queue", "next"} else [number])


def settle() -> None:
    actions.settle_due(timezone.now() + timedelta(seconds=31))


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("name", ROUTES)
def test_others_are_sent_away(
    cast: Cast, signed_in: SignIn, story: Experience, name: str, who: str
) -> None:
    client = signed_in(getattr(cast, who))
    assert getattr(client, ROUTES[name])(address(name, story.pk)).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ROUTES)
def test_strangers_sign_in_first(story: Experience, name: str) -> None:
    response = getattr(Client(), ROUTES[name])(address(name, story.pk))
    assert response.status_code == 302
    assert "/compte/connexion/" in response["Location"]


@pytest.mark.parametrize("name", [name for name in ROUTES if name not in {"queue", "next"}])
def test_what_does_not_exist(client: Client, name: str) -> None:
    assert getattr(client, ROUTES[name])(address(name, 999_999)).status_code == 404


@pytest.mark.parametrize("name", [name for name, method in ROUTES.items() if method == "post"])
def test_nothing_changes_by_opening_an_address(
    client: Client, story: Experience, name: str
) -> None:
    assert client.get(address(name, story.pk)).status_code == 405


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"decision": "destroy"},
        {"decision": "refuse", "reason": "nothing", "message": "x"},
        {"decision": "refuse", "reason": "insult", "message": "x" * 5_000},
        {"decision": "escalate", "reason": "aucune", "contacts": "36"},
        {"decision": "mask", "masks": "1", "mask": ["text-0-999999-PERSON", "\0", "é" * 9_000]},
        {"decision": "preview", "words": "\0", "kind": "X"},
        {"decision": "preview", "words": "pas dans le récit", "kind": "PERSON"},
    ],
)
def test_hostile_forms_decide_nothing(
    client: Client, story: Experience, sent: dict[str, Any]
) -> None:
    assert client.post(address("item", story.pk), sent).status_code == 200
    assert not Decision.objects.exists()


def test_publishing_what_should_be_masked_is_asked_twice(client: Client, story: Experience) -> None:
    page = client.get(address("item", story.pk)).content.decode()
    assert page.count('name="mask"') == 3
    sent = {"decision": "publish", "masks": "1", "mask": ["text-4-11-PERSON"]}
    page = client.post(address("item", story.pk), sent).content.decode()
    assert "1 passage à masquer resterait lisible par tous" in page.replace("\xa0", " ")
    assert not Decision.objects.exists()
    assert client.post(address("item", story.pk), sent | {"sure": "1"}).status_code == 302
    assert Decision.objects.get().kind == "publish"


def test_the_message_is_shown_before_it_is_sent(client: Client, story: Experience) -> None:
    sent = {"decision": "refuse", "reason": "off_topic", "message": ""}
    page = client.post(address("item", story.pk), sent).content.decode()
    assert "Relisez le message" in page
    assert "ne parle pas d’un contact avec un service public" in page
    assert not Decision.objects.exists()
    sent["message"] = "Écrivez plutôt à la mairie."
    assert client.post(address("item", story.pk), sent).status_code == 302
    assert Decision.objects.get().message == "Écrivez plutôt à la mairie."


def test_after_a_decision_the_next_and_a_way_back(
    cast: Cast, client: Client, story: Experience
) -> None:
    second = make_experience(cast.caf_brevigny, published=False)
    response = client.post(
        address("item", story.pk), {"decision": "publish", "masks": "1"}, follow=True
    )
    page = response.content.decode()
    assert response.redirect_chain == [(address("item", second.pk), 302)]
    assert "Rien ne part avant 30 secondes" in page
    undone = client.post(address("undo", Decision.objects.get().pk), follow=True)
    assert "Rien n’est parti" in undone.content.decode()
    assert Decision.objects.get().undone_at is not None


def test_the_second_moderator_is_told(
    cast: Cast, client: Client, signed_in: SignIn, story: Experience
) -> None:
    client.get(address("item", story.pk))
    other = signed_in(cast.other_moderator)
    page = other.get(address("item", story.pk)).content.decode()
    assert "Maud Moderation" in page
    assert 'value="publish"' not in page
    refused = other.post(address("item", story.pk), {"decision": "publish", "masks": "1"})
    assert "Une autre personne lit ce récit" in refused.content.decode()
    assert other.get(address("next", 0))["Location"] == address("queue", 0)


def test_passing_on_asks_nothing(cast: Cast, client: Client, story: Experience) -> None:
    page = client.post(address("pass_on", story.pk), follow=True).content.decode()
    assert "C’est confié à un collègue" in page
    assert Relief.objects.get().moderator == cast.moderator


def test_transfer_by_searching_a_service(cast: Cast, client: Client, story: Experience) -> None:
    page = client.get(address("item", story.pk), {"service": "brigade valserine"}).content.decode()
    assert "Brigade de Valserine" in page
    sent = {"concern": story.concerns.get().pk, "structure": cast.brigade_valserine.pk}
    page = client.post(address("reassign", story.pk), sent, follow=True).content.decode()
    assert "Confié à : Brigade de Valserine" in page.replace("\xa0", " ")
    wrong = {"concern": "x", "structure": "9" * 40}
    assert client.post(address("reassign", story.pk), wrong).status_code == 404


def test_an_alert_from_its_form_to_its_end(client: Client, story: Experience) -> None:
    sent = {"decision": "escalate", "reason": "danger", "contacts": ["17"], "silent": "on"}
    assert client.post(address("item", story.pk), sent).status_code == 302
    settle()
    alert = Alert.objects.get()
    assert alert.decision.contacts == ["17"]
    assert (
        "danger" in client.get(address("queue", 0), {"liste": "alertes"}).content.decode().lower()
    )
    client.post(address("close_alert", alert.pk), {"outcome": "nothing"})
    alert.refresh_from_db()
    assert alert.closed_at is None
    client.post(address("close_alert", alert.pk), {"outcome": "false_alarm"})
    alert.refresh_from_db()
    assert alert.closed_at is not None


def test_a_report_then_more_is_hidden(cast: Cast, client: Client) -> None:
    story = make_experience(cast.caf_sambrelle, text=TEXT)
    page = reverse("moderation:report", args=[story.pk])
    reader = Client()
    assert "Que voulez-vous signaler" in reader.get(page).content.decode()
    assert "à corriger" in reader.post(page, {"reason": "x"}).content.decode()
    reader.post(page, {"subject": "story", "reason": "personal", "message": "un nom"})
    assert "un nom" in client.get(address("item", story.pk)).content.decode()
    sent = {"decision": "mask", "masks": "1", "mask": ["text-4-11-PERSON"]}
    client.post(address("item", story.pk), sent)
    shown = one(story.pk)
    assert shown is not None
    assert shown.published_text.startswith("Mme [nom]")
    assert Report.objects.get().outcome == "masked"


def test_reports_are_limited_and_only_of_what_is_public(cast: Cast, story: Experience) -> None:
    assert Client().get(reverse("moderation:report", args=[story.pk])).status_code == 404
    public = reverse("moderation:report", args=[make_experience(cast.caf_sambrelle).pk])
    codes = [Client().post(public, {}).status_code for _ in range(11)]
    assert codes[-1] == 429


def test_an_appeal_is_shown_to_another_moderator(
    cast: Cast, client: Client, story: Experience
) -> None:
    actions.refuse(story, "off_topic", "Hors sujet, à notre avis.", cast.other_moderator)
    settle()
    story.refresh_from_db()
    appeals.appeal(story, "Je parle de la Caf.")
    page = client.get(address("item", story.pk)).content.decode()
    assert "Je parle de la Caf." in page
    assert "Hors sujet, à notre avis." in page


def test_what_an_author_says_back_is_read_first(cast: Cast, client: Client) -> None:
    story = make_experience(cast.caf_sambrelle)
    make_reply(story)
    said = answer_back(story.concerns.get(), "Merci à Mme Lefèvre.")
    page = client.get(address("queue", 0), {"liste": "reponses"}).content.decode()
    assert "Lefèvre" not in page
    client.post(address("answer_back", said.pk), {"decision": "publish"})
    said.refresh_from_db()
    assert (said.state, said.published_text) == ("published", "Merci à Mme [nom].")


def test_figures_are_public_and_name_nobody(cast: Cast, story: Experience) -> None:
    actions.publish(story, cast.moderator)
    settle()
    page = Client().get(reverse("moderation:figures")).content.decode()
    assert "Publier" in page
    assert "Maud" not in page


def test_the_queue_costs_the_same_whatever_its_length(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        actions.propose(make_experience(cast.caf_sambrelle, published=False, text=TEXT))
    with django_assert_max_num_queries(20):
        client.get(address("queue", 0))
    first = Experience.objects.earliest("pk")
    with django_assert_max_num_queries(32):
        client.get(address("item", first.pk))


def test_a_story_withdrawn_shows_no_word(cast: Cast, client: Client, story: Experience) -> None:
    experiences.withdraw(story)
    page = client.get(address("item", story.pk)).content.decode()
    assert "L’auteur a retiré ce récit" in page
    assert appeals.forget_withdrawn() == 0


def test_reading_what_is_decided_asks_no_engine(cast: Cast, client: Client) -> None:
    gone = make_experience(cast.caf_sambrelle, published=False, text="")
    experiences.withdraw(gone)
    client.get(address("item", gone.pk))
    client.get(address("queue", 0), {"liste": "alertes"})
    assert not Run.objects.exists()


def test_giant_numbers_are_not_found(client: Client) -> None:
    for name in ("item", "undo", "close_alert", "answer_back", "pass_on"):
        assert getattr(client, ROUTES[name])(address(name, 10**30)).status_code == 404
    assert Client().get(reverse("moderation:report", args=[10**30])).status_code == 404
