"""What a moderator may decide, and why."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The six decisions."""

    PUBLISH = "publish", _("Publier")
    MASK = "mask", _("Masquer et publier")
    ASK = "ask", _("Demander une correction")
    REFUSE = "refuse", _("Refuser")
    ESCALATE = "escalate", _("Alerter")
    REASSIGN = "reassign", _("Transférer")
