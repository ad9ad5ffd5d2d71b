"""A reader finds a service, reads a story, votes; by keyboard, and without scripts."""

from __future__ import annotations

from playwright.sync_api import expect

from portevoix.web.experiences.actions import index
from tests.journeys.browser import DESKTOP, PHONE, assert_accessible, tab_to
from tests.journeys.conftest import Opener
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply


def test_a_service_is_chosen_while_typing(open_page: Opener, cast: Cast) -> None:
    make_experience(cast.antenne_nord, title="À l'antenne")
    make_experience(cast.brigade_valserine, title="À la brigade")
    page = open_page("/experiences/", DESKTOP)
    page.get_by_text("Affiner la recherche").click()
    page.get_by_label("Service", exact=False).first.press_sequentially("caf sambrele")
    expect(page.locator(".pv-combobox__list li").first).to_contain_text("Caf de Sambrelle")
    assert_accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Afficher les récits").click()
    expect(page.get_by_role("heading", name="récit publié")).to_contain_text("1")
    expect(page.get_by_role("link", name="À l'antenne")).to_be_visible()


def test_votes_without_scripts_on_a_phone(open_page: Opener, cast: Cast) -> None:
    told = make_experience(cast.caf_sambrelle)
    make_reply(told)
    page = open_page(told.get_absolute_url(), PHONE, scripts=False)
    page.get_by_role("button", name="J’ai vécu la même chose").click()
    expect(page.get_by_text("Vous avez dit avoir vécu la même chose")).to_be_visible()
    page.get_by_role("button", name="Oui, cette réponse est utile").click()
    expect(page.get_by_text("Merci d’avoir donné votre avis")).to_be_visible()
    expect(page.get_by_text("1 visiteur sur 1 la trouve utile")).to_be_visible()


def test_search_by_keyboard_alone(open_page: Opener, cast: Cast) -> None:
    index(make_experience(cast.caf_sambrelle, title="Le guichet fermé"))
    page = open_page("/", DESKTOP)
    tab_to(page, "Chercher dans les récits")
    page.keyboard.type("guichet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Le guichet fermé")).to_be_visible()
    expect(page.get_by_role("link", name="Enlever le filtre")).to_have_count(1)


def test_the_tables_behind_the_charts(open_page: Opener, cast: Cast) -> None:
    for _ in range(6):
        make_reply(make_experience(cast.caf_sambrelle))
    page = open_page("/statistiques/", PHONE)
    page.get_by_text("Voir les chiffres en tableau").first.click()
    expect(page.get_by_role("cell", name="6").first).to_be_visible()
    assert_accessible(page)
