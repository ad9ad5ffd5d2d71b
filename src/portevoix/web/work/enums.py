"""What an agent asks to see, and how often to be told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often an agent is told what waits."""

    AT_ONCE = "at_once", _("Dès qu’un récit arrive")
    DAILY = "daily", _("Un résumé chaque matin")
    WEEKLY = "weekly", _("Un résumé le lundi matin")
    NEVER = "never", _("Aucun message")


class Step(models.TextChoices):
    """Where one part of a story stands, as agents see it."""

    TO_ANSWER = "a-repondre", _("À répondre")
    TO_VALIDATE = "a-valider", _("À valider")
    LEAVING = "en-partance", _("Bientôt publiées")
    ANSWERED = "repondues", _("Répondues")


class Holder(models.TextChoices):
    """Whose work it is; anything else is the number of an agent."""

    ME = "moi", _("À moi")
    NOBODY = "personne", _("À personne")


class Deadline(models.TextChoices):
    """How near the deadline is."""

    LATE = "retard", _("En retard")
    SOON = "bientot", _("Dans les 3 jours")
