"""« Proposer une réponse »: a machine proposes, the agent takes what they want of it."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.experiences.models import Concern
from portevoix.web.journal.actions import record
from portevoix.web.replies import lots
from portevoix.web.replies.drafting import Saved, save, words_of
from portevoix.web.replies.enums import StepKind
from portevoix.web.replies.models import Draft, ProposedReply
from portevoix.web.runs import drafts

# The letter has fields of its own for these.
_AROUND: Final = frozenset({"greeting", "closing", "signature"})


class NoProposalError(PortevoixError):
    """Aucune réponse n'a pu être proposée."""


def propose(concern: Concern, actor: Agent, style: str = drafts.STANDARD) -> ProposedReply:
    """Ask for a draft and keep it as it is. Raises `NoProposalError`, `NotAllowedError`."""
    require(actor, Verb.ANSWER, concern)
    if not lots.draw(concern):
        raise NoProposalError(_("Ce récit a été tiré au sort pour être traité sans l’aide."))
    experience = concern.experience
    known = style if style in drafts.STYLES else drafts.STANDARD
    drafted = drafts.draft(
        experience.published_text,
        title=experience.published_title,
        network=concern.network.name if concern.network else "",
        structure=concern.name,
        feeling=experience.feeling,
        style=known,
        procedure=experience.procedure,
        identifier=str(experience.number),
    )
    draft = drafted.draft
    if not draft.sentences:
        raise NoProposalError(_("Aucune réponse proposée : %(why)s.") % {"why": draft.abstained})
    with transaction.atomic():
        proposed = ProposedReply.objects.create(
            concern=concern,
            run=drafted.run,
            text=drafts.body(draft, _AROUND),
            parts=drafts.parts(draft, _AROUND),
            told=drafts.told(draft),
            asked_by=actor,
        )
        record("propose_reply", experience, actor=actor, rank=concern.rank, style=known)
    return proposed


def take_up(draft: Draft, proposed: ProposedReply, actor: Agent) -> Saved:
    """Put a proposal in the answer being written, after what is already there."""
    text = "\n\n".join(filter(None, (draft.text.strip(), proposed.text)))
    return save(draft.concern, words_of(draft, text), draft.version, actor, StepKind.TOOK_UP)
