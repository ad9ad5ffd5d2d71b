"""Pages that belong to no part: health, robots, errors, headers, logs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from django.conf import settings
from django.db import Error, OperationalError, connection
from django.test import Client, override_settings
from django.urls import reverse

from portevoix.web.accounts.models import Agent
from portevoix.web.config.logs import WithoutMessages, WithoutPaths
from tests.web.cast import Cast

STATIC_PAGES = ["accessibility", "legal", "privacy", "site_map", "robots", "security", "health"]


@pytest.mark.parametrize("name", STATIC_PAGES)
def test_they_answer(db: None, client: Client, name: str) -> None:
    assert client.get(reverse(f"ui:{name}")).status_code == 200


def test_health_says_when_the_database_is_away(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object) -> None:
        raise Error

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        response = client.get("/sante/")
    assert response.status_code == 503


def test_not_found_is_plain_french(db: None, client: Client) -> None:
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert "n’existe pas" in response.content.decode()


def test_a_stale_form_is_explained(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/compte/connexion/", {"login": "x"})
    assert response.status_code == 403
    assert "resté ouvert trop longtemps" in response.content.decode()


def test_a_failure_is_a_plain_page(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("quelqu'un@exemple.fr")

    monkeypatch.setattr("portevoix.web.experiences.queries.latest", broken)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "Ce que vous aviez enregistré est gardé" in response.content.decode()


@pytest.mark.parametrize("path", [f"/experiences/{'9' * 30}/", "/services/%00/", "/notes/0/"])
def test_places_that_cannot_be_lead_nowhere(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/nulle-part/", "/compte/connexion/"])
def test_headers(db: None, client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def test_strict_transport_when_tls(db: None) -> None:
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_SSL_REDIRECT=True):
        assert "max-age=31536000" in Client().get("/", secure=True)["Strict-Transport-Security"]
        assert Client().get("/").status_code == 301


def test_no_page_holds_inline_script_or_style(
    cast: Cast, signed_in: Callable[[Agent], Client]
) -> None:
    client = signed_in(cast.admin)
    for path in ("/", "/experiences/", "/espace/", "/compte/", "/compte/connexion/", "/rien/"):
        page = client.get(path).content.decode()
        assert "style=" not in page
        assert "<style" not in page
        assert "onclick" not in page
        assert page.count("<script") == page.count("<script src=") + page.count(
            '<script type="module" src='
        )


def test_logs_hold_no_address_and_no_message(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("Key (email)=(nadia@exemple.fr) already exists")

    monkeypatch.setattr("portevoix.web.experiences.queries.latest", broken)
    with caplog.at_level(logging.DEBUG):
        client = Client(raise_request_exception=False)
        client.get("/experiences/?mots=nadia+durand")
        client.get("/?cle=secret-de-nadia")
        client.get("/mon-avis/secret-de-nadia/")
    formatter = settings.LOGGING["formatters"]["plain"]["()"]
    assert formatter == "portevoix.web.config.logs.WithoutMessages"
    said = _as_written(caplog.records)
    assert "nadia" not in said
    assert "public:experiences 200" in said
    assert "RuntimeError" in said


def _as_written(records: list[logging.LogRecord]) -> str:
    ours = [record for record in records if not record.name.startswith("asyncio")]
    kept = [record for record in ours if record.levelno >= logging.INFO]
    return "\n".join(
        WithoutMessages().format(record) for record in kept if WithoutPaths().filter(record)
    )


def _away(*_args: object) -> None:
    raise OperationalError("quelqu'un@exemple.fr")


@pytest.fixture
def database_away(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A reader whose page finds that the database went away."""
    with monkeypatch.context() as patched:
        patched.setattr("portevoix.web.deposit.queries.draft_of", _away)
        patched.setattr("portevoix.web.experiences.queries.latest", _away)
        yield Client(raise_request_exception=False)


def test_a_database_away_is_said_with_what_was_written(database_away: Client) -> None:
    written = '</textarea><script>alert(1)</script>\nSuite & "fin"'
    sent = {"text": written, "title": '"><b>', "version": "3"}
    response = database_away.post("/donner-mon-avis/recit/?ressenti=negative", sent)
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "n’est pas perdu" in page
    assert "<script>" not in page
    assert "<b>" not in page
    assert 'action="/donner-mon-avis/recit/?ressenti=negative"' in page
    assert 'name="version" value="3"' in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("sent", [{}, {"password": "un-secret"}, {"text": "x", "file": "fichier"}])
def test_what_a_page_may_not_hold_is_not_given_back(
    database_away: Client, sent: dict[str, str]
) -> None:
    data = {name: BytesIO(b"x") if name == "file" else value for name, value in sent.items()}
    page = database_away.post("/donner-mon-avis/recit/", data).content.decode()
    assert "revenez à la page précédente" in page
    assert "un-secret" not in page
    assert "<form" not in page


def test_a_page_read_while_the_database_is_away(database_away: Client) -> None:
    response = database_away.get("/")
    assert response.status_code == 503
    assert "rechargez la page" in response.content.decode()
    assert "quelqu'un" not in response.content.decode()
