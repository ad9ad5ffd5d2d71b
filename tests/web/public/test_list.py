"""The list: filters in the address, totals, the file, the feed, a constant number of queries."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portevoix.web.directory.actions import touch
from portevoix.web.experiences.actions import index
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

PATH = "/experiences/"


def test_each_filter_narrows_and_is_shown(cast: Cast, client: Client) -> None:
    here = make_experience(
        cast.antenne_nord, title="Au guichet", feeling="negative", departement="59"
    )
    there = make_experience(cast.brigade_valserine, title="À la brigade", feeling="positive")
    make_reply(there)
    for asked, shown in {
        f"structure={cast.caf_sambrelle.code}": here,
        f"reseau={cast.gendarmerie.slug}": there,
        "ressenti=negative": here,
        "reponse=avec": there,
        "reponse=sans": here,
        f"du={timezone.localdate() - timedelta(days=9)}&ressenti=positive": there,
    }.items():
        page = client.get(f"{PATH}?{asked}").content.decode()
        assert "1\u00a0récit publié" in page, asked
        assert shown.get_absolute_url() in page, asked
        assert "Tout enlever" in page, asked


def test_words_are_found(cast: Cast, client: Client) -> None:
    index(make_experience(cast.caf_sambrelle))
    assert "1\u00a0récit publié" in client.get(f"{PATH}?mots=guichets").content.decode()
    nothing = client.get(f"{PATH}?mots=hippopotame").content.decode()
    assert "Aucun récit ne correspond" in nothing


def test_what_cannot_be_read_filters_nothing_and_is_said(cast: Cast, client: Client) -> None:
    make_experience(cast.caf_sambrelle)
    page = client.get(f"{PATH}?du=hier&ressenti=content&reseau=1%27+OR&structure=%00")
    assert page.status_code == 200
    assert "1\u00a0récit publié" in page.content.decode()
    assert "à corriger" in page.content.decode()


def test_a_typed_service_is_proposed_as_links(cast: Cast, client: Client) -> None:
    touch()
    page = client.get(f"{PATH}?service=caf+sambrelle").content.decode()
    assert "Quel service voulez-vous dire" in page
    assert f"structure={cast.caf_sambrelle.code}" in page
    assert "Aucun service ne porte ce nom" in client.get(f"{PATH}?service=zzzzz").content.decode()


def test_queries_do_not_grow(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rank in range(12):
        make_experience(cast.caf_sambrelle, title=f"Récit {rank}")
    client.get(f"{PATH}?ressenti=neutral")
    with django_assert_num_queries(4):
        # Networks, stories, their services, their channels.
        client.get(f"{PATH}?ressenti=neutral")


def test_the_file_holds_the_list_and_no_formula(cast: Cast, client: Client) -> None:
    make_experience(cast.caf_sambrelle, title="=HYPERLINK(1)", text="Un secret", published_text="X")
    make_experience(cast.brigade_valserine, feeling="positive")
    response = client.get(f"{PATH}liste.csv?reseau={cast.caf.slug}")
    assert response["Content-Disposition"] == 'attachment; filename="experiences.csv"'
    content = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][3] == "'=HYPERLINK(1)"
    assert "secret" not in content


def test_the_feed_is_well_formed_whatever_was_written(cast: Cast, client: Client) -> None:
    make_experience(cast.caf_sambrelle, title="<b>&\"l'accueil", feeling="positive")
    make_experience(cast.caf_sambrelle, feeling="negative")
    feed = client.get(f"{PATH}flux.atom?ressenti=positive")
    assert feed["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(feed.content)
    titles = [e.text for e in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles[1:] == ["<b>&\"l'accueil"]


def test_a_robot_is_told_to_wait(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portevoix.web.ui.limits.count", lambda *_args, **_kwargs: 10_000)
    for path in (PATH, f"{PATH}liste.csv", f"{PATH}flux.atom", "/services/", "/statistiques/"):
        response = client.get(path)
        assert response.status_code == 429, path
        assert response["Retry-After"]
    assert client.get("/").status_code == 200
