"""From a deposited text to a person's decision, and from the decision to its effects.

A decision is written at once and takes effect half a minute later (`settle_due`, called by the
clock): until then it can be undone, and neither the author nor the public sees anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError, Verb, require
from portevoix.web.directory.models import Structure
from portevoix.web.experiences import actions as experiences
from portevoix.web.experiences import letters as author
from portevoix.web.experiences.actions import WrongStateError
from portevoix.web.experiences.enums import State
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.journal.actions import record
from portevoix.web.moderation import letters, masks
from portevoix.web.moderation.appeals import close_appeal, require_second_person
from portevoix.web.moderation.enums import AppealOutcome, Kind
from portevoix.web.moderation.holds import release, require_free
from portevoix.web.moderation.masks import Mask
from portevoix.web.moderation.models import Alert, Decision, ProposedVerdict
from portevoix.web.moderation.queries import digest_of, without_proposal
from portevoix.web.runs import actions as runs

UNDO: Final = timedelta(seconds=30)
_BATCH: Final = 25


class AlreadyDecidedError(PortevoixError):
    """Une autre personne vient de décider pour ce récit."""


class TooLateError(PortevoixError):
    """Il est trop tard pour annuler : la décision a pris effet."""


class NothingHiddenError(PortevoixError):
    """Aucun passage n'est coché : cochez ce qu'il faut masquer, ou publiez tel quel."""


@transaction.atomic
def propose(experience: Experience) -> ProposedVerdict:
    """Ask the engines what they would say of a story; ask again, and the newest answer stands."""
    screened = runs.screen(experience.text, experience.title)
    text, title = runs.redact(experience.text), runs.redact(experience.title)
    proposal, _ = ProposedVerdict.objects.update_or_create(
        experience=experience,
        defaults={
            "run": screened.run,
            "redaction_run": text.run,
            "verdict": screened.verdict,
            "score": screened.score,
            "reasons": list(screened.reasons),
            "urgency": screened.urgency,
            "urgency_reasons": list(screened.urgency_reasons),
            "findings": list(text.findings),
            "title_findings": list(title.findings),
            "text_digest": digest_of(experience),
            "at": timezone.now(),
        },
    )
    return proposal


def propose_missing() -> int:
    """Read the stories that no engine has read as they stand; called by the clock."""
    found = list(without_proposal()[:_BATCH])
    for experience in found:
        propose(experience)
    return len(found)


def publish(experience: Experience, by: Agent) -> Decision:
    """Publish a story as it was written."""
    return _decide(experience, by, Kind.PUBLISH)


def mask(experience: Experience, hidden: Sequence[Mask], by: Agent) -> Decision:
    """Publish a story with these stretches hidden."""
    if not hidden:
        raise NothingHiddenError
    return _decide(experience, by, Kind.MASK, masks=[stretch.code for stretch in hidden])


def ask(experience: Experience, reason: str, message: str, by: Agent) -> Decision:
    """Ask the author to write a part again."""
    return _decide(experience, by, Kind.ASK, reason=reason, message=message)


def refuse(experience: Experience, reason: str, message: str, by: Agent) -> Decision:
    """Do not publish, for a reason of the charter."""
    return _decide(experience, by, Kind.REFUSE, reason=reason, message=message)


def escalate(
    experience: Experience, urgency: str, message: str, contacts: Sequence[str], by: Agent
) -> Decision:
    """Say that someone must be looked after, and whom the moderator called."""
    return _decide(
        experience, by, Kind.ESCALATE, reason=urgency, message=message, contacts=list(contacts)
    )


@transaction.atomic
def reassign(concern: Concern, structure: Structure, by: Agent) -> Decision:
    """Hand the story to another service before it is read there: at once, nothing leaves."""
    require_free(concern.experience, by)
    experiences.reassign(concern, structure, by, "moderation")
    return Decision.objects.create(
        experience=concern.experience,
        moderator=by,
        kind=Kind.REASSIGN,
        settled_at=timezone.now(),
    )


@transaction.atomic
def _decide(experience: Experience, by: Agent, kind: Kind, **fields: object) -> Decision:
    """Write a decision that will take effect when it can no longer be undone."""
    require(by, Verb.MODERATE, experience)
    require_free(experience, by)
    if experience.state == State.REFUSED:
        require_second_person(experience, by)
    elif experience.state != State.DEPOSITED:
        raise WrongStateError
    now = timezone.now()
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                experience=experience,
                moderator=by,
                kind=kind,
                at=now,
                undo_until=now + UNDO,
                **fields,
            )
    except IntegrityError:
        raise AlreadyDecidedError from None
    release(experience, by)
    record("decide", experience, actor=by, kind=kind, reason=decision.reason)
    return decision


@transaction.atomic
def undo(decision: Decision, by: Agent) -> None:
    """Take one's own decision back while it has had no effect."""
    require(by, Verb.MODERATE, decision.experience)
    if decision.moderator_id != by.pk:
        raise NotAllowedError
    now = timezone.now()
    undone = Decision.objects.filter(
        pk=decision.pk, settled_at=None, undone_at=None, undo_until__gt=now
    ).update(undone_at=now)
    if not undone:
        raise TooLateError
    record("undo_decision", decision.experience, actor=by, kind=decision.kind)


