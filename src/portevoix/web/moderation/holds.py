"""Who reads what now: a second moderator on the same story is told, not surprised."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.experiences.models import Experience
from portevoix.web.journal.actions import record
from portevoix.web.moderation.models import Hold, Relief

LENGTH: Final = timedelta(minutes=10)
_SOMEONE: Final = "modération"


class HeldError(PortevoixError):
    """Une autre personne lit ce récit en ce moment."""


@transaction.atomic
def claim(experience: Experience, by: Agent) -> Hold:
    """Hold a story while reading it; return the hold that stands, which may be another person's."""
    require(by, Verb.MODERATE, experience)
    now = timezone.now()
    hold, new = Hold.objects.select_related("moderator").get_or_create(
        experience=experience, defaults={"moderator": by, "until": now + LENGTH}
    )
    if not new and (hold.moderator_id == by.pk or hold.until <= now):
        hold.moderator, hold.until = by, now + LENGTH
        hold.save(update_fields=["moderator", "until"])
    return hold


@transaction.atomic
def take_over(experience: Experience, by: Agent) -> None:
    """Read it instead of the person who holds it, who will be told when they decide."""
    require(by, Verb.MODERATE, experience)
    Hold.objects.update_or_create(
        experience=experience, defaults={"moderator": by, "until": timezone.now() + LENGTH}
    )
    record("take_over", experience, actor=by)


def release(experience: Experience, by: Agent) -> None:
    """Stop holding it."""
    Hold.objects.filter(experience=experience, moderator=by).delete()


def require_free(experience: Experience, by: Agent) -> None:
    """Raise `HeldError` while another person reads it."""
    held = Hold.objects.filter(experience=experience, until__gt=timezone.now())
    if held.exclude(moderator=by).exists():
        raise HeldError


@transaction.atomic
def pass_on(experience: Experience, by: Agent) -> None:
    """« Ce texte m'atteint »: a colleague reads it. No question asked, no name in the journal."""
    require(by, Verb.MODERATE, experience)
    Relief.objects.get_or_create(experience=experience, moderator=by)
    release(experience, by)
    record("pass_on", experience, label=_SOMEONE)
