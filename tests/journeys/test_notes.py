"""A manager's journey: a study, its note, a correction, a lead, an improvement, what is told."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from portevoix.web.experiences.models import AuthorContact
from portevoix.web.mail.models import Message
from portevoix.web.notes.models import Improvement, Study, Wording
from tests.journeys.browser import DESKTOP, PHONE, assert_accessible, screenshot
from tests.journeys.conftest import Opener
from tests.web.cast import Cast
from tests.web.notes.crowd import crowd


def make_note(page: Page) -> None:
    page.get_by_label("Du (facultatif)").fill("2025-01-01")
    page.get_by_label("Au (facultatif)").fill("2025-12-31")
    page.get_by_role("button", name="Faire la note").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Note de synthèse")


def test_from_a_study_to_what_the_public_reads(open_page: Opener, cast: Cast) -> None:
    told = crowd(cast.caf_sambrelle, "Allocations familiales", 60)
    for story in told:
        AuthorContact.objects.create(experience=story, email=f"auteur{story.pk}@exemple.fr")
    page = open_page("/espace/etudes/", DESKTOP, cast.super_agent_caf_sambrelle)
    page.get_by_role("link", name="Faire une étude").click()
    make_note(page)
    screenshot(page, "note")
    assert_accessible(page)

    page.locator(".pv-count").first.click()
    panel = page.get_by_role("complementary", name="Récits derrière un chiffre")
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    expect(panel.get_by_role("listitem").first).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.locator(".pv-count").first).to_be_focused()

    _correct(page)
    page.get_by_role("button", name="Retenir").first.click()
    page.get_by_role("button", name="En faire une amélioration").click()
    _improve(page)
    improvement = Improvement.objects.get()
    assert Message.objects.filter(kind__contains="improved").count() == improvement.asked_by

    public = open_page(f"/ameliorations/{improvement.pk}/", PHONE)
    expect(public.get_by_role("heading", level=1)).to_have_text("Nous rappelons sous deux jours.")
    assert_accessible(public)


def _correct(page: Page) -> None:
    pain = page.locator("#pain_points article").first
    pain.get_by_role("link", name="Récrire").nth(1).click()
    page.get_by_label("Votre phrase").fill("Beaucoup n’arrivent pas à nous joindre.")
    assert_accessible(page)
    page.get_by_role("button", name="Enregistrer ma phrase").click()
    expect(page.locator("#pain_points article").first).to_contain_text("écrit à la main")
    assert Wording.objects.get().text == "Beaucoup n’arrivent pas à nous joindre."


def _improve(page: Page) -> None:
    page.get_by_label("Ce que le public lira").fill("Nous rappelons sous deux jours.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="S’engager").click()
    page.get_by_role("button", name="Dire qu’elle est réalisée").click()
    expect(page.get_by_role("alert").or_(page.locator(".fr-alert")).first).to_contain_text(
        "réalisée"
    )
    screenshot(page, "improvement")
    assert_accessible(page)
    page.get_by_role("link", name="Améliorations").first.click()
    expect(page.get_by_role("heading", name="Réalisée (1)")).to_be_visible()
    assert_accessible(page)


def test_without_scripts_a_note_is_made_and_a_figure_opened(open_page: Opener, cast: Cast) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 40)
    page = open_page(
        "/espace/etudes/nouvelle/", PHONE, cast.super_agent_caf_sambrelle, scripts=False
    )
    make_note(page)
    page.locator(".pv-count").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les récits derrière ce chiffre")
    page.get_by_role("link", name="Récits suivants").click()
    expect(page.locator(".pv-evidence > li").first).to_be_visible()


def test_two_people_on_one_sentence(open_page: Opener, cast: Cast) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 40)
    page = open_page("/espace/etudes/nouvelle/", DESKTOP, cast.super_agent_caf_sambrelle)
    make_note(page)
    study = Study.objects.get()
    Study.objects.filter(pk=study.pk).update(visibility="inside")
    other = open_page(study.get_absolute_url(), PHONE, cast.manager_caf)
    for one in (page, other):
        one.locator("#pain_points article").first.get_by_role("link", name="Récrire").nth(1).click()
    page.get_by_label("Votre phrase").fill("La première.")
    page.get_by_role("button", name="Enregistrer ma phrase").click()
    other.get_by_label("Votre phrase").fill("La seconde.")
    other.get_by_role("button", name="Enregistrer ma phrase").click()
    expect(other.get_by_role("alert")).to_contain_text("Sami Super")
    expect(other.get_by_role("main")).to_contain_text("La première.")
    expect(other.get_by_label("Votre phrase")).to_have_value("La seconde.")
    assert_accessible(other)


def test_the_dashboard(open_page: Opener, cast: Cast) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 40)
    for size in (PHONE, DESKTOP):
        page = open_page("/espace/chiffres/?du=2025-01-01", size, cast.manager_caf)
        for summary in page.locator("details > summary").all():
            summary.click()
        screenshot(page, "dashboard")
        assert_accessible(page)
