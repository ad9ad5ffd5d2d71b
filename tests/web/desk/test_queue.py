"""The list: what each filter keeps, its cost, its table, its saved searches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.experiences.actions import index
from portevoix.web.experiences.handling import assign
from portevoix.web.experiences.models import AnswerBack, Concern
from portevoix.web.replies.drafting import Words, save
from portevoix.web.replies.models import Draft
from portevoix.web.work.models import SavedSearch
from portevoix.web.work.queries import Wanted, page, total
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

SignIn = Callable[[Agent], Client]


@pytest.fixture
def told(cast: Cast) -> dict[str, Concern]:
    """One story of each kind, about the Caf of Sambrelle and what is near."""
    made = {
        "fresh": make_experience(cast.caf_sambrelle, title="Frais", feeling="positive"),
        "late": make_experience(
            cast.caf_sambrelle,
            title="Tard",
            feeling="negative",
            relation="negative",
            published_at=timezone.now() - timedelta(days=40),
        ),
        "soon": make_experience(
            cast.antenne_nord,
            title="Bientôt",
            procedure="Prime d’activité",
            published_at=timezone.now() - timedelta(days=13),
        ),
        "drafted": make_experience(cast.caf_sambrelle, title="Rédigé"),
        "other": make_experience(cast.brigade_valserine, title="Ailleurs"),
        "answered": make_experience(cast.caf_sambrelle, title="Répondu"),
    }
    make_reply(made["answered"])
    parts = {name: experience.concerns.get() for name, experience in made.items()}
    save(parts["drafted"], Words(text="Merci"), 0, cast.agent_caf_sambrelle)
    Draft.objects.update(state="to_validate")
    assign([parts["late"]], cast.agent_caf_sambrelle, cast.agent_caf_sambrelle)
    for experience in made.values():
        index(experience)
    return parts


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, "late soon fresh"),
        ({"etape": "a-valider"}, "drafted"),
        ({"etape": "en-partance"}, ""),
        ({"etape": "repondues"}, "answered"),
        ({"etape": "n'importe"}, "late soon fresh"),
        ({"delai": "retard"}, "late"),
        ({"delai": "bientot"}, "soon"),
        ({"ressenti": "positive"}, "fresh"),
        ({"pour": "moi"}, "late"),
        ({"pour": "personne"}, "soon fresh"),
        ({"pour": "999"}, ""),
        ({"attente": "relation"}, "late"),
        ({"demarche": "prime"}, "soon"),
        ({"mots": "bientôt"}, "soon"),
        ({"mots": "ailleurs"}, ""),
        ({"structure": "{nord}"}, "soon"),
        ({"structure": "{valserine}"}, ""),
    ],
)
def test_filters(cast: Cast, told: dict[str, Concern], query: dict[str, str], names: str) -> None:
    places = {"nord": cast.antenne_nord.pk, "valserine": cast.brigade_valserine.pk}
    wanted = Wanted.read({name: value.format(**places) for name, value in query.items()})
    found = page(cast.agent_caf_sambrelle, wanted)
    assert [row.pk for row in found] == [told[name].pk for name in names.split()]
    assert total(cast.agent_caf_sambrelle, wanted).number == len(names.split())


def test_a_list_costs_the_same_whatever_its_length(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.super_agent_caf_sambrelle)
    costs = []
    for more in (1, 12):
        for _ in range(more):
            make_experience(cast.caf_sambrelle)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/espace/a-traiter/").status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[1] <= 14


def test_the_table_holds_the_list_and_no_formula(cast: Cast, signed_in: SignIn) -> None:
    make_experience(cast.caf_sambrelle, title="=1+1")
    response = signed_in(cast.agent_caf_sambrelle).get("/espace/a-traiter/telecharger/")
    lines = b"".join(response).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Numéro;Titre;Service")
    assert "'=1+1" in lines[1]
    assert "Caf de Sambrelle" in lines[1]


def test_hostile_filters(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.agent_caf_sambrelle)
    for query in ("mots=%00", "page=%00", "structure=-1", "pour=²", f"structure={'9' * 40}"):
        assert client.get(f"/espace/a-traiter/?{query}").status_code == 200
    given = {"part": ["x", "9" * 40, "-1"], "to": "", "query": "https://ailleurs.example"}
    response = client.post("/espace/a-traiter/confier/", given)
    assert response["Location"].startswith("/espace/a-traiter/")


def test_many_are_assigned_only_where_one_assigns(
    cast: Cast, told: dict[str, Concern], signed_in: SignIn
) -> None:
    client = signed_in(cast.super_agent_caf_sambrelle)
    ticked = [told["fresh"].pk, told["other"].pk]
    given = {"part": ticked, "to": cast.agent_caf_sambrelle.pk}
    client.post("/espace/a-traiter/confier/", given)
    assert Concern.objects.get(pk=told["fresh"].pk).assigned_to == cast.agent_caf_sambrelle
    assert Concern.objects.get(pk=told["other"].pk).assigned_to is None


def test_a_search_is_kept_and_forgotten_by_its_owner(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.agent_caf_sambrelle)
    client.post("/espace/a-traiter/recherches/", {"name": "Tard", "query": "delai=retard"})
    search = SavedSearch.objects.get()
    assert "?delai=retard" in client.get("/espace/a-traiter/").content.decode()
    path = f"/espace/a-traiter/recherches/{search.pk}/oublier/"
    signed_in(cast.super_agent_caf_sambrelle).post(path)
    assert SavedSearch.objects.exists()
    client.post(path)
    assert not SavedSearch.objects.exists()


def test_the_rules_of_a_network(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    path = f"/espace/reseaux/{cast.caf.slug}/regles/"
    assert client.post(path, {"answer_days": "0"}).status_code == 200
    assert client.post(path, {"answer_days": "8", "validates_replies": "on"}).status_code == 302
    cast.caf.refresh_from_db()
    assert (cast.caf.answer_days, cast.caf.validates_replies) == (8, True)
    assert signed_in(cast.manager_gendarmerie).post(path, {"answer_days": "1"}).status_code == 403


def test_agents_read_what_the_author_said_back(cast: Cast, signed_in: SignIn) -> None:
    experience = make_experience(cast.caf_sambrelle)
    make_reply(experience)
    said = AnswerBack.objects.create(
        concern=experience.concerns.get(), text="Merci beaucoup", published_text="Merci beaucoup"
    )
    client = signed_in(cast.agent_caf_sambrelle)
    path = f"/espace/recits/{experience.pk}/1/"
    assert "Merci beaucoup" not in client.get(path).content.decode()
    AnswerBack.objects.filter(pk=said.pk).update(state="published", published_at=timezone.now())
    assert "Merci beaucoup" in client.get(path).content.decode()
