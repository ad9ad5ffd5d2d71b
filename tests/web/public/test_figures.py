"""What is counted in public, against the same counts made by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from portevoix.web.experiences.models import Concern
from portevoix.web.replies.gathering import build
from portevoix.web.replies.models import Reply
from portevoix.web.replies.statistics import Scope, Votes, month_of
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

MARCH = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Paris"))


def _told(cast: Cast) -> None:
    """Eleven stories: ten of Sambrelle (one below), one of the gendarmerie; delays 1 to 9 days."""
    for day in range(1, 10):
        told = make_experience(cast.caf_sambrelle, feeling="negative", published_at=MARCH)
        reply = make_reply(told, useful_count=3, not_useful_count=1, author_found_useful=day > 3)
        Concern.objects.filter(pk=reply.concern_id).update(
            answer_hours=day * 24, answered_at=MARCH + timedelta(days=day)
        )
    make_experience(cast.antenne_nord, feeling="positive", departement="59", published_at=MARCH)
    make_experience(cast.brigade_valserine, feeling="neutral", published_at=MARCH)
    make_experience(cast.caf_sambrelle, published=False)


def test_the_whole_site(cast: Cast) -> None:
    _told(cast)
    measure = build().measure(Scope())
    assert (measure.published, measure.positive, measure.neutral, measure.negative) == (11, 1, 1, 9)
    assert measure.answered == 9
    assert measure.median_hours == 5 * 24
    assert measure.p90_hours == pytest.approx(8.2 * 24)
    assert measure.by_visitors == Votes(27, 36)
    assert measure.by_authors == Votes(6, 9)
    assert measure.without_help == Votes(33, 45)
    assert measure.with_help == Votes(0, 0)


def test_each_place_counts_what_is_below_it(cast: Cast) -> None:
    _told(cast)
    table = build()
    counted = {
        "caf": table.measure(Scope(network=cast.caf)).published,
        "gendarmerie": table.measure(Scope(network=cast.gendarmerie)).published,
        "sambrelle": table.measure(Scope(structure=cast.caf_sambrelle)).published,
        "nord": table.measure(Scope(structure=cast.antenne_nord)).published,
        "brevigny": table.measure(Scope(structure=cast.caf_brevigny)).published,
        "59": table.measure(Scope(departement="59")).published,
        "nowhere": table.measure(Scope(departement="99")).published,
    }
    assert counted == {
        "caf": 10,
        "gendarmerie": 1,
        "sambrelle": 10,
        "nord": 1,
        "brevigny": 0,
        "59": 1,
        "nowhere": 0,
    }
    assert table.volumes() == {cast.caf.pk: 10, cast.gendarmerie.pk: 1}
    below = table.volumes_below([cast.caf_sambrelle, cast.antenne_nord])
    assert below == {cast.caf_sambrelle.pk: 10, cast.antenne_nord.pk: 1}


def test_a_story_of_two_services_counts_once_where_both_are(cast: Cast) -> None:
    told = make_experience(cast.caf_sambrelle, published_at=MARCH)
    Concern.objects.create(
        experience=told,
        rank=2,
        structure=cast.caf_brevigny,
        network=cast.caf,
        published_at=told.published_at,
    )
    table = build()
    assert table.measure(Scope(network=cast.caf)).published == 1
    assert table.measure(Scope(structure=cast.caf_brevigny)).published == 1


def test_periods_and_months_are_those_of_paris(cast: Cast) -> None:
    new_year = datetime(2026, 1, 1, 0, 30, tzinfo=ZoneInfo("Europe/Paris"))
    make_experience(cast.caf_sambrelle, published_at=new_year)
    make_experience(cast.caf_sambrelle, published_at=new_year - timedelta(hours=1))
    table = build()
    assert table.measure(Scope(since=month_of(new_year))).published == 1
    months = {month.number: month.published for month in table.measure(Scope()).months}
    assert months[2026 * 12] == 1
    assert months[2026 * 12 - 1] == 1
    assert max(months) == month_of(timezone.now())


def test_an_answer_counts_in_the_month_it_was_given(cast: Cast) -> None:
    told = make_experience(cast.caf_sambrelle, published_at=MARCH)
    reply = make_reply(told)
    Concern.objects.filter(pk=reply.concern_id).update(
        answer_hours=24 * 40, answered_at=MARCH + timedelta(days=40)
    )
    table = build()
    march, april = month_of(MARCH), month_of(MARCH + timedelta(days=40))
    assert table.measure(Scope(since=march, until=march)).delays == 0
    assert table.measure(Scope(since=april, until=april)).delays == 1


def test_the_page_says_each_figure_and_gives_its_table(cast: Cast, client: Client) -> None:
    now = timezone.now()
    for day in range(6):
        told = make_experience(cast.caf_sambrelle, published_at=now - timedelta(days=day + 1))
        make_reply(told)
    page = client.get(f"/statistiques/?structure={cast.caf_sambrelle.code}").content.decode()
    plain = page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "6 récits publiés : 0 % positifs, 100 % neutres, 0 % négatifs." in plain
    assert "Comment c’est compté" in page
    for key in ("volumes", "delais", "reponses"):
        address = f"/statistiques/{key}.csv?structure={cast.caf_sambrelle.code}"
        assert address in page
        assert client.get(address)["Content-Type"].startswith("text/csv")
    assert client.get("/statistiques/rien.csv").status_code == 404


def test_a_few_stories_give_no_share(cast: Cast, client: Client) -> None:
    make_reply(make_experience(cast.caf_sambrelle))
    page = client.get(f"/statistiques/?structure={cast.caf_sambrelle.code}").content.decode()
    assert "Moins de 5 récits" in page
    assert "100" not in page.split("L’essentiel")[1].split("Mois par mois")[0]


def test_replies_to_what_is_hidden_are_not_counted(cast: Cast) -> None:
    told = make_experience(cast.caf_sambrelle, published=False)
    concern = told.concerns.get()
    Reply.objects.create(concern=concern, text="…", useful_count=4)
    assert build().measure(Scope()).by_visitors == Votes(0, 0)
