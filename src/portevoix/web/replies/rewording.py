"""Changes of wording that an agent accepted, made in the answer being written."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from portevoix.web.accounts.models import Agent
from portevoix.web.journal.actions import record
from portevoix.web.replies.drafting import Saved, save, words_of
from portevoix.web.replies.enums import StepKind
from portevoix.web.replies.models import Draft
from portevoix.web.runs.wording import Change, apply


@transaction.atomic
def reword(draft: Draft, changes: Sequence[Change], actor: Agent) -> Saved:
    """Make these changes and keep the rest of the letter. `save` checks who may."""
    words = words_of(draft, apply(draft.text, changes))
    saved = save(draft.concern, words, draft.version, actor, StepKind.REWORDED)
    concern = draft.concern
    record("reword_reply", concern.experience, actor=actor, rank=concern.rank, changes=len(changes))
    return saved
