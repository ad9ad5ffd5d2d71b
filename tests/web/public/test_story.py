"""One experience: what is shown of it, and what a reader may do there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portevoix.web.experiences.actions import index
from portevoix.web.experiences.models import AnswerBack, Experience, SameExperience
from portevoix.web.replies.models import Rating, Reply
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply


@pytest.fixture
def told(cast: Cast) -> Experience:
    return make_experience(
        cast.caf_sambrelle,
        text="Mme Durand m'a reçue.",
        published_text="Mme [nom] m'a <b>reçue</b>.",
        departement="59",
        relation="positive",
    )


@pytest.fixture
def reply(told: Experience) -> Reply:
    return make_reply(
        told,
        signature="La responsable de l'accueil",
        ai_similarity=62,
        improvement_status="done",
        improvement_text="Un second guichet est ouvert.",
        done_on="2026-03-02",
    )


def _page(client: Client, told: Experience) -> str:
    return client.get(told.get_absolute_url()).content.decode()


def test_what_is_masked_is_seen_and_what_was_written_is_not(
    client: Client, told: Experience
) -> None:
    page = _page(client, told)
    assert '<span class="pv-mask">[nom]</span>' in page
    assert "&lt;b&gt;" in page
    assert "Durand" not in page
    assert "Nord" in page
    assert "n’a pas encore répondu" in page


def test_the_answer_is_signed_and_says_the_help_of_software(
    client: Client, told: Experience, reply: Reply
) -> None:
    page = _page(client, told)
    assert "La responsable de l&#x27;accueil" in page
    assert "62\u00a0% du texte vient du brouillon" in page
    assert "Un second guichet est ouvert." in page
    assert "2 mars 2026" in page.replace("\u00a0", " ")
    assert "n’a pas encore répondu" not in page


def test_what_the_author_says_back_is_shown_once_allowed(
    client: Client, told: Experience, reply: Reply
) -> None:
    back = AnswerBack.objects.create(concern=reply.concern, text="Merci Mme Durand.")
    assert "a raconté répond" not in _page(client, told)
    AnswerBack.objects.filter(pk=back.pk).update(
        state="published", published_text="Merci Mme [nom].", published_at=timezone.now()
    )
    page = _page(client, told)
    assert page.index("Merci Mme") > page.index("La responsable de l")
    assert "Durand" not in page


def test_the_same_once_a_browser(client: Client, told: Experience) -> None:
    for _ in range(2):
        response = client.post(f"{told.get_absolute_url()}meme-chose/", follow=True)
        assert "Vous avez dit avoir vécu la même chose" in response.content.decode()
    assert SameExperience.objects.count() == 1
    Client().post(f"{told.get_absolute_url()}meme-chose/")
    assert "2 personnes l’ont dit" in _page(client, told).replace("\u00a0", " ")


def test_rating_an_answer(client: Client, told: Experience, reply: Reply) -> None:
    path = f"/reponses/{reply.pk}/utile/"
    response = client.post(path, {"utile": "oui"}, follow=True)
    assert "est compté" in response.content.decode()
    assert "Merci d’avoir donné votre avis" in response.content.decode()
    again = client.post(path, {"utile": "non"}, follow=True)
    assert "déjà donné votre avis" in again.content.decode()
    unread = Client().post(path, {"utile": "peut-être"}, follow=True)
    assert "Choisissez" in unread.content.decode()
    reply.refresh_from_db()
    assert (reply.useful_count, reply.not_useful_count) == (1, 0)


def test_two_votes_of_one_browser_cannot_be_brought_together(
    cast: Cast, client: Client, told: Experience, reply: Reply
) -> None:
    other = make_reply(make_experience(cast.caf_brevigny))
    for number in (reply.pk, other.pk):
        client.post(f"/reponses/{number}/utile/", {"utile": "oui"})
    client.post(f"{told.get_absolute_url()}meme-chose/")
    hashes = {*Rating.objects.values_list("voter_hash", flat=True)}
    hashes |= {*SameExperience.objects.values_list("voter_hash", flat=True)}
    assert len(hashes) == 3


def test_reading_sets_no_cookie_that_knows_the_reader(client: Client, told: Experience) -> None:
    client.get(told.get_absolute_url())
    assert set(client.cookies) <= {"csrf"}
    client.post(f"{told.get_absolute_url()}meme-chose/")
    assert client.cookies["lecteur"]["httponly"]


@pytest.mark.parametrize("path", ["/experiences/{}/", "/experiences/{}/meme-chose/"])
def test_what_is_not_public_is_not_there(cast: Cast, client: Client, path: str) -> None:
    hidden = make_experience(cast.caf_sambrelle, published=False)
    for number in (hidden.pk, 10**30):
        assert client.get(path.format(number)).status_code in {404, 405}
        assert client.post(path.format(number)).status_code in {404, 405}


def test_similar_answered_stories_are_offered(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    words = "La prime de déménagement pour famille nombreuse a été versée après relance"
    stories = [
        make_experience(cast.caf_sambrelle, title=f"Prime {rank}", text=f"{words} {rank}.")
        for rank in range(3)
    ]
    others = [
        make_experience(cast.brigade_valserine, text=f"Plainte {rank} pour vol de vélo électrique.")
        for rank in range(20)
    ]
    for told in (*stories, *others):
        index(told)
    make_reply(stories[1])
    client.get(stories[0].get_absolute_url())
    with django_assert_max_num_queries(9):
        page = _page(client, stories[0])
    assert "ressemblent à celui-ci" in page
    assert stories[1].get_absolute_url() in page
    # The third tells of the same, but nobody answered.
    assert stories[2].get_absolute_url() not in page
