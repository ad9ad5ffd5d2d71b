"""Signing in: the password, its rules, the lock-out, the second factor, the forgotten password."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

from portevoix.web.accounts.models import Agent
from portevoix.web.journal.models import Entry
from tests.web.cast import PASSWORD, Cast

SIGN_IN = "/compte/connexion/"
required = override_settings(PORTEVOIX_SECOND_FACTOR="required")


@pytest.fixture(autouse=True)
def _no_attempt_yet(db: None) -> None:
    cache.clear()


def sign_in(client: Client, agent: Agent, password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"login": agent.email, "password": password}).status_code


def give_second_factor(agent: Agent) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(agent, secret)
    return secret


def code_of(secret: str) -> str:
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )


def test_the_right_password_opens_the_space(cast: Cast, client: Client) -> None:
    response = client.post(SIGN_IN, {"login": "ALINE.AGENT@exemple.fr", "password": PASSWORD})
    assert response.headers["Location"] == "/espace/"
    assert "Bonjour Aline Agent" in client.get("/espace/").content.decode()
    assert Entry.objects.get(verb="sign_in").actor_id == cast.agent_caf_sambrelle.pk


def test_a_wrong_one_does_not_say_which_half_is_wrong(cast: Cast, client: Client) -> None:
    wrong = client.post(SIGN_IN, {"login": cast.admin.email, "password": "non"}).content.decode()
    unknown = client.post(SIGN_IN, {"login": "x@exemple.fr", "password": "non"}).content.decode()
    said = re.compile(r'fr-message--error">(.*?)<|<li>(.*?)</li>')
    assert said.findall(wrong) == said.findall(unknown)
    assert "Erreur –" in wrong


def test_five_wrong_passwords_close_the_account_for_a_while(cast: Cast, client: Client) -> None:
    for _ in range(5):
        sign_in(client, cast.admin, "non")
    assert sign_in(client, cast.admin) == 200
    assert client.get("/espace/").status_code == 302
    # Nobody else is kept out.
    assert sign_in(Client(), cast.moderator) == 302


def test_an_inactive_account_stays_out(cast: Cast, client: Client) -> None:
    Agent.objects.filter(pk=cast.admin.pk).update(is_active=False)
    sign_in(client, cast.admin)
    assert client.get("/espace/").status_code == 302


def test_nobody_signs_up(db: None, client: Client) -> None:
    page = client.get("/compte/creation/").content.decode()
    assert "Les comptes sont créés par les réseaux" in page
    client.post("/compte/creation/", {"email": "a@b.fr", "password1": PASSWORD})
    assert not Agent.objects.exists()


@required
def test_a_sensitive_role_must_have_a_second_factor(cast: Cast, client: Client) -> None:
    sign_in(client, cast.moderator)
    assert client.get("/espace/").headers["Location"].endswith("/activer/")
    assert client.get("/").status_code == 200
    page = client.get("/compte/double-authentification/activer/")
    secret = page.context["form"].secret
    client.post("/compte/double-authentification/activer/", {"code": code_of(secret)})
    assert client.get("/espace/").status_code == 200


@required
def test_others_may_do_without(cast: Cast, client: Client) -> None:
    sign_in(client, cast.agent_caf_sambrelle)
    assert client.get("/espace/").status_code == 200


def test_the_code_is_asked_at_each_sign_in(cast: Cast, client: Client) -> None:
    secret = give_second_factor(cast.moderator)
    sign_in(client, cast.moderator)
    assert client.get("/espace/").status_code == 302
    client.post("/compte/double-authentification/code/", {"code": "000000"})
    assert client.get("/espace/").status_code == 302
    client.post("/compte/double-authentification/code/", {"code": code_of(secret)})
    assert client.get("/espace/").status_code == 200


def test_the_key_is_hidden_in_the_database(cast: Cast) -> None:
    secret = give_second_factor(cast.moderator)
    kept = Authenticator.objects.get(user=cast.moderator).data
    assert secret not in str(kept)
    assert get_adapter().decrypt(kept["secret"]) == secret


def test_a_forgotten_password_is_chosen_again_by_link(cast: Cast, client: Client) -> None:
    client.post("/compte/mot-de-passe/oublie/", {"email": cast.admin.email})
    (message,) = mail.outbox
    assert "Porte-voix" in message.subject
    address = re.search(r"https?://testserver(/\S+)", message.body)
    assert address, message.body
    page = client.get(address[1], follow=True)
    action = page.request["PATH_INFO"]
    chosen = "cheval agrafe correcte batterie"
    client.post(action, {"password1": chosen, "password2": chosen})
    cast.admin.refresh_from_db()
    assert cast.admin.check_password(chosen)
    assert "ne marche plus" in Client().get(address[1], follow=True).content.decode()


def test_an_unknown_address_gets_no_message_and_the_same_page(db: None, client: Client) -> None:
    response = client.post("/compte/mot-de-passe/oublie/", {"email": "x@exemple.fr"}, follow=True)
    assert "Regardez votre messagerie" in response.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize(
    "password",
    [
        "court",
        "motdepasse123",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "123456789012345",
        "aline.agent@exemple",
    ],
)
def test_passwords_that_are_guessed_are_refused(cast: Cast, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, cast.agent_caf_sambrelle)


@pytest.mark.parametrize("password", [PASSWORD, "cheval agrafe correcte batterie"])
def test_a_sentence_is_a_good_password(cast: Cast, password: str) -> None:
    validate_password(password, cast.agent_caf_sambrelle)


@pytest.mark.parametrize("path", ["/espace/", "/compte/", "/compte/double-authentification/"])
def test_closed_pages_ask_to_sign_in(
    cast: Cast, client: Client, signed_in: Callable[[Agent], Client], path: str
) -> None:
    assert client.get(path).headers["Location"].startswith(SIGN_IN)
    assert signed_in(cast.without_role).get(path).status_code == 200
