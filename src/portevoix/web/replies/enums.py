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


class DraftState(models.TextChoices):
    """Where an answer being written stands. Once published it is a `Reply`, the draft is gone."""

    WRITING = "writing", _("en cours de rédaction")
    TO_VALIDATE = "to_validate", _("à valider")
    RETURNED = "returned", _("à revoir")
    LEAVING = "leaving", _("envoyée, encore modifiable")


class StepKind(models.TextChoices):
    """What someone did to an answer being written."""

    WROTE = "wrote", _("a écrit")
    TOOK_UP = "took_up", _("a repris la proposition")
    REWORDED = "reworded", _("a accepté des changements de mots")


class Fault(models.TextChoices):
    """Why an agent finds that a proposed answer does not help."""

    IMPRECISE = "imprecise", _("Imprécis")
    FALSE = "false", _("Faux")
    OFF_TOPIC = "off_topic", _("Hors sujet")
    TOO_LONG = "too_long", _("Trop long")
    UNSOURCED = "unsourced", _("Manque de sources")


class BlockKind(models.TextChoices):
    """What a ready-made piece of answer is for."""

    SALUTATION = "salutation", _("Formule d’appel")
    THANKS = "thanks", _("Remerciement")
    APOLOGY = "apology", _("Excuses")
    TRANSITION = "transition", _("Transition")
    PARAGRAPH = "paragraph", _("Paragraphe")
    CLOSING = "closing", _("Formule de politesse")
    SIGNATURE = "signature", _("Signature de fonction")
