"""Accounts opened, roles given and taken, by those who may; each leaves its entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from portevoix.errors import PortevoixError
from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent, Membership
from portevoix.web.accounts.policies import NotAllowedError, Place, Placed, Verb, may, require
from portevoix.web.journal.actions import record

NATIONAL: Final = frozenset({Role.MODERATOR, Role.ADMINISTRATOR, Role.OBSERVER})


class AlreadyHeldError(PortevoixError):
    """Cette personne a déjà ce rôle à cet endroit."""


class WrongPlaceError(PortevoixError):
    """Ce rôle ne se donne pas à cet endroit."""


class Where:
    """Where a role is given: a network or a structure of the directory, or a département."""

    def __init__(self, network: Any = None, structure: Any = None, departement: str = "") -> None:
        self.network, self.structure, self.departement = network, structure, departement

    def places(self) -> Sequence[Place]:
        target: Placed | None = self.structure or self.network
        return target.places() if target else ()


@transaction.atomic
def open_account(email: str, name: str, function: str = "", by: Agent | None = None) -> Agent:
    """Make an account, or return the one with this address. Nobody can sign in with it yet.

    Without `by` it is the system: a command typed on the server.
    """
    if by is not None:
        require(by, Verb.MANAGE_ACCOUNTS)
    address = email.strip().lower()
    agent = Agent.objects.filter(email=address).first()
    if agent is None:
        agent = Agent.objects.create_user(address, name=name, function=function)
        record("open_account", agent, actor=by)
    return agent


@transaction.atomic
def grant(agent: Agent, role: str, where: Where, by: Agent | None = None) -> Membership:
    """Give a role somewhere. National ones are given by the national administration alone."""
    _require_right(role, where, by)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                agent=agent,
                role=role,
                network=where.network,
                structure=where.structure,
                departement=where.departement,
                granted_by=by,
            )
    except IntegrityError as error:
        if "membership_once" in str(error) or "UNIQUE" in str(error):
            raise AlreadyHeldError from error
        raise WrongPlaceError from error
    agent.__dict__.pop("roles", None)
    record("grant_role", agent, actor=by, role=role, membership=membership.pk)
    return membership


@transaction.atomic
def revoke(membership: Membership, by: Agent) -> None:
    """Take a role back."""
    _require_right(membership.role, _where(membership), by)
    record(
        "revoke_role", membership.agent, actor=by, role=membership.role, membership=membership.pk
    )
    membership.delete()


@transaction.atomic
def close_account(agent: Agent, by: Agent) -> None:
    """Keep someone out from now on, in every place that the one who closes looks after."""
    for membership in agent.roles:
        _require_right(membership.role, _where(membership), by)
    require(by, Verb.MANAGE_ACCOUNTS)
    agent.is_active = False
    agent.save(update_fields=["is_active"])
    record("close_account", agent, actor=by)


@transaction.atomic
def reopen_account(agent: Agent, by: Agent) -> None:
    """Let someone in again, with the roles they still hold."""
    for membership in agent.roles:
        _require_right(membership.role, _where(membership), by)
    require(by, Verb.MANAGE_ACCOUNTS)
    agent.is_active = True
    agent.save(update_fields=["is_active"])
    record("reopen_account", agent, actor=by)


@transaction.atomic
def open_with_role(
    email: str, name: str, role: str, where: Where, *, by: Agent, function: str = ""
) -> Agent:
    """Make an account with its first role, and send the link that opens it."""
    agent = open_account(email, name, function, by)
    grant(agent, role, where, by)
    if not agent.has_usable_password():
        invite(agent)
    return agent


def invite(agent: Agent) -> str:
    """Send the link with which someone chooses a password; it is valid 24 hours, once."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(agent),
            "key": default_token_generator.make_token(agent),
        },
    )
    address = f"{settings.PORTEVOIX_BASE_URL}{path}"
    message = render_to_string(
        "accounts/invitation.txt",
        {"agent": agent, "address": address, "site_name": settings.PORTEVOIX_NAME},
    )
    send_mail(f"{settings.PORTEVOIX_NAME} – Votre compte est ouvert", message, None, [agent.email])
    record("invite", agent)
    return address


def _where(membership: Membership) -> Where:
    return Where(membership.network, membership.structure, membership.departement)


def _require_right(role: str, where: Where, by: Agent | None) -> None:
    if by is None:
        return
    if role in NATIONAL:
        require(by, Verb.GRANT_NATIONAL_ROLE)
        return
    if not may(by, Verb.MANAGE_ACCOUNTS, where):
        raise NotAllowedError
    # A manager does not make others of their own rank: that is the administration's.
    if role == Role.NETWORK_MANAGER and not may(by, Verb.GRANT_NATIONAL_ROLE):
        raise NotAllowedError
