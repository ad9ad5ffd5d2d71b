"""The dashboard: counts that can be recounted, places one may see, small numbers hidden."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.desk.drawings import apart, areas, funnel
from portevoix.web.desk.figures import Asked, Spot, attention, figures
from portevoix.web.notes import readings
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply, make_structure
from tests.web.notes.crowd import crowd

SignIn = Callable[[Agent], Client]
PATH = "/espace/chiffres/"


def test_counts_are_those_of_the_place_and_period(cast: Cast) -> None:
    here = crowd(cast.caf_sambrelle, "Allocations familiales", 30)
    crowd(cast.antenne_nord, "Allocations familiales", 4)
    crowd(cast.caf_brevigny, "Allocations familiales", 6)
    crowd(cast.brigade_valserine, "Gendarmerie nationale", 8)
    assert figures(Asked(structure=cast.caf_sambrelle)).total == 34
    assert figures(Asked(network=cast.caf)).total == 40
    assert figures(Asked()).total == 48
    found = figures(Asked(structure=cast.caf_sambrelle))
    negative = sum(one.feeling == "negative" for one in here)
    assert found.feeling("negative") >= negative
    first = min(one.published_at for one in here).date()
    within = Asked(structure=cast.caf_sambrelle, since=first, until=first)
    assert figures(within).total == sum(one.published_at.date() == first for one in here) + sum(
        one.published_at.date() == first for one in here[:4]
    )


def test_expectations_are_counted_from_what_was_read(cast: Cast) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 40)
    assert figures(Asked(network=cast.caf)).pains() == []
    readings.refresh()
    caches["local"].clear()
    pains = figures(Asked(network=cast.caf)).pains()
    assert pains
    label, count, shares = pains[0]
    assert label
    months = figures(Asked(network=cast.caf)).months
    assert count == round(sum(s * m.total for s, m in zip(shares, months, strict=True)))


def test_answers_and_votes(cast: Cast) -> None:
    for hours in (10, 20, 400):
        told = make_experience(cast.caf_sambrelle)
        make_reply(told, useful_count=2, not_useful_count=1)
        told.concerns.update(answer_hours=hours)
    found = figures(Asked(network=cast.caf))
    assert (found.answered, found.median_hours, found.ninth_hours) == (3, 20, 400)
    assert found.useful_share == pytest.approx(2 / 3)


def test_a_sudden_peak_is_told(cast: Cast) -> None:
    now = timezone.now()
    monday = now - timedelta(days=now.weekday())
    for week in range(1, 20):
        make_experience(cast.caf_brevigny, published_at=monday - timedelta(weeks=week))
        make_experience(cast.caf_sambrelle, published_at=monday - timedelta(weeks=week))
    make_experience(cast.caf_brevigny, published_at=now)
    for _ in range(14):
        make_experience(cast.caf_sambrelle, published_at=now)
    found = figures(Asked(network=cast.caf))
    assert [one.name for one in found.alarms] == ["Caf de Sambrelle"]
    assert "Caf de Sambrelle a reçu 14" in attention(found)[0]


def test_small_numbers_are_hidden() -> None:
    shown = areas([Spot("59", "Nord", 4, 4), Spot("75", "Paris", 50, 10)])
    assert shown[0].level == 0
    assert "moins de 5" in shown[0].text
    assert [one.zoomed for one in shown] == [False, False, True]


def test_the_funnel_tells_chance_from_the_rest() -> None:
    assert apart(Spot("1", "A", 400, 200), 0.2) == "high"
    assert apart(Spot("1", "A", 400, 80), 0.2) == ""
    assert apart(Spot("1", "A", 400, 20), 0.2) == "low"
    assert apart(Spot("1", "A", 10, 4), 0.2) == ""
    assert funnel([Spot("1", "A", 40, 8)] * 4, "1") is None
    drawn = funnel([Spot(str(i), "A", 40, 8) for i in range(6)], "2")
    assert drawn is not None
    assert sum(dot.own for dot in drawn.dots) == 1


@pytest.mark.parametrize(
    ("who", "expected"),
    [("agent_caf_sambrelle", 200), ("observer_nord", 200), ("admin", 200), ("without_role", 403)],
)
def test_who_opens_the_dashboard(cast: Cast, signed_in: SignIn, who: str, expected: int) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 20)
    assert signed_in(getattr(cast, who)).get(PATH, {"du": ""}).status_code == expected


def test_a_place_outside_is_not_shown(cast: Cast, signed_in: SignIn) -> None:
    crowd(cast.brigade_valserine, "Gendarmerie nationale", 20)
    client = signed_in(cast.agent_caf_sambrelle)
    for place in (
        f"reseau:{cast.gendarmerie.pk}",
        f"structure:{cast.brigade_valserine.pk}",
        "tout",
    ):
        page = client.get(PATH, {"lieu": place, "du": ""}).content.decode()
        assert "Récits par mois" not in page
        assert client.get(f"{PATH}mois.csv", {"lieu": place, "du": ""}).status_code == 404


def test_each_chart_has_its_file(cast: Cast, signed_in: SignIn) -> None:
    crowd(cast.caf_sambrelle, "Allocations familiales", 30)
    for number in range(5):
        crowd(make_structure(f"Caf {number}", cast.caf), "Allocations familiales", 12)
    client = signed_in(cast.manager_caf)
    page = client.get(PATH, {"du": ""}).content.decode()
    assert "Comparer sans classer" in page
    for what in ("mois", "attentes", "departements", "services"):
        assert f"{PATH}{what}.csv" in page or what == "attentes"
        got = client.get(f"{PATH}{what}.csv", {"du": ""})
        rows = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig")), delimiter=";"))
        assert len(rows) >= 1
    months = client.get(f"{PATH}mois.csv", {"du": ""}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(months), delimiter=";"))[1:]
    assert sum(int(cell) for row in rows for cell in row[1:]) == 90
    assert client.get(f"{PATH}autre.csv").status_code == 404


def test_hostile_filters(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    for bad in ("\x00", "reseau:\x00", "reseau:abc", "structure:" + "9" * 40, "🙂", "a" * 3000):
        for name in ("lieu", "departement", "du", "au"):
            assert client.get(PATH, {name: bad}).status_code < 500
    assert client.get(PATH, {"du": "0001-01-01", "au": "9999-12-31"}).status_code < 500
    assert client.get(PATH, {"du": str(date.max), "au": str(date.min)}).status_code < 500
