"""Who opens accounts and gives roles, and to whom."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from portevoix.web.accounts.actions import (
    AlreadyHeldError,
    Where,
    WrongPlaceError,
    close_account,
    grant,
    invite,
    open_account,
    revoke,
)
from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError, Verb, may
from portevoix.web.journal.models import Entry
from tests.web.cast import Cast


def test_a_manager_gives_roles_in_the_network_alone(cast: Cast) -> None:
    here, there = Where(structure=cast.antenne_nord), Where(structure=cast.brigade_valserine)
    grant(cast.without_role, Role.AGENT, here, cast.manager_caf)
    assert may(cast.without_role, Verb.ANSWER, cast.antenne_nord)
    with pytest.raises(NotAllowedError):
        grant(cast.without_role, Role.AGENT, there, cast.manager_caf)
    entry = Entry.objects.get(verb="grant_role")
    assert entry.data["role"] == Role.AGENT


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.MODERATOR, {}),
        (Role.ADMINISTRATOR, {}),
        (Role.OBSERVER, {"departement": "59"}),
        (Role.NETWORK_MANAGER, {"network": "caf"}),
    ],
)
def test_a_manager_never_gives_more_than_their_own(
    cast: Cast, role: str, place: dict[str, str]
) -> None:
    where = Where(**{k: getattr(cast, v) if k == "network" else v for k, v in place.items()})  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError):
        grant(cast.without_role, role, where, cast.manager_caf)
    assert grant(cast.without_role, role, where, cast.admin)


@pytest.mark.parametrize(
    "name", ["agent_caf_sambrelle", "super_agent_caf_sambrelle", "moderator", "observer_nord"]
)
def test_others_manage_nobody(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowedError):
        open_account("x@exemple.fr", "X", by=getattr(cast, name))
    with pytest.raises(NotAllowedError):
        grant(cast.without_role, Role.AGENT, Where(cast.caf), getattr(cast, name))


def test_a_role_once_and_at_its_place(cast: Cast) -> None:
    grant(cast.without_role, Role.AGENT, Where(cast.caf), cast.admin)
    with pytest.raises(AlreadyHeldError):
        grant(cast.without_role, Role.AGENT, Where(cast.caf), cast.admin)
    with pytest.raises(WrongPlaceError):
        grant(cast.without_role, Role.AGENT, Where(), cast.admin)


def test_a_role_taken_back_and_an_account_closed(cast: Cast) -> None:
    membership = cast.agent_caf_sambrelle.roles[0]
    with pytest.raises(NotAllowedError):
        revoke(membership, cast.manager_gendarmerie)
    revoke(membership, cast.manager_caf)
    assert not Agent.objects.get(pk=cast.agent_caf_sambrelle.pk).roles
    with pytest.raises(NotAllowedError):
        close_account(cast.moderator, cast.manager_caf)
    close_account(cast.moderator, cast.admin)
    assert not may(cast.moderator, Verb.MODERATE)


def test_an_invitation_leads_to_a_password(cast: Cast, client: Client) -> None:
    agent = open_account("Nouvelle@Exemple.fr", "Nouvelle", by=cast.manager_caf)
    assert agent.email == "nouvelle@exemple.fr"
    assert not agent.has_usable_password()
    address = invite(agent)
    assert address in mail.outbox[0].body
    page = client.get(address.partition("8000")[2], follow=True)
    chosen = "cheval agrafe correcte batterie"
    client.post(page.request["PATH_INFO"], {"password1": chosen, "password2": chosen})
    agent.refresh_from_db()
    assert agent.check_password(chosen)


def test_the_command(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("creer_compte", "a@exemple.fr", "--nom", "A", "--role", "administrator")
    assert re.search(r"/compte/mot-de-passe/nouveau/\S+/", capsys.readouterr().out)
    assert may(Agent.objects.get(email="a@exemple.fr"), Verb.IMPORT)
    with pytest.raises(CommandError, match="n'existe pas"):
        call_command(
            "creer_compte", "b@exemple.fr", "--nom", "B", "--role", "agent", "--reseau", "x"
        )
