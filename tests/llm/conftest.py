"""One server for the tests of language models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.llm.server import Application, serving


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[Application, str]]:
    application = Application()
    with serving(application) as url:
        yield application, url


@pytest.fixture
def model(served: tuple[Application, str]) -> Application:
    application, _ = served
    application.requests.clear()
    application.sentences.clear()
    return application


@pytest.fixture
def url(served: tuple[Application, str]) -> str:
    return served[1]
