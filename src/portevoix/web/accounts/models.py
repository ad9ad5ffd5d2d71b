"""Accounts and the roles they hold."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.enums import Role

if TYPE_CHECKING:
    from collections.abc import Sequence


class AgentManager(BaseUserManager["Agent"]):
    """Makes accounts; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Agent:
        """Make an account. Without a password nobody can sign in before choosing one by link."""
        agent = self.model(email=email.strip().lower(), **fields)
        agent.set_password(password)
        agent.save(using=self._db)
        return agent

    def get_by_natural_key(self, username: str | None) -> Agent:
        return self.get(email=(username or "").strip().lower())


class Agent(AbstractBaseUser):
    """Someone who works for a public service and signs in. Authors of stories have no account."""

    email = models.EmailField(_("adresse électronique"), max_length=254, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    function = models.CharField(_("fonction"), max_length=120, blank=True)
    is_active = models.BooleanField(_("actif"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[AgentManager] = AgentManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="agent_email_once"),)

    def __str__(self) -> str:
        return f"Agent {self.pk}"

    @cached_property
    def roles(self) -> Sequence[Membership]:
        """Every membership with its place; one query, then remembered with this object."""
        return tuple(self.memberships.select_related("structure", "network").order_by("pk"))

    def holds(self, *roles: str) -> bool:
        return any(membership.role in roles for membership in self.roles)

    @property
    def journal_label(self) -> str:
        return self.roles[0].role if self.roles else "agent"


class Membership(models.Model):
    """A role somewhere: a whole network, a structure with all below it, or a département."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    network = models.ForeignKey(
        "directory.Network", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    structure = models.ForeignKey(
        "directory.Structure", models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    departement = models.CharField(max_length=3, blank=True)
    granted_by = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            # Coalesce: a null is not equal to a null in a unique index of SQLite.
            models.UniqueConstraint(
                "agent",
                "role",
                Coalesce("network", 0),
                Coalesce("structure", 0),
                "departement",
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(role__in=["moderator", "administrator"])
                    & models.Q(network=None, structure=None, departement="")
                )
                | (
                    models.Q(role__in=["agent", "super_agent"])
                    & (models.Q(network__isnull=False) | models.Q(structure__isnull=False))
                )
                | (models.Q(role="network_manager") & models.Q(network__isnull=False))
                | (models.Q(role="observer") & ~models.Q(departement="")),
                name="membership_has_its_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.agent_id}"
