"""What people did of an answer that a machine helped with: kept as it is written, shown after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from portevoix.web.accounts.models import Agent
from portevoix.web.experiences.models import Concern
from portevoix.web.journal.models import Entry
from portevoix.web.replies.enums import StepKind
from portevoix.web.replies.models import ProposedReply, Reply, WritingStep
from portevoix.web.runs.wording import sentences

# Saves closer than this are one sitting.
_SITTING: Final = timedelta(minutes=10)
_AS_IT_WAS: Final = 97
_CHANGED: Final = 60
_DECISIONS: Final = ("submit_reply", "send_reply", "send_back_reply", "recall_reply")


def note_step(
    concern: Concern, former: str, text: str, actor: Agent, kind: str = StepKind.WROTE
) -> None:
    """Keep that someone changed the answer: how much, not what."""
    kept = Indel.editops(former, text)
    added = sum(op.tag == "insert" for op in kept)
    removed = len(kept) - added
    if not kept:
        return
    now = timezone.now()
    last = WritingStep.objects.filter(concern=concern, reply=None).last()
    same = last is not None and last.agent_id == actor.pk and last.kind == kind
    if last is not None and same and now - last.ended_at < _SITTING:
        last.ended_at = now
        last.added += added
        last.removed += removed
        last.save(update_fields=["ended_at", "added", "removed"])
        return
    WritingStep.objects.create(
        concern=concern, kind=kind, agent=actor, added=added, removed=removed
    )


def forget(concern: Concern) -> None:
    """What a service wrote and left is no part of the next one's answer."""
    WritingStep.objects.filter(concern=concern, reply=None).delete()


def close(reply: Reply) -> None:
    """The steps of an answer that has just been published are its own."""
    WritingStep.objects.filter(concern=reply.concern_id, reply=None).update(reply=reply)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a published answer: `origin` is « machine », « changed » or « person »."""

    text: str
    origin: str
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Edits:
    """What became of proposals in an answer: sentences by kind, addresses of the pages used."""

    kept: int
    changed: int
    written: int
    cited: tuple[str, ...]


def edits(text: str, proposals: Sequence[ProposedReply]) -> Edits | None:
    """What an answer kept of what was proposed; None when nothing was."""
    if not proposals:
        return None
    said = _said(text, proposals)
    counted = _counted(said)
    used = {one.proposed or one.text for one in said if one.origin != "person"}
    parts = [part for one in proposals for part in one.sourced]
    pages = [p["source"]["url"] for p in parts if any(_same(p["text"], piece) for piece in used)]
    cited = tuple(dict.fromkeys(filter(None, pages)))
    return Edits(counted["machine"], counted["changed"], counted["person"], cited)


@dataclass(frozen=True, slots=True)
class Trace:
    """Who did what, until the answer was public."""

    reply: Reply
    proposals: Sequence[ProposedReply]
    steps: Sequence[WritingStep]
    decisions: Sequence[tuple[Entry, str]]
    said: Sequence[Said]

    @property
    def counts(self) -> Mapping[str, int]:
        return _counted(self.said)


def trace(reply: Reply) -> Trace:
    """The trace of a published answer; a fixed number of queries."""
    concern = reply.concern
    proposals = tuple(
        ProposedReply.objects.filter(concern=concern, at__lte=reply.published_at)
        .select_related("run", "asked_by")
        .order_by("at", "pk")
    )
    entries = list(
        Entry.objects.filter(
            subject_type="experience",
            subject_id=str(concern.experience_id),
            verb__in=_DECISIONS,
            data__rank=concern.rank,
            at__lte=reply.published_at,
        ).order_by("at", "pk")
    )
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    names = dict(Agent.objects.filter(pk__in=actors).values_list("pk", "name"))
    return Trace(
        reply,
        proposals,
        tuple(reply.writing_steps.select_related("agent")),
        [(entry, names.get(entry.actor_id or 0, "")) for entry in entries],
        _said(reply.text, proposals),
    )


def _counted(said: Sequence[Said]) -> dict[str, int]:
    found = {"machine": 0, "changed": 0, "person": 0}
    for one in said:
        found[one.origin] += 1
    return found


def _said(text: str, proposals: Sequence[ProposedReply]) -> list[Said]:
    offered = [s for one in proposals for s in sentences(one.text)]
    return [_origin(sentence, offered) for sentence in sentences(text)]


def _same(part: str, sentence: str) -> bool:
    """Whether a proposed part holds a sentence, give or take its punctuation."""
    return fuzz.partial_ratio(part, sentence) >= _AS_IT_WAS


def _origin(sentence: str, offered: Sequence[str]) -> Said:
    scored = [(fuzz.ratio(sentence, one), one) for one in offered]
    score, nearest = max(scored, default=(0.0, ""))
    if score >= _AS_IT_WAS:
        return Said(sentence, "machine")
    if score >= _CHANGED:
        return Said(sentence, "changed", nearest)
    return Said(sentence, "person")
