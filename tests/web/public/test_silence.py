"""A site that fell silent shows its last months, and says so; one that is alive shows today's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from portevoix.web.accounts.models import Agent
from portevoix.web.notes.forms import last_year_told
from portevoix.web.replies.gathering import current
from portevoix.web.replies.statistics import month_of
from tests.web.cast import Cast
from tests.web.factories import make_experience

SignIn = Callable[[Agent], Client]
LONG_AGO = datetime(2024, 3, 12, 10, tzinfo=UTC)


@pytest.fixture
def silent(cast: Cast) -> Cast:
    make_experience(cast.caf_sambrelle, published_at=LONG_AGO)
    return cast


def test_the_last_months_told_are_shown(silent: Cast, client: Client) -> None:
    assert current().last_months(12) == (month_of(LONG_AGO) - 11, month_of(LONG_AGO))
    shown = client.get("/statistiques/").content.decode()
    assert "depuis mars 2024" in shown
    assert last_year_told()["start"] == date(2023, 4, 1)
    assert last_year_told()["end"] == date(2024, 3, 31)


def test_the_dashboard_says_it_too(silent: Cast, signed_in: SignIn) -> None:
    shown = signed_in(silent.manager_caf).get("/espace/chiffres/").content.decode()
    assert "Aucun récit publié depuis le" in shown


def test_a_site_that_is_alive_says_nothing(cast: Cast, client: Client, signed_in: SignIn) -> None:
    make_experience(cast.caf_sambrelle)
    now = month_of(current().made_at)
    assert current().last_months(12) == (now - 11, now)
    assert "la période s’arrête là" not in client.get("/statistiques/").content.decode()
    shown = signed_in(cast.manager_caf).get("/espace/chiffres/").content.decode()
    assert "la période s’arrête là" not in shown


def test_a_site_without_a_story_shows_today(cast: Cast) -> None:
    now = month_of(current().made_at)
    assert current().last_months(24) == (now - 23, now)
