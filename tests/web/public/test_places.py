"""Networks and structures in their tree; what changed; the pages of text."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portevoix.web.directory.actions import touch
from portevoix.web.public.views.places import _site
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply, make_structure


def test_a_structure_stands_in_its_tree(cast: Cast, client: Client) -> None:
    make_experience(cast.antenne_nord, title="À l'antenne")
    above = client.get(f"/structures/{cast.caf_sambrelle.code}/").content.decode()
    assert "Antenne de Sambrelle-Nord" in above
    assert "À l&#x27;antenne" in above
    below = client.get(f"/structures/{cast.antenne_nord.code}/").content.decode()
    assert f"/structures/{cast.caf_sambrelle.code}/" in below
    assert client.get("/structures/inconnue/").status_code == 404


def test_a_network_lists_its_services(cast: Cast, client: Client) -> None:
    page = client.get(f"/services/{cast.caf.slug}/").content.decode()
    assert "Caf de Brévigny" in page
    assert "Brigade" not in page
    assert "Allocations familiales" in client.get("/services/").content.decode()


def test_a_closed_structure_says_so_and_takes_no_more_stories(cast: Cast, client: Client) -> None:
    cast.caf_brevigny.active = False
    cast.caf_brevigny.save()
    page = client.get(f"/structures/{cast.caf_brevigny.code}/").content.decode()
    assert "Ce service est fermé" in page
    assert "Donner mon avis sur ce service" not in page


def test_queries_do_not_grow(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rank in range(9):
        make_experience(make_structure(f"Caf {rank}", cast.caf))
    client.get(f"/services/{cast.caf.slug}/")
    with django_assert_num_queries(6):
        # The network, its structures, stories, services, channels, improvements.
        client.get(f"/services/{cast.caf.slug}/")


def test_services_are_found_while_one_types(cast: Cast, client: Client) -> None:
    touch()
    found = client.get("/services/chercher/?mots=brigade+valserine").json()["services"]
    assert found[0]["code"] == cast.brigade_valserine.code
    assert client.get("/services/chercher/?mots=%00").json() == {"services": []}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://www.caf.fr", "https://www.caf.fr"),
        ("www.caf.fr", "https://www.caf.fr"),
        ("javascript:alert(1)", ""),
        ("voir l'accueil", ""),
        ("", ""),
    ],
)
def test_only_addresses_become_links(written: str, shown: str) -> None:
    assert _site(written) == shown


def test_what_changed_is_told_where_it_did(cast: Cast, client: Client) -> None:
    done = make_reply(
        make_experience(cast.antenne_nord),
        improvement_status="done",
        improvement_text="Un guichet de plus.",
        done_on="2026-03-02",
    )
    make_reply(
        make_experience(cast.brigade_valserine),
        improvement_status="committed",
        improvement_text="Un rappel par SMS.",
    )
    page = client.get("/ce-qui-a-change/").content.decode()
    assert "Un guichet de plus." in page
    assert "Un rappel par SMS." not in page
    assert f"{done.concern.experience.get_absolute_url()}#reponse-{done.pk}" in page
    assert "Un rappel par SMS." in client.get("/ce-qui-a-change/?etat=engagees").content.decode()
    inside = f"/ce-qui-a-change/?structure={cast.caf_sambrelle.code}"
    assert "Un guichet de plus." in client.get(inside).content.decode()
    elsewhere = client.get(f"/ce-qui-a-change/?reseau={cast.gendarmerie.slug}").content.decode()
    assert "Aucune amélioration n’est encore annoncée" in elsewhere


def test_an_improvement_of_a_withdrawn_story_is_gone(cast: Cast, client: Client) -> None:
    told = make_experience(cast.caf_sambrelle)
    make_reply(told, improvement_status="done", improvement_text="Fait.", done_on="2026-03-02")
    type(told).objects.filter(pk=told.pk).update(state="withdrawn", published_at=None)
    assert "Fait." not in client.get("/ce-qui-a-change/").content.decode()


@pytest.mark.parametrize("path", ["/comment-ca-marche/", "/charte/", "/plan-du-site/", "/"])
def test_pages_of_text(cast: Cast, client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
