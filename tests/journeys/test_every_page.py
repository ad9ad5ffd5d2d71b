"""Each page on a phone and on a desktop: axe-core finds nothing, nothing overflows."""

from __future__ import annotations

import pytest

from tests.journeys.browser import DESKTOP, PHONE, assert_accessible, screenshot
from tests.journeys.conftest import Opener
from tests.web.cast import Cast

PUBLIC = {
    "home": "/",
    "sign-in": "/compte/connexion/",
    "forgotten": "/compte/mot-de-passe/oublie/",
    "accessibility": "/accessibilite/",
    "legal": "/mentions-legales/",
    "privacy": "/donnees-personnelles/",
    "site-map": "/plan-du-site/",
    "not-found": "/nulle-part/",
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages(open_page: Opener, cast: Cast, name: str, size: dict[str, int]) -> None:
    page = open_page(PUBLIC[name], size)
    screenshot(page, name)
    assert_accessible(page)
