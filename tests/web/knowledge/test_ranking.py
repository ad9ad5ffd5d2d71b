"""The page says when the server that ranks pages did not answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from portevoix.opendata.articles import Article, Section
from portevoix.web.runs.actions import engines
from portevoix.web.runs.articles import find
from portevoix.web.runs.drafts import keep_articles
from portevoix.web.runs.models import Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    settings.PORTEVOIX_INDEX = None
    monkeypatch.setenv("PORTEVOIX_SEARCH", "rerank")
    monkeypatch.setenv("PORTEVOIX_SEARCH_MODEL", "any")
    monkeypatch.setenv("PORTEVOIX_LLM_URL", "http://127.0.0.1:9/v1")
    engines.cache_clear()
    yield
    engines.cache_clear()


@pytest.mark.usefixtures("unreachable")
def test_the_order_of_the_words_serves_and_it_is_said() -> None:
    keep_articles([Article("A1", "Le guichet", (Section("Horaires", "Il ouvre à neuf heures."),))])
    found = find("À quelle heure ouvre le guichet ?")
    assert [page.identifier for page in found.found] == ["A1"]
    assert "n’a pas répondu" in found.note
    run = Run.objects.get(capability="search", outcome="fallback")
    assert run.engine == "embedded"