def settle_due(now: datetime | None = None) -> int:
    """Give effect to the decisions that can no longer be undone; called by the clock."""
    due = Decision.objects.filter(
        settled_at=None, undone_at=None, undo_until__lte=now or timezone.now()
    )
    return sum(_settle(number) for number in due.order_by("at").values_list("pk", flat=True))


@transaction.atomic
def _settle(number: int) -> bool:
    """Once, whatever the number of clocks. A decision that has lost its object is undone."""
    taken = Decision.objects.filter(pk=number, settled_at=None, undone_at=None)
    if not taken.update(settled_at=timezone.now()):
        return False
    decision = Decision.objects.select_related("experience", "moderator").get(pk=number)
    try:
        with transaction.atomic():
            _EFFECTS[decision.kind](decision, _moderator_of(decision))
    except (WrongStateError, NotAllowedError):
        # The author withdrew the story meanwhile, or the moderator's account was closed.
        Decision.objects.filter(pk=number).update(settled_at=None, undone_at=timezone.now())
        record("drop_decision", decision.experience, kind=decision.kind)
        return False
    return True


def _moderator_of(decision: Decision) -> Agent:
    if decision.moderator is None:
        raise NotAllowedError
    return decision.moderator


def _publish(decision: Decision, by: Agent) -> None:
    experience = decision.experience
    _reopen(decision, by)
    title, text = masks.apply(experience, masks.read(decision.masks, experience))
    experiences.publish(experience, title, text, by)
    author.published(experience)


def _ask(decision: Decision, by: Agent) -> None:
    _reopen(decision, by)
    experiences.ask_correction(decision.experience, by, decision.reason)
    author.to_correct(decision.experience, decision.message)


def _refuse(decision: Decision, by: Agent) -> None:
    experience = decision.experience
    if experience.state == State.REFUSED:
        close_appeal(experience, AppealOutcome.UPHELD, by)
    else:
        experiences.refuse(experience, by, decision.reason)
    author.refused(experience, decision.message)


def _escalate(decision: Decision, by: Agent) -> None:
    experience = decision.experience
    _reopen(decision, by)
    experiences.escalate(experience, by, decision.reason)
    Alert.objects.create(
        decision=decision, experience=experience, urgency=decision.reason, at=decision.at
    )
    letters.alert(decision)


def _reopen(decision: Decision, by: Agent) -> None:
    """A refusal that an appeal undoes goes back to the queue, to be decided as any other."""
    if decision.experience.state == State.REFUSED:
        experiences.take_back(decision.experience, by, "appeal")
        close_appeal(decision.experience, AppealOutcome.HEARD, by)


_EFFECTS: Final[dict[str, Callable[[Decision, Agent], None]]] = {
    Kind.PUBLISH: _publish,
    Kind.MASK: _publish,
    Kind.ASK: _ask,
    Kind.REFUSE: _refuse,
    Kind.ESCALATE: _escalate,
}


@transaction.atomic
def mask_published(experience: Experience, hidden: Sequence[Mask], by: Agent) -> Decision:
    """Hide more, or less, of what is public: at once, since a leak does not wait."""
    title, text = masks.apply(experience, hidden)
    experiences.mask_again(experience, title, text, by)
    return _settled(experience, by, Kind.MASK, masks=[stretch.code for stretch in hidden])


@transaction.atomic
def withdraw_published(experience: Experience, reason: str, message: str, by: Agent) -> Decision:
    """Take what is public away: at once."""
    experiences.refuse(experience, by, reason)
    decision = _settled(experience, by, Kind.REFUSE, reason=reason, message=message)
    author.refused(experience, message)
    return decision


def _settled(experience: Experience, by: Agent, kind: Kind, **fields: object) -> Decision:
    return Decision.objects.create(
        experience=experience, moderator=by, kind=kind, settled_at=timezone.now(), **fields
    )
