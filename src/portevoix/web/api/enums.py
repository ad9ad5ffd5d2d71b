"""Where a draft that another program asked for stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedState(models.TextChoices):
    """`FAILED` once every try has failed: never left waiting for ever."""

    WAITING = "waiting", _("en attente")
    READY = "ready", _("prête")
    FAILED = "failed", _("impossible")
