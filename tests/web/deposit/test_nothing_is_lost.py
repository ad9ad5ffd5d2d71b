"""Back, errors, two tabs, hostile words: what was typed is still there."""

from __future__ import annotations

import pytest
from django.test import Client

from portevoix.web.deposit.models import Draft
from portevoix.web.deposit.words import kept, suggested_title
from tests.web.cast import Cast
from tests.web.deposit.steps import STORY, begin, choose, draft, ready, send, tell


def autosave(client: Client, text: str, version: int, **fields: str) -> dict[str, object]:
    data = {"text": text, "version": version, **fields}
    answer: dict[str, object] = client.post("/donner-mon-avis/enregistrer/story/", data).json()
    return answer


def test_a_wrong_story_is_kept_and_told(cast: Cast, client: Client) -> None:
    begin(client)
    long = "Une phrase de plus. " * 600
    page = tell(client, long).content.decode()
    assert "retirez 1\u202f999\u00a0caractères" in page
    assert "Rien n’est perdu" in page
    assert draft(client).text == long
    assert "Erreur –" in page


def test_going_back_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    begin(client)
    tell(client, "Commencé", back="1")
    assert draft(client).text == "Commencé"
    tell(client)
    choose(client, cast.caf_sambrelle)
    client.post("/donner-mon-avis/precisions/", {"pseudonym": "Zoé", "back": "1"})
    assert draft(client).details["pseudonym"] == "Zoé"
    client.post("/donner-mon-avis/envoi/", {"email": "pas fini", "back": "1"})
    assert draft(client).email == "pas fini"


def test_a_save_says_the_hour_and_what_was_read(cast: Cast, client: Client) -> None:
    begin(client)
    said = autosave(client, STORY, 0)
    assert str(said["saved"]).startswith("Enregistré à ")
    assert said["version"] == 1
    assert "Durand" in str(said["hints"])
    assert said["title"] == "J'ai attendu deux heures au guichet"
    assert "tel:" not in str(said["alarm"])


def test_the_first_save_opens_the_draft(cast: Cast, client: Client) -> None:
    client.post(
        "/donner-mon-avis/enregistrer/story/?ressenti=negative", {"text": "Bon", "version": "0"}
    )
    assert (draft(client).text, draft(client).feeling) == ("Bon", "negative")


def test_two_tabs_lose_no_text(cast: Cast, client: Client) -> None:
    begin(client)
    autosave(client, "Le premier onglet raconte.", 0)
    said = autosave(client, "Le second onglet raconte autre chose.", 0)
    assert said["replaced"]
    held = draft(client)
    assert held.text == "Le second onglet raconte autre chose."
    assert [other["text"] for other in held.others] == ["Le premier onglet raconte."]
    page = client.get("/donner-mon-avis/recit/").content.decode()
    assert "Le premier onglet raconte." in page

    version = held.story_version
    tell(client, held.text, version=version, take="0")
    held = draft(client)
    assert held.text == "Le premier onglet raconte."
    assert [other["text"] for other in held.others] == ["Le second onglet raconte autre chose."]


def test_two_tabs_typing_in_turn_keep_the_longest_of_each(cast: Cast, client: Client) -> None:
    begin(client)
    one, two = "Premier", "Second"
    version_one = version_two = 0
    for rank in range(8):
        one += f" mot{rank}"
        version_one = int(str(autosave(client, one, version_one)["version"]))
        two += f" terme{rank}"
        version_two = int(str(autosave(client, two, version_two)["version"]))
    held = draft(client)
    assert held.text == two
    assert [other["text"] for other in held.others] == [one]


def test_one_tab_typing_keeps_no_copy_aside(cast: Cast, client: Client) -> None:
    begin(client)
    version = 0
    for length in (20, 40, 60):
        version = int(str(autosave(client, STORY[:length], version)["version"]))
    assert draft(client).others == []


def test_a_late_save_of_a_sent_draft_is_told(cast: Cast, client: Client) -> None:
    held = ready(client, cast.caf_sambrelle)
    send(client)
    response = client.post(
        "/donner-mon-avis/enregistrer/story/", {"text": "x", "version": held.story_version}
    )
    assert response.status_code == 409
    assert response.json()["gone"]


