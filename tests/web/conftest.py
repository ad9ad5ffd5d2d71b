"""Fixtures of the site's tests: the people of the cast, clients signed in as them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.test import Client

from portevoix.web.accounts.models import Agent
from portevoix.web.runs.actions import engines
from tests.llm.server import Application, serving
from tests.web.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everyone, with the small tree they work in."""
    return make_cast()


@pytest.fixture
def signed_in() -> Callable[[Agent], Client]:
    """Return a client signed in as someone."""

    def sign_in(agent: Agent) -> Client:
        client = Client()
        client.force_login(agent)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _empty_local_cache() -> None:
    caches["local"].clear()


@pytest.fixture
def language_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """A language model on a real server, chosen for the wording of answers and of notes."""
    application = Application()
    with serving(application) as url:
        for name in ("WORDING", "NOTE"):
            monkeypatch.setenv(f"PORTEVOIX_{name}", "llm")
        monkeypatch.setenv("PORTEVOIX_LLM_URL", url)
        monkeypatch.setenv("PORTEVOIX_LLM_MODEL", "says")
        engines.cache_clear()
        yield application
    engines.cache_clear()
