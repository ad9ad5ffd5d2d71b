"""Someone in charge of a network lends a key, a program uses it, it is taken back."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import expect

from tests.journeys.browser import PHONE, assert_accessible, screenshot, tab_to
from tests.journeys.conftest import Opener
from tests.web.cast import Cast


def test_a_key_is_lent_used_and_taken_back(open_page: Opener, cast: Cast, address: str) -> None:
    page = open_page("/espace/", PHONE, cast.manager_caf)
    page.get_by_role("link", name="Gérer les clés").click()
    page.get_by_role("button", name="Créer la clé").click()
    expect(page.locator("#erreurs")).to_contain_text("Dites à quoi servira cette clé.")
    assert_accessible(page)
    # The summary of errors leads to the field.
    tab_to(page, "À quoi servira cette clé ?")
    page.keyboard.press("Enter")
    page.keyboard.type("Tableau de bord de la direction")
    page.keyboard.press("Enter")
    secret = page.locator("[data-secret]").inner_text()
    assert re.fullmatch(r"pv_[0-9a-f]{48}", secret)
    screenshot(page, "api-key-shown")
    assert_accessible(page)

    headers = {"Authorization": f"Bearer {secret}"}
    answer = httpx.get(f"{address}/api/v1/statistiques", headers=headers)
    assert (answer.status_code, answer.headers["RateLimit-Limit"]) == (200, "10000")

    page.goto("/espace/cles-api/")
    expect(page.get_by_text("Dernière demande")).to_be_visible()
    assert secret not in page.content()
    page.get_by_role("button", name="Retirer la clé").click()
    expect(page.get_by_text("elle ne permet plus rien")).to_be_visible()
    assert httpx.get(f"{address}/api/v1/statistiques", headers=headers).status_code == 401


def test_a_file_is_downloaded_from_its_page(open_page: Opener, cast: Cast) -> None:
    page = open_page("/donnees-ouvertes/")
    with page.expect_download() as started:
        page.get_by_role("link", name="Structures en CSV").click()
    assert started.value.suggested_filename == "structures.csv"
    assert "ANTENNE DE SAMBRELLE-NORD" in started.value.path().read_text("utf-8")
