"""What the holder of a private link may do, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from portevoix.web.deposit.models import Draft
from portevoix.web.experiences import actions, letters
from portevoix.web.experiences.actions import About, Story
from portevoix.web.experiences.models import AnswerBack, AuthorContact, Experience
from portevoix.web.mail.models import Message
from portevoix.web.moderation import actions as moderation
from portevoix.web.moderation.models import Appeal
from portevoix.web.replies.models import Rating, Reply
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

STORY = "Mme Durand m'a reçue et a tout expliqué avec patience."


@pytest.fixture(autouse=True)
def _no_limit(db: None) -> None:
    caches["default"].clear()


def deposited(cast: Cast) -> tuple[Experience, str]:
    return actions.deposit(Story("Titre", STORY, "neutral", [About(cast.caf_sambrelle)]))


def answered(cast: Cast) -> tuple[Reply, str]:
    told = make_experience(cast.caf_sambrelle)
    return make_reply(told), f"/mon-avis/{actions.give_key(told)}/"


def test_correcting_when_asked(cast: Cast, client: Client) -> None:
    told, token = deposited(cast)
    actions.ask_correction(told, cast.moderator, "injure")
    letters.to_correct(told, "Retirez le nom de l’agent.")
    page = client.get(f"/mon-avis/{token}/corriger/").content.decode()
    assert "Retirez le nom de l’agent." in page
    assert "Mme Durand" in page
    response = client.post(
        f"/mon-avis/{token}/corriger/", {"text": "Une agente m'a reçue avec patience."}
    )
    assert response.headers["Location"] == f"/mon-avis/{token}/"
    told.refresh_from_db()
    assert (told.state, told.title) == ("deposited", "Titre")
    assert told.text == "Une agente m'a reçue avec patience."


def test_correcting_when_nobody_asked(cast: Cast, client: Client) -> None:
    told, token = deposited(cast)
    client.post(f"/mon-avis/{token}/corriger/", {"text": "Autre chose de tout à fait différent."})
    told.refresh_from_db()
    assert told.text == STORY


def test_a_correction_that_is_wrong_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    told, token = deposited(cast)
    actions.ask_correction(told, cast.moderator, "injure")
    page = client.post(f"/mon-avis/{token}/corriger/", {"text": "Trop court"}).content.decode()
    assert "Trop court</textarea>" in page
    assert "Dites-en un peu plus" in page


def test_a_correction_is_kept_while_it_is_typed(cast: Cast, client: Client) -> None:
    told, token = deposited(cast)
    actions.ask_correction(told, cast.moderator, "injure")
    path = f"/mon-avis/{token}/corriger/"
    said = client.post(f"{path}enregistrer/", {"text": "Une agente m'a", "version": "0"}).json()
    assert said["saved"].startswith("Enregistré à")
    # From another device that holds the link.
    assert "Une agente m&#x27;a</textarea>" in Client().get(path).content.decode()
    told.refresh_from_db()
    assert told.text == STORY
    client.post(path, {"text": "Une agente m'a reçue avec patience.", "version": "1"})
    assert not Draft.objects.exists()
    assert client.post(f"{path}enregistrer/", {"text": "Trop tard"}).status_code == 409


def test_withdrawing_asks_once_then_erases(cast: Cast, client: Client) -> None:
    told, token = deposited(cast)
    assert "C’est définitif" in client.get(f"/mon-avis/{token}/retirer/").content.decode()
    told.refresh_from_db()
    assert told.state == "deposited"
    page = client.post(f"/mon-avis/{token}/retirer/", follow=True).content.decode()
    assert "Vous avez retiré ce récit" in page
    told.refresh_from_db()
    assert (told.state, told.text) == ("withdrawn", "")
    assert client.post(f"/mon-avis/{token}/retirer/").status_code == 302


def test_a_refusal_is_contested_once(cast: Cast, client: Client) -> None:
    told, token = deposited(cast)
    moderation.refuse(told, "insult", "Une injure visant une personne.", cast.moderator)
    moderation.settle_due(timezone.now() + timedelta(minutes=1))
    page = client.get(f"/mon-avis/{token}/").content.decode()
    assert "Une injure visant une personne." in page
    assert "Demander un second avis" in page
    for _twice in range(2):
        client.post(f"/mon-avis/{token}/contester/", {"message": "Je ne vise personne."})
    assert Appeal.objects.get().message == "Je ne vise personne."
    assert "Demander un second avis" not in client.get(f"/mon-avis/{token}/").content.decode()


def test_a_story_that_waits_cannot_be_contested(cast: Cast, client: Client) -> None:
    _told, token = deposited(cast)
    client.post(f"/mon-avis/{token}/contester/", {"message": "Vite."})
    assert not Appeal.objects.exists()


def test_rating_an_answer_and_changing_ones_mind(cast: Cast, client: Client) -> None:
    reply, path = answered(cast)
    client.post(f"{path}reponses/{reply.pk}/avis/", {"useful": "no", "why": "Rien de concret."})
    client.post(f"{path}reponses/{reply.pk}/avis/", {"useful": "yes", "why": "Finalement si."})
    reply.refresh_from_db()
    assert reply.author_found_useful is True
    assert Rating.objects.get().why == "Finalement si."
    assert "Finalement si." in client.get(path).content.decode()


def test_answering_back_once(cast: Cast, client: Client) -> None:
    _reply, path = answered(cast)
    Experience.objects.get().concerns.update(state="answered", answered_at=timezone.now())
    client.post(f"{path}services/1/repondre/", {"text": "Merci, c’est réglé."})
    again = client.post(f"{path}services/1/repondre/", {"text": "Encore moi."}, follow=True)
    assert "Vous avez déjà répondu" in again.content.decode()
    assert AnswerBack.objects.get().text == "Merci, c’est réglé."
    assert "Une personne va le relire" in again.content.decode()


def test_a_message_too_long_is_kept_on_the_page(cast: Cast, client: Client) -> None:
    _reply, path = answered(cast)
    page = client.post(f"{path}services/1/repondre/", {"text": "mot " * 600}).content.decode()
    assert "mot mot mot" in page
    assert not AnswerBack.objects.exists()


def test_an_address_given_later_receives_the_link(cast: Cast, client: Client) -> None:
    _told, token = deposited(cast)
    client.post(f"/mon-avis/{token}/adresse/", {"email": "nadia@exemple.fr"})
    assert Message.objects.get().recipient == "nadia@exemple.fr"
    assert "nadia@exemple.fr" in client.get(f"/mon-avis/{token}/").content.decode()
    client.post(f"/mon-avis/{token}/adresse/", {"email": ""})
    assert not AuthorContact.objects.exists()


def test_another_storys_answer_cannot_be_rated(cast: Cast, client: Client) -> None:
    reply, _path = answered(cast)
    _told, token = deposited(cast)
    path = f"/mon-avis/{token}/reponses/{reply.pk}/avis/"
    assert client.post(path, {"useful": "yes"}).status_code == 404
    assert not Rating.objects.exists()


@pytest.mark.parametrize(
    "action", ["", "corriger/", "retirer/", "adresse/", "contester/", "services/1/repondre/"]
)
def test_a_wrong_key_does_nothing(cast: Cast, client: Client, action: str) -> None:
    deposited(cast)
    path = f"/mon-avis/{'x' * 43}/{action}"
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "a@b.fr", "text": STORY}).status_code == 404
    assert Experience.objects.get().state == "deposited"


def test_help_is_shown_on_the_private_page(cast: Cast, client: Client) -> None:
    told, token = deposited(cast)
    actions.escalate(told, cast.moderator, "detresse")
    page = client.get(f"/mon-avis/{token}/").content.decode()
    assert 'href="tel:3114"' in page.split("pv-numbers__call")[1]


def test_the_pages_cost_the_same_whatever_was_answered(
    cast: Cast, client: Client, django_assert_max_num_queries: object
) -> None:
    _reply, path = answered(cast)
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        client.get(path)
