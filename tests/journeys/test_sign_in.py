"""Someone with an account signs in: by keyboard, without scripts, with a second factor."""

from __future__ import annotations

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from tests.journeys.browser import PHONE, assert_accessible, screenshot, tab_to
from tests.journeys.conftest import Opener
from tests.web.cast import PASSWORD, Cast


def code_of(secret: str) -> str:
    counter = next(totp.yield_hotp_counters_from_time())
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def test_by_keyboard_alone(open_page: Opener, cast: Cast) -> None:
    page = open_page("/")
    tab_to(page, "Espace des agents")
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/")
    tab_to(page, "Adresse électronique")
    page.keyboard.type(cast.agent_caf_sambrelle.email)
    tab_to(page, "Mot de passe")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Aline Agent")


def test_the_first_tab_offers_the_content(open_page: Opener) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Contenu")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_without_scripts_the_menu_and_the_form_work(open_page: Opener, cast: Cast) -> None:
    page = open_page("/", PHONE, scripts=False)
    page.get_by_role("link", name="Espace des agents").last.click()
    page.get_by_label("Adresse électronique").fill(cast.moderator.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Maud Moderation")
    screenshot(page, "no-script")


def test_a_wrong_password_is_told_at_the_top_and_at_the_field(open_page: Opener) -> None:
    page = open_page("/compte/connexion/", PHONE)
    page.get_by_role("button", name="Se connecter").click()
    summary = page.locator("#erreurs")
    expect(summary).to_contain_text("2 choses sont à corriger")
    summary.get_by_role("link", name="Mot de passe").click()
    expect(page.get_by_label("Mot de passe", exact=True)).to_be_focused()
    assert page.title().startswith("Erreur")
    screenshot(page, "sign-in-error")
    assert_accessible(page)


def test_a_second_factor_from_its_set_up_to_the_next_sign_in(open_page: Opener, cast: Cast) -> None:
    page = open_page("/compte/connexion/", PHONE)
    sign_in(page, cast)
    page.get_by_role("link", name="Activer la double authentification").click()
    secret = page.locator(".pv-secret__key").inner_text()
    screenshot(page, "second-factor-set-up")
    assert_accessible(page)
    page.get_by_label("Code à 6 chiffres").fill(code_of(secret))
    page.get_by_role("button", name="Activer").click()
    screenshot(page, "recovery-codes")
    assert_accessible(page)

    again = open_page("/compte/connexion/", PHONE)
    sign_in(again, cast)
    expect(again.get_by_role("heading", level=1)).to_have_text("Double authentification")
    assert_accessible(again)


def sign_in(page: Page, cast: Cast) -> None:
    page.get_by_label("Adresse électronique").fill(cast.moderator.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def test_the_menu_of_a_phone_opens_and_closes(open_page: Opener) -> None:
    page = open_page("/", PHONE)
    page.get_by_role("button", name="Menu").click()
    link = page.get_by_role("navigation", name="Menu principal").get_by_role("link").first
    expect(link).to_be_visible()
    screenshot(page, "menu")
    page.keyboard.press("Escape")
    expect(link).not_to_be_visible()
