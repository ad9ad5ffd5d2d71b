"""What a moderator may decide, why, and how alerts, appeals and reports end."""

from __future__ import annotations

from typing import Final

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


class Reason(models.TextChoices):
    """Why a story is given back or refused: the rules of the charter. Words are in `charter`."""

    INSULT = "insult", _("Injure envers quelqu’un")
    HATE = "hate", _("Propos haineux")
    THREAT = "threat", _("Menace")
    ACCUSATION = "accusation", _("Délit reproché à une personne reconnaissable")
    PERSONAL = "personal", _("Récit qui désigne une personne du début à la fin")
    CLAIM = "claim", _("Demande sur un dossier en cours")
    OFF_TOPIC = "off_topic", _("Ne parle pas d’un service public")
    ADVERTISING = "advertising", _("Publicité")
    UNREADABLE = "unreadable", _("Texte que l’on ne comprend pas")
    TOO_SHORT = "too_short", _("Trop court pour que le service comprenne")
    WRONG_SERVICE = "wrong_service", _("Service non reconnu")
    DUPLICATE = "duplicate", _("Récit déjà reçu")


REFUSALS: Final = (
    Reason.INSULT,
    Reason.HATE,
    Reason.THREAT,
    Reason.ACCUSATION,
    Reason.PERSONAL,
    Reason.CLAIM,
    Reason.OFF_TOPIC,
    Reason.ADVERTISING,
    Reason.UNREADABLE,
    Reason.DUPLICATE,
)
CORRECTIONS: Final = (
    Reason.INSULT,
    Reason.ACCUSATION,
    Reason.PERSONAL,
    Reason.CLAIM,
    Reason.TOO_SHORT,
    Reason.UNREADABLE,
    Reason.WRONG_SERVICE,
)


class AlertOutcome(models.TextChoices):
    """How an alert ended."""

    HANDED_OVER = "handed_over", _("Transmise aux secours ou à l’autorité")
    AUTHOR_HELPED = "author_helped", _("L’auteur a été joint ou orienté")
    FALSE_ALARM = "false_alarm", _("Personne n’était en danger")


class AppealOutcome(models.TextChoices):
    """How an appeal ended."""

    HEARD = "heard", _("Refus annulé")
    UPHELD = "upheld", _("Refus maintenu")


class ReportReason(models.TextChoices):
    """Why a reader reports something published."""

    PERSONAL = "personal", _("On peut reconnaître une personne")
    INSULT = "insult", _("C’est injurieux, haineux ou menaçant")
    DANGER = "danger", _("Quelqu’un est peut-être en danger")
    OFF_TOPIC = "off_topic", _("Cela ne parle pas d’un service public")
    OTHER = "other", _("Autre chose")


class ReportSubject(models.TextChoices):
    """What is reported."""

    STORY = "story", _("le récit")
    REPLY = "reply", _("la réponse du service")


class ReportOutcome(models.TextChoices):
    """What a report led to."""

    KEPT = "kept", _("Rien à changer")
    MASKED = "masked", _("Passage masqué")
    WITHDRAWN = "withdrawn", _("Retiré de la publication")
