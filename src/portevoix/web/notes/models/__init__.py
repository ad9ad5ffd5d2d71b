"""Studies and their notes, what people chose of them, improvements."""

from __future__ import annotations

from portevoix.web.notes.models.choices import (
    ChosenLead,
    ChosenQuote,
    ChosenTheme,
    CorrectionReview,
    PrivateLink,
    Signature,
    Wording,
)
from portevoix.web.notes.models.improvements import (
    Effect,
    Improvement,
    Step,
)
from portevoix.web.notes.models.readings import (
    Block,
    Reading,
)
from portevoix.web.notes.models.studies import (
    Evidence,
    ModelWording,
    NoteVersion,
    ProposedLead,
    ProposedTheme,
    Scope,
    Study,
)

__all__ = (
    "Block",
    "ChosenLead",
    "ChosenQuote",
    "ChosenTheme",
    "CorrectionReview",
    "Effect",
    "Evidence",
    "Improvement",
    "ModelWording",
    "NoteVersion",
    "PrivateLink",
    "ProposedLead",
    "ProposedTheme",
    "Reading",
    "Scope",
    "Signature",
    "Step",
    "Study",
    "Wording",
)
