"""What is hidden of a story before it is published: stretches, never other words.

A moderator hides; they do not rewrite. So a decision keeps places (« text-12-20-PERSON ») and what
is published is always made again from what the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from portevoix.errors import PortevoixError
from portevoix.web.experiences.models import Experience
from portevoix.web.moderation.models import ProposedVerdict
from portevoix.web.runs import actions as runs

PARTS: Final = ("title", "text")
# Rules whose stretches are proposed for masking: the rest of the story may deserve to be read.
_HIDDEN_RULES: Final = frozenset({"injure", "injure_masquee", "haine"})
_CODE: Final = re.compile(r"(title|text)-([0-9]{1,6})-([0-9]{1,6})-([A-Z_]{3,12})")


class NotInStoryError(PortevoixError):
    """Ce passage n'est pas dans le récit."""


@dataclass(frozen=True, slots=True, order=True)
class Mask:
    """One stretch of the title or the text, and the kind of words that takes its place."""

    part: str
    start: int
    end: int
    kind: str

    @property
    def code(self) -> str:
        return f"{self.part}-{self.start}-{self.end}-{self.kind}"

    @property
    def label(self) -> str:
        return runs.MASK_LABELS[self.kind]

    def words(self, experience: Experience) -> str:
        """What it hides."""
        return _part(experience, self.part)[self.start : self.end]


def proposed(proposal: ProposedVerdict, experience: Experience) -> list[Mask]:
    """What the engine proposes to hide, in the order of the story."""
    found = [Mask("title", f["start"], f["end"], f["kind"]) for f in proposal.title_findings]
    found += [Mask("text", f["start"], f["end"], f["kind"]) for f in proposal.findings]
    found += [
        Mask("text", reason["start"], reason["end"], runs.WORDS)
        for reason in proposal.reasons
        if reason["rule"] in _HIDDEN_RULES
    ]
    return sorted(mask for mask in set(found) if _stands(mask, experience))


def read(codes: Iterable[str], experience: Experience) -> list[Mask]:
    """The masks that a form sent; what is not a stretch of this story is left out."""
    matches = filter(None, map(_CODE.fullmatch, codes))
    masks = {Mask(m[1], int(m[2]), int(m[3]), m[4]) for m in matches}
    return sorted(mask for mask in masks if _stands(mask, experience))


def find(words: str, kind: str, experience: Experience) -> list[Mask]:
    """Every place where these words stand, in the title and the text. None: `NotInStoryError`."""
    wanted = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    masks = [
        Mask(part, place.start(), place.end(), kind)
        for part in PARTS
        for place in wanted.finditer(_part(experience, part))
    ]
    if not words.strip() or not masks or kind not in runs.MASK_LABELS:
        raise NotInStoryError
    return masks


def apply(experience: Experience, masks: Sequence[Mask]) -> tuple[str, str]:
    """The title and the text with these stretches hidden."""
    title, text = (
        runs.mask(_part(experience, part), [(m.start, m.end, m.kind) for m in _apart(masks, part)])
        for part in PARTS
    )
    return title, text


def _apart(masks: Sequence[Mask], part: str) -> list[Mask]:
    """The masks of one part, those that overlap made one: the first says the kind."""
    merged: list[Mask] = []
    for mask in sorted(mask for mask in masks if mask.part == part):
        last = merged[-1] if merged else None
        if last is not None and mask.start < last.end:
            merged[-1] = Mask(part, last.start, max(last.end, mask.end), last.kind)
        else:
            merged.append(mask)
    return merged


def _stands(mask: Mask, experience: Experience) -> bool:
    length = len(_part(experience, mask.part))
    return mask.kind in runs.MASK_LABELS and 0 <= mask.start < mask.end <= length


def _part(experience: Experience, part: str) -> str:
    return experience.title if part == "title" else experience.text
