"""An agent asks for a proposal, reads its source, takes it, and sees what is left to complete."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from portevoix.opendata.articles import Article, Section
from portevoix.web.experiences.models import Experience
from portevoix.web.runs.drafts import keep_articles
from tests.journeys.browser import DESKTOP, PHONE, assert_accessible, screenshot
from tests.journeys.conftest import Opener
from tests.web.cast import Cast
from tests.web.factories import make_experience

TWICE = "On me redemande encore mon justificatif de domicile que j'ai déjà envoyé trois fois."
GIVEN = "Dites que vous l'avez déjà donné."
ARTICLE = Article(
    "A1",
    "« Dites-le-nous une fois » : ne pas redonner les mêmes papiers",
    (Section("Si on vous redemande un papier", GIVEN),),
    url="https://exemple.fr/une-fois",
    checked=date(2020, 1, 1),
)


@pytest.fixture(autouse=True)
def articles(cast: Cast) -> Iterator[None]:
    keep_articles([ARTICLE])
    yield
    keep_articles([])


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_proposal_is_read_taken_and_completed(
    open_page: Opener, cast: Cast, size: dict[str, int]
) -> None:
    told = make_experience(cast.caf_sambrelle)
    Experience.objects.filter(pk=told.pk).update(published_text=TWICE, feeling="negative")
    page = open_page(f"/espace/recits/{told.pk}/1/", size, cast.agent_caf_sambrelle)
    page.get_by_role("button", name="Proposer une réponse").click()
    expect(page.get_by_text("Une page répond")).to_be_visible()
    expect(page.get_by_role("link", name="https://exemple.fr/une-fois")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "proposal")
    page.get_by_role("button", name="Mettre ce brouillon dans ma réponse").click()
    text = page.locator("#reponse [name=text]")
    assert GIVEN in text.input_value()
    assert "[à compléter" in text.input_value()
    assert_accessible(page)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_wording_is_proposed_and_refused_or_taken(
    open_page: Opener, cast: Cast, size: dict[str, int]
) -> None:
    told = make_experience(cast.caf_sambrelle)
    page = open_page(f"/espace/recits/{told.pk}/1/", size, cast.agent_caf_sambrelle)
    text = page.locator("#reponse [name=text]")
    text.fill("Nous vous informons que tout est prêt , et 340 euros. Écrivez-nous afin de payer.")
    page.get_by_role("button", name="Améliorer mon texte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Améliorer votre texte")
    assert_accessible(page)
    screenshot(page, "wording")
    page.get_by_text("N’apprend rien").click()
    page.get_by_role("button", name="Faire les changements cochés").click()
    expect(text).to_have_value(
        "Nous vous informons que tout est prêt, et 340 euros. Écrivez-nous pour payer."
    )
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    expect(page.get_by_label("J’ai vérifié ce chiffre")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "figure-to-verify")
