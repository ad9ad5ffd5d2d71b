"""States, feelings, channels: English and stable in the database, French on screen."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an experience stands. `TRANSITIONS` says what may follow."""

    DEPOSITED = "deposited", _("à relire")
    TO_CORRECT = "to_correct", _("à corriger par son auteur")
    PUBLISHED = "published", _("publiée")
    REFUSED = "refused", _("refusée")
    WITHDRAWN = "withdrawn", _("retirée par son auteur")


# A published story may be taken back by its author or, on appeal, by a moderator; nothing
# public ever returns to the queue under the same number without being read again.
TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    State.DEPOSITED: frozenset({State.PUBLISHED, State.TO_CORRECT, State.REFUSED, State.WITHDRAWN}),
    State.TO_CORRECT: frozenset({State.DEPOSITED, State.REFUSED, State.WITHDRAWN}),
    State.PUBLISHED: frozenset({State.DEPOSITED, State.WITHDRAWN, State.REFUSED}),
    State.REFUSED: frozenset({State.DEPOSITED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}


class Feeling(models.TextChoices):
    """What the author declares. Values are those of `portevoix.types.Feeling`."""

    POSITIVE = "positive", _("Positif")
    NEUTRAL = "neutral", _("Neutre")
    NEGATIVE = "negative", _("Négatif")


class Channel(models.TextChoices):
    """How the service was reached. Labels are those of the official exports."""

    DESK = "desk", _("Accueil")
    PHONE = "phone", _("Téléphone")
    ONLINE = "online", _("Démarche en ligne")
    ACCOUNT = "account", _("Compte ou espace personnel")
    EMAIL = "email", _("E-mail")
    POST = "post", _("Courrier")
    CHAT = "chat", _("Tchat")
    APPLICATION = "application", _("Application mobile")
    OTHER = "other", _("Autre")


class PostedAs(models.TextChoices):
    """Who tells the story. Labels are those of the official exports."""

    CONCERNED = "concerned", _("La personne concernée")
    RELATIVE = "relative", _("Un proche de la personne concernée")
    MEDIATOR = "mediator", _("Un agent de médiation")


class Urgency(models.TextChoices):
    """What someone must be told without waiting. Values are the moderation engine's."""

    NONE = "aucune", _("Aucune urgence")
    DISTRESS = "detresse", _("Détresse")
    DANGER = "danger", _("Danger")
    FRAUD = "fraude_corruption", _("Fraude ou corruption")


class ConcernState(models.TextChoices):
    """Where one service stands with its part."""

    WAITING = "waiting", _("en attente de réponse")
    ANSWERED = "answered", _("répondue")
    NOT_FOLLOWED = "not_followed", _("hors du périmètre")


class Occasion(models.TextChoices):
    """When the author of a story is told something."""

    RECEIVED = "received", _("reçu")
    TO_CORRECT = "to_correct", _("à corriger")
    REFUSED = "refused", _("refusé")
    PUBLISHED = "published", _("publié")
    ANSWERED = "answered", _("répondu")
    TRANSFERRED = "transferred", _("transféré")
    IMPROVED = "improved", _("suivi d’une amélioration")
    CARED_FOR = "cared_for", _("suivi d’un message d’aide")


class AnswerBackState(models.TextChoices):
    """What the author says back is read by a person before it is public."""

    WAITING = "waiting", _("à relire")
    PUBLISHED = "published", _("publiée")
    REFUSED = "refused", _("refusée")


class TransferReason(models.TextChoices):
    """Why a story goes to another service; the author is told which, not why."""

    NOT_OURS = "not_ours", _("Le sujet ne relève pas de notre service")
    OTHER_PLACE = "other_place", _("C’est le bon réseau, mais pas le bon lieu")
    OTHER_LEVEL = "other_level", _("Le siège ou une autre équipe répondra mieux")
    WRONG_CHOICE = "wrong_choice", _("L’usager s’est trompé de service")
    ALSO = "also", _("Ce service est concerné lui aussi")
