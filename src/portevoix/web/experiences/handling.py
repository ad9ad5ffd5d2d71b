"""What agents do with a story before they answer it: assign, hand over, involve, correct.

As in `actions`: check, change, journal, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError, Verb, may, require
from portevoix.web.directory.models import Structure
from portevoix.web.experiences import letters
from portevoix.web.experiences.actions import WrongStateError, due_on, reassign
from portevoix.web.experiences.enums import ConcernState, TransferReason
from portevoix.web.experiences.models import ChannelUse, Concern, Transfer
from portevoix.web.journal.actions import record

MOST_SERVICES: Final = 3
TAGS: Final = ("accessibility", "information", "relation", "reactivity", "simplicity")


class SamePlaceError(PortevoixError):
    """Ce service a déjà ce récit."""


class TooManyServicesError(PortevoixError):
    """Trois services sont déjà concernés : transférez plutôt votre part."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What an agent may correct of a story: never its words nor the author's feeling."""

    tags: Mapping[str, str] = field(default_factory=dict)
    procedure: str = ""
    trade_tags: Sequence[str] = ()
    channels: Mapping[str, str] = field(default_factory=dict)
    improvement_considered: bool = False


@transaction.atomic
def assign(concerns: Iterable[Concern], to: Agent | None, actor: Agent) -> int:
    """Give parts of stories to someone who may answer them, or to nobody any more.

    An agent may take one for themselves; giving to another is for those who assign.
    """
    number = 0
    for concern in concerns:
        _require_assignment(concern, to, actor)
        if concern.assigned_to_id == (to.pk if to else None):
            continue
        concern.assigned_to = to
        concern.save(update_fields=["assigned_to"])
        record(
            "assign", concern.experience, actor=actor, rank=concern.rank, to=to.pk if to else None
        )
        number += 1
    return number


def _require_assignment(concern: Concern, to: Agent | None, actor: Agent) -> None:
    own = to == actor or (to is None and concern.assigned_to_id == actor.pk)
    if not (own and may(actor, Verb.ANSWER, concern)):
        require(actor, Verb.ASSIGN, concern)
    if to is not None and not may(to, Verb.ANSWER, concern):
        raise NotAllowedError


@transaction.atomic
def hand_over(
    concern: Concern, structure: Structure, actor: Agent, reason: str, word: str = ""
) -> Transfer:
    """Transfer a part that nobody answered yet; the author is told who has it now."""
    _require_waiting(concern)
    _require_elsewhere(concern, structure)
    transfer = reassign(concern, structure, actor, reason, word)
    letters.transferred(concern.experience, structure.public_name)
    return transfer


@transaction.atomic
def involve(concern: Concern, structure: Structure, actor: Agent, word: str = "") -> Transfer:
    """Ask another service to answer too: each has its part, its own deadline and its answer."""
    require(actor, Verb.REASSIGN, concern)
    _require_elsewhere(concern, structure)
    experience = concern.experience
    ranks = set(experience.concerns.values_list("rank", flat=True))
    free = sorted(set(range(1, MOST_SERVICES + 1)) - ranks)
    if not free:
        raise TooManyServicesError
    now = timezone.now()
    added = Concern.objects.create(
        experience=experience,
        rank=free[0],
        structure=structure,
        network=structure.network,
        typology=structure.typology,
        label=structure.public_name,
        published_at=experience.published_at,
        due_on=due_on(structure.network, now) if experience.public else None,
    )
    transfer = Transfer.objects.create(
        concern=added,
        former=concern.structure,
        former_label=concern.name,
        to=structure,
        reason=TransferReason.ALSO,
        word=word,
        kept=True,
        by=actor,
    )
    record("involve", experience, actor=actor, rank=added.rank, structure=structure.pk)
    return transfer


def _require_elsewhere(concern: Concern, structure: Structure) -> None:
    if Concern.objects.filter(experience=concern.experience_id, structure=structure).exists():
        raise SamePlaceError


def _require_waiting(concern: Concern) -> None:
    if concern.state != ConcernState.WAITING or concern.published_at is None:
        raise WrongStateError


@transaction.atomic
def correct_labels(concern: Concern, labels: Labels, actor: Agent) -> None:
    """Correct tags, procedure and the channels of one's own service."""
    require(actor, Verb.CORRECT, concern)
    experience = concern.experience
    changed = [tag for tag in TAGS if getattr(experience, tag) != labels.tags.get(tag, "")]
    for tag in TAGS:
        setattr(experience, tag, labels.tags.get(tag, ""))
    experience.procedure = labels.procedure
    experience.trade_tags = list(labels.trade_tags)
    experience.improvement_considered = labels.improvement_considered
    experience.save(update_fields=[*TAGS, "procedure", "trade_tags", "improvement_considered"])
    concern.channels.all().delete()
    ChannelUse.objects.bulk_create(
        ChannelUse(concern=concern, channel=channel, feeling=feeling)
        for channel, feeling in labels.channels.items()
    )
    record(
        "correct_labels",
        experience,
        actor=actor,
        rank=concern.rank,
        tags=changed,
        channels=sorted(labels.channels),
    )
