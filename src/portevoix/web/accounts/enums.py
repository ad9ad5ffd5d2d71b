"""The roles of the people who have an account."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What someone does here; where they do it is the place of the membership."""

    AGENT = "agent", _("Agent")
    SUPER_AGENT = "super_agent", _("Super-agent")
    NETWORK_MANAGER = "network_manager", _("Responsable de réseau")
    MODERATOR = "moderator", _("Modération")
    ADMINISTRATOR = "administrator", _("Administration nationale")
    OBSERVER = "observer", _("Observation du territoire")
