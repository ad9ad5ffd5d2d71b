"""Signing in through an OpenID Connect provider, spoken to over HTTP."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client, override_settings

from tests.web.accounts.provider import CLIENT, SECRET, Provider, running
from tests.web.cast import Cast


@pytest.fixture
def provider(db: None) -> Iterator[Provider]:
    cache.clear()
    with running() as provider:
        app = {
            "provider_id": "proconnect",
            "name": "ProConnect",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {
                "server_url": provider.address,
                "scope": ["openid", "email"],
                "token_auth_method": "client_secret_post",
                "oauth_pkce_enabled": True,
            },
        }
        with override_settings(
            SOCIALACCOUNT_PROVIDERS={
                "openid_connect": {
                    "provider_class": "portevoix.web.accounts.identity.IdentityProvider",
                    "APPS": [app],
                }
            }
        ):
            yield provider


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


def go(client: Client) -> Any:
    """Leave for the provider, come back with its code."""
    leaving = client.post("/compte/identite/proconnect/").headers["Location"]
    asked = parse_qs(urlsplit(leaving).query)
    assert len(asked["nonce"][0]) >= 32
    assert asked["code_challenge_method"] == ["S256"]
    try:
        urllib.request.build_opener(_Stay).open(leaving)
    except urllib.error.HTTPError as redirect:
        back = urlsplit(redirect.headers["Location"])
    return client.get(f"{back.path}?{back.query}", follow=True)


def test_a_known_address_comes_in(cast: Cast, provider: Provider, client: Client) -> None:
    provider.email = "ALINE.AGENT@exemple.fr"
    assert "Bonjour Aline Agent" in go(client).content.decode()


def test_later_the_identity_is_enough(cast: Cast, provider: Provider, client: Client) -> None:
    provider.email = cast.agent_caf_sambrelle.email
    go(client)
    provider.email = "une.autre.adresse@exemple.fr"
    assert "Bonjour Aline Agent" in go(Client()).content.decode()


def test_an_unknown_address_is_told_why(cast: Cast, provider: Provider, client: Client) -> None:
    provider.email = "inconnu@exemple.fr"
    page = go(client).content.decode()
    assert "Aucun compte ne correspond" in page
    assert client.get("/espace/").status_code == 302


def test_a_closed_account_stays_out(cast: Cast, provider: Provider, client: Client) -> None:
    cast.admin.is_active = False
    cast.admin.save()
    provider.email = cast.admin.email
    go(client)
    assert client.get("/espace/").status_code == 302


def test_a_replayed_answer_is_refused(cast: Cast, provider: Provider, client: Client) -> None:
    provider.email = cast.admin.email
    provider.nonce_override = "de-quelqu-un-d-autre"
    assert "Connexion impossible" in go(client).content.decode()
    assert client.get("/espace/").status_code == 302


def test_a_forged_answer_is_refused(cast: Cast, provider: Provider, client: Client) -> None:
    provider.email = cast.admin.email
    provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert "Connexion impossible" in go(client).content.decode()
    assert client.get("/espace/").status_code == 302


def test_the_sign_in_page_offers_it(provider: Provider, client: Client) -> None:
    assert "Se connecter avec ProConnect" in client.get("/compte/connexion/").content.decode()


def test_nothing_to_offer_nothing_shown(db: None, client: Client) -> None:
    assert "ProConnect" not in client.get("/compte/connexion/").content.decode()
    assert client.post("/compte/identite/proconnect/").status_code == 404
