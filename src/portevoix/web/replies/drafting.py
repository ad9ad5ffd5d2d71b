"""From a blank page to a published answer: save, submit, validate, send back, recall, publish.

An answer that was sent stays a draft for half an hour, in which it can be taken back. The clock
then publishes it: only from that moment is it public, and is its author told.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from dataclasses import fields as fields_of
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, may, require
from portevoix.web.directory.models import Structure
from portevoix.web.experiences import handling, letters
from portevoix.web.experiences.actions import WrongStateError
from portevoix.web.experiences.enums import ConcernState
from portevoix.web.experiences.models import Concern, Experience, Transfer
from portevoix.web.journal.actions import record
from portevoix.web.replies import tracing
from portevoix.web.replies.enums import DraftState, Improvement, StepKind
from portevoix.web.replies.models import Draft, ProposedReply, Reply, SetAside

CORRECTION: Final = timedelta(minutes=30)
_OPEN: Final = (DraftState.WRITING, DraftState.RETURNED)
_BLANK: Final = re.compile(r"\{[^{}\n]{1,60}\}|\[à compléter[^\]\n]{0,300}\]")


class NotReadyError(PortevoixError):
    """Cette réponse n'est pas prête à partir."""


@dataclass(frozen=True, slots=True)
class Words:
    """What an agent writes."""

    salutation: str = ""
    text: str = ""
    closing: str = ""
    signature: str = ""
    improvement_status: str = Improvement.NONE
    improvement_text: str = ""
    committed_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer as it is now; `aside` when a colleague had saved first and these words wait."""

    draft: Draft
    aside: bool = False


def words_of(draft: Draft, text: str) -> Words:
    """The words of an answer with another text in the middle."""
    kept = {field.name: getattr(draft, field.name) for field in fields_of(Words)}
    return Words(**{**kept, "text": text})


def blanks(text: str) -> list[str]:
    """The places of a template that nobody completed."""
    return _BLANK.findall(text)


@transaction.atomic
def save(
    concern: Concern,
    words: Words,
    version: int,
    actor: Agent,
    kind: str = StepKind.WROTE,
) -> Saved:
    """Keep what is written. `version` is the one the writer started from.

    When a colleague saved in between, what they wrote stands; these words are set aside.
    """
    draft = _draft_for(concern, actor)
    fields = asdict(words)
    if draft.pk is None:
        return _first(concern, fields, actor, kind)
    if not _changes(draft, fields):
        return Saved(draft)
    # Compared in the database: of two saves at once, one alone finds the version it knew.
    saved = Draft.objects.filter(pk=draft.pk, version=version).update(
        **fields, version=F("version") + 1, author=actor, updated_at=timezone.now()
    )
    if not saved:
        return _set_aside(draft, words, actor)
    tracing.note_step(concern, draft.text, words.text, actor, kind)
    draft.refresh_from_db()
    return Saved(draft)


def _first(concern: Concern, fields: dict[str, Any], actor: Agent, kind: str) -> Saved:
    draft = Draft(concern=concern, structure=concern.structure, author=actor, **fields)
    draft.version = 1
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        # A colleague began at the same moment.
        existing = Draft.objects.get(concern=concern)
        return _set_aside(existing, Words(**fields), actor)
    tracing.note_step(concern, "", draft.text, actor, kind)
    return Saved(draft)


def _draft_for(concern: Concern, actor: Agent) -> Draft:
    found = Draft.objects.filter(concern=concern).first()
    if found is not None and found.structure_id != concern.structure_id:
        # What the former service was writing is not this one's.
        found.delete()
        tracing.forget(concern)
        found = None
    draft = found or Draft(concern=concern)
    validates = draft.state == DraftState.TO_VALIDATE and may(actor, Verb.VALIDATE_REPLY, concern)
    if not validates:
        require(actor, Verb.ANSWER, concern)
        if draft.state not in _OPEN:
            raise WrongStateError
    return draft


def _changes(draft: Draft, fields: dict[str, Any]) -> bool:
    return any(getattr(draft, name) != value for name, value in fields.items())


def _set_aside(draft: Draft, words: Words, actor: Agent) -> Saved:
    SetAside.objects.update_or_create(
        draft=draft, author=actor, defaults={"text": words.text, "at": timezone.now()}
    )
    return Saved(draft, aside=True)


@transaction.atomic
def take_up(draft: Draft, actor: Agent) -> None:
    """Forget the text that was set aside: its writer has taken up what they wanted of it."""
    SetAside.objects.filter(draft=draft.pk, author=actor).delete()


@transaction.atomic
def submit(draft: Draft, actor: Agent) -> Draft:
    """Send the answer: to a super-agent where the network asks for it, else towards publication."""
    require(actor, Verb.ANSWER, draft)
    _require_ready(draft)
    network = draft.concern.network
    if network and network.validates_replies and not may(actor, Verb.VALIDATE_REPLY, draft):
        _move(draft, _OPEN, DraftState.TO_VALIDATE, returned_message="")
        record("submit_reply", draft.concern.experience, actor=actor, rank=draft.concern.rank)
        return draft
    return _send(draft, actor, _OPEN)


@transaction.atomic
def validate(draft: Draft, actor: Agent) -> Draft:
    """A super-agent agrees: the answer goes towards publication."""
    require(actor, Verb.VALIDATE_REPLY, draft)
    _require_ready(draft)
    return _send(draft, actor, (DraftState.TO_VALIDATE,), validated_by=actor)


@transaction.atomic
def send_back(draft: Draft, message: str, actor: Agent) -> Draft:
    """A super-agent asks for a change, and says which."""
    require(actor, Verb.VALIDATE_REPLY, draft)
    if not message.strip():
        raise NotReadyError(_("Dites ce qu’il faut changer."))
    _move(draft, (DraftState.TO_VALIDATE,), DraftState.RETURNED, returned_message=message)
    record("send_back_reply", draft.concern.experience, actor=actor, rank=draft.concern.rank)
    return draft


@transaction.atomic
def recall(draft: Draft, actor: Agent) -> Draft:
    """Take a sent answer back while it can be: nobody outside has read it."""
    if not may(actor, Verb.ANSWER, draft):
        require(actor, Verb.VALIDATE_REPLY, draft)
    _move(draft, (DraftState.LEAVING,), DraftState.WRITING, leaves_at=None, validated_by=None)
    record("recall_reply", draft.concern.experience, actor=actor, rank=draft.concern.rank)
    return draft


def _send(draft: Draft, actor: Agent, former: tuple[str, ...], **fields: Any) -> Draft:
    _move(draft, former, DraftState.LEAVING, leaves_at=timezone.now() + CORRECTION, **fields)
    record("send_reply", draft.concern.experience, actor=actor, rank=draft.concern.rank)
    return draft


def _require_ready(draft: Draft) -> None:
    if not draft.text.strip():
        raise NotReadyError(_("Écrivez votre réponse avant de l’envoyer."))
    if not draft.signature.strip():
        raise NotReadyError(_("Dites quel service signe la réponse."))
    left = blanks(draft.whole)
    if left:
        raise NotReadyError(_("Complétez ce passage : %(blank)s") % {"blank": left[0]})
    if not draft.concern.experience.public:
        raise WrongStateError


def _move(draft: Draft, former: tuple[str, ...], to: str, **fields: Any) -> None:
    moved = Draft.objects.filter(pk=draft.pk, state__in=former, version=draft.version).update(
        state=to, **fields
    )
    if not moved:
        raise WrongStateError
    for name, value in {"state": to, **fields}.items():
        setattr(draft, name, value)


def publish_due() -> int:
    """Publish the answers whose half hour is over; the clock calls it. Return how many."""
    due = Draft.objects.filter(state=DraftState.LEAVING, leaves_at__lte=timezone.now())
    return sum(publish(pk) for pk in due.order_by("leaves_at").values_list("pk", flat=True)[:100])


@transaction.atomic
def publish(pk: int) -> bool:
    """Make one sent answer public, tell its author; False when it was taken back meanwhile."""
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("concern__experience", "concern__network", "concern__structure", "author")
        .filter(pk=pk, state=DraftState.LEAVING)
        .first()
    )
    if draft is None:
        return False
    concern, now = draft.concern, timezone.now()
    if not concern.experience.public:
        # Withdrawn by its author meanwhile: there is nothing left to answer.
        draft.delete()
        return False
    reply = _published(draft, now)
    tracing.close(reply)
    _date(concern, now)
    letters.answered(concern.experience, concern.name, draft.whole)
    record(
        "publish_reply", concern.experience, actor=draft.author, rank=concern.rank, reply=reply.pk
    )
    draft.delete()
    return True


def _published(draft: Draft, now: datetime) -> Reply:
    proposals = tuple(ProposedReply.objects.filter(concern=draft.concern))
    latest = proposals[0].text if proposals else None
    edits = tracing.edits(draft.text, proposals)
    return Reply.objects.create(
        concern=draft.concern,
        salutation=draft.salutation,
        text=draft.text,
        closing=draft.closing,
        signature=draft.signature,
        author=draft.author,
        published_at=now,
        ai_similarity=None if latest is None else round(fuzz.ratio(latest, draft.text)),
        **(asdict(edits) if edits else {}),
        improvement_status=draft.improvement_status,
        improvement_text=draft.improvement_text,
        committed_on=draft.committed_on,
        done_on=draft.done_on,
    )


def _date(concern: Concern, now: datetime) -> None:
    """The first answer stops the clock; a second one does not start it again."""
    assert concern.published_at is not None  # noqa: S101 (public, checked by the caller)
    hours = max(0, round((now - concern.published_at).total_seconds() / 3600))
    Concern.objects.filter(pk=concern.pk).update(state=ConcernState.ANSWERED)
    Concern.objects.filter(pk=concern.pk, answered_at=None).update(
        answered_at=now, answer_hours=hours
    )
    Experience.objects.filter(pk=concern.experience_id).update(answered=True)
    Experience.objects.filter(pk=concern.experience_id, answered_at=None).update(answered_at=now)


@transaction.atomic
def hand_over(
    concern: Concern, structure: Structure, actor: Agent, reason: str, word: str = ""
) -> Transfer:
    """Transfer a part; what was being written here stays with no one."""
    draft = Draft.objects.filter(concern=concern).first()
    if draft is not None:
        if draft.state == DraftState.LEAVING:
            raise WrongStateError
        draft.delete()
    tracing.forget(concern)
    return handling.hand_over(concern, structure, actor, reason, word)


@transaction.atomic
def announce_improvement(
    reply: Reply, status: str, text: str, on: date | None, actor: Agent
) -> None:
    """Say what changes after a story: committed, then done; the author is told each time."""
    require(actor, Verb.ANNOUNCE_IMPROVEMENT, reply)
    if status != Improvement.NONE and not text.strip():
        raise NotReadyError(_("Dites ce qui change."))
    former = reply.improvement_status
    reply.improvement_status, reply.improvement_text = status, text
    on = on or timezone.localdate()
    if status == Improvement.COMMITTED:
        reply.committed_on, reply.done_on = on, None
    elif status == Improvement.DONE:
        reply.done_on = on
    reply.save(update_fields=["improvement_status", "improvement_text", "committed_on", "done_on"])
    if status not in {Improvement.NONE, former}:
        letters.improved(reply.concern.experience, reply.concern.name, text)
    record("announce_improvement", reply.concern.experience, actor=actor, status=status)
