"""Who rates an answer, and where an improvement stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rater(models.TextChoices):
    """Who says whether an answer is useful."""

    AUTHOR = "author", _("L'auteur")
    VISITOR = "visitor", _("Un visiteur")


class Improvement(models.TextChoices):
    """What the service says it changes after a story."""

    NONE = "none", _("Aucune")
    COMMITTED = "committed", _("Engagée")
    DONE = "done", _("Réalisée")
