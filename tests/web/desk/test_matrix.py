"""Everybody of the cast against every address of the agents, inside and outside of their place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver

from portevoix.web.accounts.models import Agent
from portevoix.web.desk.urls import _one
from tests.web.cast import Cast
from tests.web.factories import make_experience, make_reply

EVERYBODY = (
    "agent_caf_sambrelle agent_antenne_nord agent_brigade_valserine super_agent_caf_sambrelle "
    "manager_caf manager_gendarmerie moderator admin observer_nord without_role"
).split()
# What each part of an address asks: who may, of those who stand above the Caf of Sambrelle.
LAW = {
    "": "agent super manager observer",
    "enregistrer/": "agent super",
    "brouillon/": "agent super",
    "garder-l-autre/": "agent super manager observer",
    "proposer/": "agent super",
    "juger/": "agent super",
    "reprendre-la-proposition/": "agent super",
    "ameliorer-le-texte/": "agent super",
    "relire/": "agent super",
    "envoyer/": "agent super",
    "valider/": "super manager",
    "renvoyer/": "super manager",
    "reprendre/": "agent super manager",
    "etiquettes/": "agent super",
    "transferer/": "agent super manager",
    "confier/": "agent super manager",
    "commenter/": "agent super manager",
    "preuve/{reply}/": "super manager",
    "ameliorer/{reply}/": "agent super manager",
}
READS = {
    "",
    "preuve/{reply}/",
    "ameliorer-le-texte/",
    "relire/",
    "etiquettes/",
    "transferer/",
    "ameliorer/{reply}/",
}
PEOPLE = {
    "agent": "agent_caf_sambrelle",
    "super": "super_agent_caf_sambrelle",
    "manager": "manager_caf",
    "observer": "observer_nord",
}
SignIn = Callable[[Agent], Client]


def test_the_law_names_every_address() -> None:
    written = {str(p.pattern).replace("<int:pk>", "{reply}") for p in _one}
    assert set(LAW) == written


@pytest.mark.parametrize("path", LAW)
def test_one_part_of_a_story(cast: Cast, signed_in: SignIn, path: str) -> None:
    experience = make_experience(cast.caf_sambrelle)
    reply = make_reply(experience)
    address = f"/espace/recits/{experience.pk}/1/{path.format(reply=reply.pk)}"
    allowed = {PEOPLE[who] for who in LAW[path].split()}
    for name in EVERYBODY:
        client = signed_in(getattr(cast, name))
        given = {"take": "1"} if "agent_" in name else {"to": ""}
        response = client.get(address) if path in READS else client.post(address, given)
        if name in allowed:
            assert response.status_code in {200, 302, 400, 409}, (name, response.status_code)
        else:
            assert response.status_code in {403, 404}, (name, response.status_code)


@pytest.mark.parametrize("path", LAW)
def test_nobody_signed_out_and_no_other_method(cast: Cast, signed_in: SignIn, path: str) -> None:
    experience = make_experience(cast.caf_sambrelle)
    reply = make_reply(experience)
    address = f"/espace/recits/{experience.pk}/1/{path.format(reply=reply.pk)}"
    assert "/connexion/" in Client().get(address)["Location"]
    client = signed_in(cast.super_agent_caf_sambrelle)
    if path not in READS:
        assert client.get(address).status_code == 405


def test_what_is_not_public_is_not_here(cast: Cast, signed_in: SignIn) -> None:
    hidden = make_experience(cast.caf_sambrelle, published=False)
    client = signed_in(cast.agent_caf_sambrelle)
    for address in (f"{hidden.pk}/1/", "999999/1/", f"{hidden.pk}/9/", f"{'9' * 30}/1/"):
        assert client.get(f"/espace/recits/{address}").status_code == 404


def test_lists_templates_and_formulas(cast: Cast, signed_in: SignIn) -> None:
    expected = {
        "/espace/a-traiter/": {
            "agent_caf_sambrelle",
            "agent_antenne_nord",
            "agent_brigade_valserine",
            "super_agent_caf_sambrelle",
            "manager_caf",
            "manager_gendarmerie",
            "observer_nord",
        },
        "/espace/avis/": {"manager_caf", "manager_gendarmerie", "admin"},
        f"/espace/modeles/nouveau/{cast.caf.slug}/": {"manager_caf"},
        f"/espace/reseaux/{cast.caf.slug}/regles/": {"manager_caf", "admin"},
        f"/espace/formules/{cast.caf_sambrelle.code}/": {
            "super_agent_caf_sambrelle",
            "manager_caf",
        },
    }
    for address, allowed in expected.items():
        found = {
            name
            for name in EVERYBODY
            if signed_in(getattr(cast, name)).get(address).status_code == 200
        }
        assert found == allowed, address


def test_no_address_of_the_desk_is_forgotten() -> None:
    """A new one is added to this law, or to a test of its own."""
    known = {
        "home", "work", "assign_many", "save_search", "forget_search", "templates", "template",
        "delete_template", "new_template", "formulas", "rhythm", "unsubscribe", "answer", "save",
        "autosave", "drop_aside", "preview", "send", "validate", "send_back", "recall", "labels",
        "download", "rules", "propose", "take_up", "figures", "figures_csv", "comparison",
        "comparison_csv", "transfer", "assign", "comment", "improvement", "wording", "proof",
        "judge", "judgements", "review_judgement",
    }  # fmt: skip
    namespaces = get_resolver().namespace_dict["desk"][1].reverse_dict
    assert {name for name in namespaces if isinstance(name, str)} == known
