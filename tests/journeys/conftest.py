"""A real server on a real database, and real browsers."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from portevoix.web.accounts.models import Agent
from portevoix.web.config.asgi import application
from portevoix.web.directory.actions import touch
from portevoix.web.journal import triggers
from tests.journeys import browser as chromium
from tests.web.cast import Cast, make_cast

# Playwright turns an event loop in this thread; the tests' own queries are made between its turns.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# A machine shared by many is slow, not wrong.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if "journeys" in item.nodeid]
    missing = not chromium.CHROMIUM.exists() or not chromium.AXE.exists()
    for item in here:
        item.add_marker(pytest.mark.browser)
        if missing:
            reason = "Chromium ou axe-core absents : scripts/browser-for-tests"
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def _served(django_db_setup: None) -> Iterator[str]:
    """The application under uvicorn, as in production, on the test database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(application, port=port, log_level="warning", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def address(_served: str, transactional_db: None) -> Iterator[str]:
    """Where the site answers; its database is empty at the start of each test."""
    triggers.install(connection)
    caches["default"].clear()
    caches["local"].clear()
    yield _served
    # The tables are emptied after each journey: the journal too, this once.
    triggers.remove(connection)


@pytest.fixture
def cast(address: str) -> Cast:
    made = make_cast()
    # The server outlives a journey: the index of services it kept is of another directory.
    touch()
    return made


@pytest.fixture(scope="session")
def _browser() -> Iterator[Browser]:
    browser = chromium.launch()
    yield browser
    browser.close()


Opener = Callable[..., Page]


@pytest.fixture
def open_page(_browser: Browser, address: str) -> Iterator[Opener]:
    """`open_page("/", size=PHONE, agent=…, scripts=False)`: a page of a fresh profile.

    An uncaught error of a script fails the test at its end.
    """
    contexts, errors = [], []

    def open_it(
        path: str = "/",
        size: dict[str, int] = chromium.DESKTOP,
        agent: Agent | None = None,
        *,
        scripts: bool = True,
        **options: Any,
    ) -> Page:
        made = chromium.context(_browser, address, size, java_script_enabled=scripts, **options)
        contexts.append(made)
        if agent is not None:
            made.add_cookies([_session_of(agent, address)])
        page = made.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: _keep_refusals(message.text, errors))
        page.goto(path)
        return page

    yield open_it
    for made in contexts:
        made.close()
    assert not errors, errors


def _keep_refusals(message: str, errors: list[str]) -> None:
    """A refusal of the content security policy is said in the console alone."""
    if "Content Security Policy" in message:
        errors.append(message)


def _session_of(agent: Agent, address: str) -> Any:
    client = Client()
    client.force_login(agent)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}
