"""Where studies, notes, leads and improvements stand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Comparison(models.TextChoices):
    """What the period is compared with."""

    PREVIOUS = "previous", _("la période précédente, de même longueur")
    NONE = "none", _("rien")


class Making(models.TextChoices):
    """How far a version of a note is."""

    WAITING = "waiting", _("en attente")
    READING = "reading", _("lecture des récits")
    WRITING = "writing", _("rédaction")
    READY = "ready", _("prête")
    EMPTY = "empty", _("aucun récit")
    FAILED = "failed", _("échouée")


class Visibility(models.TextChoices):
    """Who may read a note. Values are stored; a private link opens it besides."""

    PRIVATE = "private", _("Moi et les personnes à qui je l’envoie")
    INSIDE = "inside", _("Les personnes qui font des études dans ce périmètre")
    PUBLIC = "public", _("Tout le monde, sur une page publique")


class Rhythm(models.TextChoices):
    """How often a study is made again by itself."""

    NEVER = "never", _("Seulement quand je le demande")
    MONTHLY = "monthly", _("Chaque mois, sur le mois écoulé")
    QUARTERLY = "quarterly", _("Chaque trimestre, sur le trimestre écoulé")


class Side(models.TextChoices):
    """Whether a theme is praised or reproached."""

    STRENGTH = "strengths", _("Point fort")
    PAIN = "pain_points", _("Difficulté")


class Correction(models.TextChoices):
    """What people changed in a note that a machine can be measured on."""

    QUOTE = "quote", _("Citation choisie")
    THEME = "theme", _("Thème retiré")


class Choice(models.TextChoices):
    """What a person decided of a lead."""

    ACCEPTED = "accepted", _("Retenue")
    REFUSED = "refused", _("Écartée")


class Status(models.TextChoices):
    """Where an improvement stands."""

    PROPOSED = "proposed", _("Proposée")
    COMMITTED = "committed", _("Engagée")
    DONE = "done", _("Réalisée")
    ABANDONED = "abandoned", _("Abandonnée")


class Verdict(models.TextChoices):
    """What the figures allow to say of an improvement."""

    TOO_EARLY = "too_early", _("il est trop tôt pour conclure")
    TOO_FEW = "too_few", _("il y a trop peu de récits pour conclure")
    UNDECIDED = "undecided", _("on ne peut pas conclure")
    BETTER = "better", _("la difficulté a reculé plus qu’ailleurs")
    WORSE = "worse", _("la difficulté a augmenté plus qu’ailleurs")
