"""An agent asks the pages a question, reads the passage that answers, opens its page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from portevoix.opendata.demo import demo_path
from portevoix.web.knowledge.actions import import_articles
from portevoix.web.runs.drafts import keep_articles
from tests.journeys.browser import DESKTOP, PHONE, assert_accessible, screenshot
from tests.journeys.conftest import Opener
from tests.web.cast import Cast


@pytest.fixture(autouse=True)
def articles(cast: Cast) -> Iterator[None]:
    import_articles(demo_path().with_name("articles.jsonl"))
    yield
    keep_articles([])


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_question_is_asked_and_its_page_read(
    open_page: Opener, cast: Cast, size: dict[str, int]
) -> None:
    page = open_page("/espace/pages/", size, cast.agent_caf_sambrelle)
    page.get_by_label("Votre question").fill(
        "Pourquoi mon APL a baissé alors que mon loyer n’a pas changé ?"
    )
    page.get_by_role("main").get_by_role("button", name="Chercher").click()
    expect(page.locator("#reponses")).to_contain_text("répond")
    expect(page.locator("mark").first).to_contain_text("loyer")
    assert_accessible(page)
    screenshot(page, "articles-found")
    page.get_by_role("link", name="Aide au logement (APL)").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aide au logement")
    assert_accessible(page)
    screenshot(page, "article")
    page.goto(page.url.rsplit("/espace", 1)[0] + "/espace/pages/?question=blanquette+de+veau")
    expect(page.locator("#reponses")).to_have_text("Aucune page ne répond")
    assert_accessible(page)
    screenshot(page, "articles-none")


def test_administrators_see_imports_and_old_pages(open_page: Opener, cast: Cast) -> None:
    page = open_page("/espace/administration/pages/", DESKTOP, cast.admin)
    expect(page.get_by_role("heading", name="À revérifier")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "articles-administration")
