"""From a face to a story that waits for a moderator, and everything in between."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from portevoix.web.deposit import actions
from portevoix.web.deposit.models import Draft
from portevoix.web.deposit.views import COOKIE
from portevoix.web.directory.actions import touch
from portevoix.web.directory.models import Departement, Structure
from portevoix.web.experiences.models import AuthorContact, Experience
from portevoix.web.mail.models import Message
from tests.web.cast import Cast
from tests.web.deposit.steps import STORY, begin, choose, draft, ready, send, tell


@pytest.fixture(autouse=True)
def _no_limit(db: None) -> None:
    caches["default"].clear()


def test_a_whole_deposit(cast: Cast, client: Client) -> None:
    Departement.objects.get_or_create(
        code="59", defaults={"name": "Nord", "region": "32", "region_name": "Hauts-de-France"}
    )
    begin(client, "negative")
    tell(client, title="Deux heures d'attente")
    choose(client, cast.caf_sambrelle)
    details = {
        "used-1-desk": "on",
        "felt-1-phone": "negative",
        "tag-relation": "positive",
        "tag-reactivity": "",
        "procedure": "Demande d'APL",
        "departement": "59",
        "posted_as": "relative",
        "pseudonym": "Une voisine",
    }
    assert (
        client.post("/donner-mon-avis/precisions/", details).headers["Location"].endswith("/envoi/")
    )
    assert send(client, email="nadia@exemple.fr").headers["Location"] == "/donner-mon-avis/merci/"

    told = Experience.objects.get()
    assert (told.state, told.feeling, told.title) == (
        "deposited",
        "negative",
        "Deux heures d'attente",
    )
    assert told.text == STORY
    assert (told.relation, told.reactivity, told.procedure) == ("positive", "", "Demande d'APL")
    assert (told.departement, told.region, told.posted_as) == ("59", "32", "relative")
    concern = told.concerns.get()
    assert concern.structure == cast.caf_sambrelle
    channels = dict(concern.channels.values_list("channel", "feeling"))
    assert channels == {"desk": "", "phone": "negative"}
    assert AuthorContact.objects.get().email == "nadia@exemple.fr"
    assert Message.objects.get().kind == "author.received"


def test_the_receipt_holds_the_link_of_the_private_page(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    send(client)
    page = client.get("/donner-mon-avis/merci/").content.decode()
    link = page.split('value="http://testserver')[1].split('"')[0]
    assert Client().get(link).status_code == 200
    assert "<svg" in page


def test_sending_twice_makes_one_story_and_one_link(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    version = draft(client).story_version
    send(client, version=version, email="nadia@exemple.fr")
    first = client.get("/donner-mon-avis/merci/").content
    assert send(client, version=version).headers["Location"] == "/donner-mon-avis/merci/"
    assert client.get("/donner-mon-avis/merci/").content == first
    assert Experience.objects.count() == 1
    assert Message.objects.count() == 1


def test_two_processes_send_the_same_draft_once(cast: Cast, client: Client) -> None:
    held = ready(client, cast.caf_sambrelle)
    token = client.cookies[COOKIE].value
    stale = Draft.objects.get(pk=held.pk)
    first = actions.send(held, token, held.story_version)
    assert actions.send(stale, token, stale.story_version) == first
    assert Experience.objects.count() == 1


def test_what_was_sent_leaves_nothing_in_the_draft(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    send(client, email="nadia@exemple.fr")
    left = Draft.objects.get()
    assert (left.text, left.title, left.email, left.services, left.details) == ("", "", "", [], {})


def test_a_new_deposit_after_a_first_one(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    send(client)
    ready(client, cast.caf_brevigny, "Une autre fois, tout s'est bien passé au guichet.")
    send(client)
    assert Experience.objects.count() == 2


def test_a_page_left_open_after_the_sending_makes_no_second_story(
    cast: Cast, client: Client
) -> None:
    ready(client, cast.caf_sambrelle)
    version = draft(client).story_version
    send(client)
    response = client.post(
        "/donner-mon-avis/recit/", {"text": STORY + " Suite.", "version": version}
    )
    assert response.headers["Location"] == "/donner-mon-avis/merci/"
    assert Draft.objects.count() == 1
    receipt = client.get("/donner-mon-avis/merci/").content.decode()
    assert "12 34. Suite." in receipt


def test_i_do_not_know_is_a_choice(cast: Cast, client: Client) -> None:
    ready(client, None)
    send(client)
    concern = Experience.objects.get().concerns.get()
    assert (concern.structure, concern.network, concern.label) == (None, None, "")


def test_a_service_of_no_list_is_kept_in_its_words(cast: Cast, client: Client) -> None:
    begin(client)
    tell(client)
    client.post("/donner-mon-avis/service/", {"label": "La piscine de Sambrelle"})
    client.post("/donner-mon-avis/precisions/", {"posted_as": "concerned"})
    send(client)
    assert Experience.objects.get().concerns.get().label == "La piscine de Sambrelle"


def test_three_services_at_most(cast: Cast, client: Client) -> None:
    begin(client)
    tell(client)
    for structure in Structure.objects.all():
        choose(client, structure)
    assert len(draft(client).services) == 3
    page = client.get("/donner-mon-avis/service/").content.decode()
    assert "Trois services au plus" in page


def test_a_service_is_searched_with_a_slip(cast: Cast, client: Client) -> None:
    touch()
    begin(client)
    tell(client)
    page = client.get("/donner-mon-avis/service/?q=caf+brevigni").content.decode()
    assert page.index("Caf de Brévigny") < page.index("Mon service n’est pas dans la liste")
    piece = client.get("/donner-mon-avis/service/chercher/?q=caf+brevigni").content.decode()
    assert "Caf de Brévigny" in piece
    assert "<html" not in piece


def test_where_one_comes_from_is_kept(cast: Cast, client: Client) -> None:
    cast.caf_brevigny.tracking_key = "caf-brevigny"
    cast.caf_brevigny.save()
    begin(client, query="?pk_campaign=caf-brevigny&id_demarche=demande-apl")
    tell(client)
    page = client.get("/donner-mon-avis/service/").content.decode()
    assert "Caf de Brévigny" in page
    client.post("/donner-mon-avis/service/", {})
    assert 'value="demande apl"' in client.get("/donner-mon-avis/precisions/").content.decode()
    client.post("/donner-mon-avis/precisions/", {"posted_as": "concerned"})
    send(client)
    told = Experience.objects.get()
    assert (told.origin, told.origin_procedure) == ("caf-brevigny", "demande-apl")
    assert told.concerns.get().structure == cast.caf_brevigny


def test_a_face_of_the_home_page_opens_the_story(cast: Cast, client: Client) -> None:
    response = client.get("/donner-mon-avis/?ressenti=positive&pk_campaign=x", follow=True)
    assert response.redirect_chain[-1][0] == (
        "/donner-mon-avis/recit/?ressenti=positive&pk_campaign=x"
    )
    # Reading a page keeps nothing.
    assert not Draft.objects.exists()
    client.post("/donner-mon-avis/recit/?ressenti=positive&pk_campaign=x", {"text": STORY})
    assert (draft(client).feeling, draft(client).origin) == ("positive", "x")


def test_the_summary_shows_what_will_be_masked(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    page = client.get("/donner-mon-avis/envoi/").content.decode()
    assert "Durand" not in page
    assert "06 39" not in page
    assert '<span class="pv-mask">[nom]</span>' in page


def test_nothing_is_sent_without_consent(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    response = send(client, consent="", email="nadia@exemple.fr")
    assert "Cochez cette case" in response.content.decode()
    assert not Experience.objects.exists()
    assert draft(client).email == "nadia@exemple.fr"


def test_what_is_missing_is_asked_where_it_is_missing(cast: Cast, client: Client) -> None:
    begin(client)
    assert client.get("/donner-mon-avis/envoi/").headers["Location"] == "/donner-mon-avis/recit/"
    tell(client)
    assert client.get("/donner-mon-avis/envoi/").headers["Location"] == "/donner-mon-avis/service/"


def test_a_text_changed_in_another_tab_is_read_again_before_it_leaves(
    cast: Cast, client: Client
) -> None:
    ready(client, cast.caf_sambrelle)
    shown = draft(client).story_version
    tell(client, "Un tout autre récit, écrit dans un second onglet.")
    response = send(client, version=shown)
    assert response.headers["Location"] == "/donner-mon-avis/envoi/"
    assert not Experience.objects.exists()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Je n'en peux plus, je veux en finir avec la vie.", "3114"),
        ("Mon mari me frappe, il a dit qu'il allait me tuer ce soir.", "17"),
    ],
)
def test_help_is_shown_whatever_happens_next(
    cast: Cast, client: Client, text: str, first: str
) -> None:
    ready(client, cast.caf_sambrelle, text)
    for step in ("", "recit/", "service/", "precisions/", "envoi/"):
        page = client.get(f"/donner-mon-avis/{step}").content.decode()
        assert f'href="tel:{first}"' in page.split("pv-numbers__call")[1], step
        assert "Vous pouvez aussi continuer votre avis" in page
    send(client)
    assert 'href="tel:3114"' in client.get("/donner-mon-avis/merci/").content.decode()


def test_a_calm_text_shows_no_alarm(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    assert "tel:" not in client.get("/donner-mon-avis/envoi/").content.decode()


def test_a_draft_is_forgotten_after_thirty_days(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=31))
    for step in ("recit", "service", "precisions", "envoi", "merci"):
        assert client.get(f"/donner-mon-avis/{step}/").headers["Location"] == "/donner-mon-avis/"
    assert actions.forget_old() == 1


def test_its_author_erases_a_draft(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    client.post("/donner-mon-avis/effacer/")
    assert not Draft.objects.exists()


def test_one_address_does_not_flood(cast: Cast, client: Client) -> None:
    ready(client, cast.caf_sambrelle)
    answers = {send(client, consent="").status_code for _ in range(61)}
    assert answers == {200, 429}


def test_the_cookie_is_closed_and_holds_no_word(cast: Cast, client: Client) -> None:
    begin(client)
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 30 * 86_400
    assert not Draft.objects.filter(token_hash=cookie.value).exists()
