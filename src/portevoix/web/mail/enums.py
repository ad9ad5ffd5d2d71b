"""Where a message stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    """`LEAVING` is held by one process for a few minutes, then tried again."""

    WAITING = "waiting", _("à envoyer")
    LEAVING = "leaving", _("en cours d’envoi")
    SENT = "sent", _("envoyé")
    CANCELLED = "cancelled", _("annulé")
    ABANDONED = "abandoned", _("abandonné")
