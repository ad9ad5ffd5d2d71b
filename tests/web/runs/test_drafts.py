"""Search and drafts leave a Run that says which engine served."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from unittest.mock import patch

import pytest

from portevoix.configuration import Configuration, ConfigurationError
from portevoix.engines import build
from portevoix.opendata.articles import Article, Section
from portevoix.web.runs import actions, drafts
from portevoix.web.runs.enums import Capability, Outcome
from portevoix.web.runs.models import Run

pytestmark = pytest.mark.django_db
TWICE = "On me redemande encore mon justificatif de domicile que j'ai déjà envoyé trois fois."
ARTICLE = Article(
    "A1",
    "« Dites-le-nous une fois » : ne pas redonner les mêmes papiers",
    (Section("Si on vous redemande un papier", "Dites que vous l'avez déjà donné."),),
    url="https://exemple.fr/once",
    checked=date(2026, 1, 1),
)


@pytest.fixture(autouse=True)
def articles() -> Iterator[None]:
    drafts.keep_articles([ARTICLE])
    yield
    drafts.keep_articles([])


def test_a_draft_cites_an_article_and_leaves_a_run() -> None:
    drafted = drafts.draft(TWICE, title="Encore !", feeling="negative")
    assert "Dites que vous l'avez déjà donné." in drafted.draft.text
    run = Run.objects.get(pk=drafted.run.pk)
    assert (run.capability, run.engine, run.outcome) == (
        Capability.DRAFT,
        "embedded",
        Outcome.ANSWERED,
    )
    assert not drafted.fell_back


def test_search_finds_what_is_kept_and_forgets_what_is_not() -> None:
    assert drafts.search("redonner un papier")[0].document.id == "A1"
    drafts.keep_articles([])
    assert drafts.search("redonner un papier") == []


def test_a_model_that_does_not_answer_is_told_as_a_fallback() -> None:
    nowhere = Configuration(draft="llm", llm_url="http://127.0.0.1:9/v1", llm_model="m")
    engines = build(nowhere)
    with (
        patch.object(actions, "engines", lambda: engines),
        patch.object(drafts, "engines", lambda: engines),
    ):
        drafts.keep_articles([ARTICLE])
        drafted = drafts.draft(TWICE, feeling="negative")
    assert drafted.fell_back
    run = Run.objects.get(pk=drafted.run.pk)
    assert (run.engine, run.outcome) == ("embedded", Outcome.FALLBACK)


def test_an_engine_that_does_not_exist_is_said() -> None:
    with pytest.raises(ConfigurationError, match="PORTEVOIX_DRAFT"):
        build(Configuration(draft="magic"))