@pytest.mark.parametrize("step", ["details", "summary"])
def test_other_steps_are_saved_too(cast: Cast, client: Client, step: str) -> None:
    ready(client, cast.caf_sambrelle)
    data = {"pseudonym": "Zoé", "posted_as": "nobody", "email": "zo", "felt-1-desk": "ecstatic"}
    response = client.post(f"/donner-mon-avis/enregistrer/{step}/", data)
    assert response.status_code == 200
    held = draft(client)
    kept_words = held.email if step == "summary" else held.details["pseudonym"]
    assert kept_words == ("zo" if step == "summary" else "Zoé")


HOSTILE = {
    "nul": "Un récit\x00 avec un signe nul, assez long.",
    "controls": "\x01\x02\x1b[31m Un récit assez long pour être lu.",
    "emoji": "👩🏽‍🚒 " * 40 + "Merci à tous pour votre accueil.",
    "markup": "<script>alert(1)</script> {{ 7|add:7 }} {% now 'Y' %} un récit assez long",
    "sql": "'; DROP TABLE deposit_draft; -- un récit assez long",
    "right-to-left": "\u202e un récit assez long qui se lit à l'envers",
    "one-word": "a" * 9_000,
    "combining": "e\u0301" * 2_000,
    "lines": "\r\n".join(["ligne"] * 900),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_go_to_the_end(cast: Cast, client: Client, name: str) -> None:
    text = HOSTILE[name]
    ready(client, cast.caf_sambrelle, text)
    page = client.get("/donner-mon-avis/envoi/")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert send(client).headers["Location"] == "/donner-mon-avis/merci/"
    for step in ("merci", "recit", "service", "precisions", "envoi"):
        assert client.get(f"/donner-mon-avis/{step}/").status_code in {200, 302}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("service/", {"choose": "999999999999999999999"}),
        ("service/", {"choose": "-1"}),
        ("service/", {"choose": "٣"}),
        ("service/", {"drop": "abc"}),
        ("service/", {"label": "x" * 5_000}),
        ("precisions/", {"departement": "zz", "posted_as": "king", "tag-relation": "\x00"}),
        ("precisions/", {"procedure": "p" * 3_000, "pseudonym": "\x00\x00"}),
        ("recit/", {"take": "99", "text": "x"}),
        ("recit/", {"version": "1e9", "text": "x"}),
        ("envoi/", {"email": "é" * 4_000 + "@x"}),
        ("", {"feeling": "furious"}),
        ("enregistrer/nulle-part/", {"x": "y"}),
    ],
)
def test_wrong_answers_break_nothing(
    cast: Cast, client: Client, path: str, data: dict[str, str]
) -> None:
    ready(client, cast.caf_sambrelle)
    assert client.post(f"/donner-mon-avis/{path}", data).status_code in {200, 302, 404}
    assert client.get("/donner-mon-avis/precisions/").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "é" * 300, "a" * 4_000, "\x00"])
def test_a_wrong_key_opens_no_draft(cast: Cast, token: str) -> None:
    client = Client()
    client.cookies["brouillon"] = token
    assert client.get("/donner-mon-avis/envoi/").status_code == 302
    assert client.get("/donner-mon-avis/").status_code == 200


def test_a_huge_upload_is_refused_without_a_draft_lost(cast: Cast, client: Client) -> None:
    begin(client)
    tell(client)
    assert tell(client, "x" * 1_200_000).status_code == 400
    assert draft(client).text == STORY


def test_a_post_without_its_token_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/donner-mon-avis/", {"feeling": "neutral"}).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bonjour, je suis content. Merci.", "Je suis content"),
        (
            "Madame, Monsieur,\nVoici mon histoire de carte grise.",
            "Voici mon histoire de carte grise",
        ),
        ("", ""),
        ("Oui.", "Oui"),
    ],
)
def test_a_title_is_read_from_the_story(text: str, title: str) -> None:
    assert suggested_title(text) == title


def test_a_long_first_sentence_is_cut_between_words() -> None:
    title = suggested_title("J'ai " + "attendu " * 30)
    assert len(title) <= 71
    assert title.endswith("attendu…")


def test_line_ends_and_unseen_signs() -> None:
    assert kept("a\r\nb\rc\x00\x07d\te") == "a\nb\ncd\te"
