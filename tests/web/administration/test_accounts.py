"""Accounts opened, roles given and taken, accounts closed: each within what one manages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent, Membership
from portevoix.web.directory.actions import touch
from tests.web.cast import Cast

SignIn = Callable[[Agent], Client]
POSTED = ("invite_again", "close_account", "reopen_account", "revoke")
OTHERS = (
    "agent_caf_sambrelle", "super_agent_caf_sambrelle", "moderator", "observer_nord",
    "without_role",
)  # fmt: skip


def address(name: str, number: int | None = None) -> str:
    return reverse(f"administration:{name}", args=[] if number is None else [number])


@pytest.mark.parametrize("who", OTHERS)
def test_others_are_sent_away(cast: Cast, signed_in: SignIn, who: str) -> None:
    client = signed_in(getattr(cast, who))
    for name in ("accounts", "invite"):
        assert client.get(address(name)).status_code == 403
    assert client.get(address("account", cast.admin.pk)).status_code == 403
    for name in POSTED:
        assert client.post(address(name, cast.agent_caf_sambrelle.pk)).status_code == 403


def test_strangers_sign_in_first(cast: Cast) -> None:
    assert "/connexion/" in Client().get(address("accounts"))["Location"]


def test_a_manager_sees_their_network_alone(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    page = client.get(address("accounts")).content.decode()
    assert "Aline Agent" in page
    assert "Noé Agent" in page
    assert "Gwen Agent" not in page
    assert "Maud Moderation" not in page
    assert client.get(address("account", cast.agent_brigade_valserine.pk)).status_code == 404
    role = cast.agent_brigade_valserine.memberships.get()
    assert client.post(address("revoke", role.pk)).status_code == 404


def test_filters(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.admin)
    page = client.get(address("accounts"), {"mots": "gwen exemple"}).content.decode()
    assert "Gwen Agent" in page
    assert "Aline" not in page
    page = client.get(address("accounts"), {"role": "moderator"}).content.decode()
    assert "Milan" in page
    assert "Aline" not in page
    assert client.get(address("accounts"), {"role": "king", "page": "zzz"}).status_code == 200


def test_an_account_is_opened_with_its_role(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    sent = {
        "email": "Neuve@exemple.fr",
        "name": "Nina Neuve",
        "role": "agent",
        "structure": cast.antenne_nord.code,
    }
    assert client.post(address("invite"), sent)["Location"] == address("accounts")
    person = Agent.objects.get(email="neuve@exemple.fr")
    assert person.memberships.get().structure == cast.antenne_nord
    assert mail.outbox[0].to == ["neuve@exemple.fr"]


def test_a_structure_may_be_named(cast: Cast, signed_in: SignIn) -> None:
    touch()
    client = signed_in(cast.manager_caf)
    sent = {"email": "neuve@exemple.fr", "name": "Nina", "role": "agent"}
    named = sent | {"structure": cast.antenne_nord.public_name.lower()}
    assert client.post(address("invite"), named)["Location"] == address("accounts")
    person = Agent.objects.get(email="neuve@exemple.fr")
    assert person.memberships.get().structure == cast.antenne_nord


def test_who_names_a_structure_badly_is_shown_the_nearest(cast: Cast, signed_in: SignIn) -> None:
    touch()
    sent = {"email": "neuve@exemple.fr", "name": "Nina", "role": "agent", "structure": "sambrele"}
    page = signed_in(cast.manager_caf).post(address("invite"), sent).content.decode()
    assert "Est-ce l’une de celles-ci" in page
    assert cast.antenne_nord.code in page
    assert not Agent.objects.filter(email="neuve@exemple.fr").exists()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({"role": "agent"}, "Dites où vaut ce rôle"),
        ({"role": "agent", "structure": "NOWHERE"}, "Aucune structure n’a ce nom ni ce code"),
        ({"role": "moderator"}, "Sélectionnez un choix valide"),
        ({"role": "network_manager"}, "Sélectionnez un choix valide"),
        ({}, "Choisissez un rôle"),
    ],
)
def test_what_a_manager_cannot_give_is_said(
    cast: Cast, signed_in: SignIn, place: dict[str, str], told: str
) -> None:
    sent = {"email": "neuve@exemple.fr", "name": "Nina Neuve"} | place
    page = signed_in(cast.manager_caf).post(address("invite"), sent).content.decode()
    assert told in page
    assert not Agent.objects.filter(email="neuve@exemple.fr").exists()


def test_a_role_elsewhere_is_refused_and_leaves_nothing(cast: Cast, signed_in: SignIn) -> None:
    sent = {
        "email": "neuve@exemple.fr",
        "name": "Nina",
        "role": "agent",
        "structure": cast.brigade_valserine.code,
    }
    assert signed_in(cast.manager_caf).post(address("invite"), sent).status_code == 403
    assert not Agent.objects.filter(email="neuve@exemple.fr").exists()


def test_the_administration_gives_every_role(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.admin)
    page = address("account", cast.without_role.pk)
    client.post(page, {"role": "moderator"})
    client.post(page, {"role": "network_manager", "network": cast.caf.pk})
    held = set(Membership.objects.filter(agent=cast.without_role).values_list("role", flat=True))
    assert held == {Role.MODERATOR, Role.NETWORK_MANAGER}
    told = client.post(page, {"role": "moderator"}, follow=True).content.decode()
    assert "a déjà ce rôle" in told
    told = client.post(page, {"role": "moderator", "network": cast.caf.pk}).content.decode()
    assert "Ce rôle vaut partout" in told


def test_roles_are_taken_and_accounts_closed(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.manager_caf)
    person = cast.agent_caf_sambrelle
    client.post(address("close_account", person.pk))
    person.refresh_from_db()
    assert not person.is_active
    client.post(address("reopen_account", person.pk))
    person.refresh_from_db()
    assert person.is_active
    client.post(address("revoke", person.memberships.get().pk))
    assert not person.memberships.exists()


def test_a_manager_does_not_close_one_who_is_more_than_theirs(
    cast: Cast, signed_in: SignIn
) -> None:
    Membership.objects.create(agent=cast.agent_caf_sambrelle, role=Role.MODERATOR)
    client = signed_in(cast.manager_caf)
    assert client.post(address("close_account", cast.agent_caf_sambrelle.pk)).status_code == 403


def test_the_list_costs_the_same_whatever_its_length(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = signed_in(cast.admin)
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        client.get(address("accounts"))
