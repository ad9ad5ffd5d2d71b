"""The story as a moderator reads it: what was found underlined in three styles, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext_lazy as _

from portevoix.web.experiences.models import Experience
from portevoix.web.moderation.masks import Mask
from portevoix.web.moderation.models import ProposedVerdict
from portevoix.web.runs import actions as runs

NAME, INSULT, DANGER = "name", "insult", "danger"
_SAID: Final = {
    NAME: _("donnée personnelle"),
    INSULT: _("propos contraire à la charte"),
    DANGER: _("urgence"),
}
# A reason that covers nearly all the story is said beside it: underlining everything shows nothing.
_WHOLE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that the moderator should see, its style and why."""

    start: int
    end: int
    style: str
    why: str = ""

    @property
    def said(self) -> str:
        """The style in words, for those who do not see it."""
        return str(_SAID[self.style])


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive characters of one line under the same marks; `start` is their place."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def style(self) -> str:
        """The gravest: danger, then insult, then name."""
        styles = {mark.style for mark in self.marks}
        return next((style for style in (DANGER, INSULT, NAME) if style in styles), "")

    @property
    def said(self) -> str:
        return ", ".join(dict.fromkeys(mark.said for mark in self.marks))

    @property
    def why(self) -> str:
        return " · ".join(dict.fromkeys(mark.why for mark in self.marks if mark.why))


def of_text(
    experience: Experience, proposal: ProposedVerdict | None, masks: Iterable[Mask]
) -> list[list[Piece]]:
    """The lines of the text, in pieces."""
    marks = [Mark(m.start, m.end, NAME, m.label) for m in masks if _personal(m, "text")]
    if proposal is not None:
        marks += _reasons(proposal.reasons, INSULT, len(experience.text))
        marks += _reasons(proposal.urgency_reasons, DANGER, len(experience.text))
    return _lines(experience.text, marks)


def of_title(experience: Experience, masks: Iterable[Mask]) -> list[Piece]:
    """The title, in pieces."""
    marks = [Mark(m.start, m.end, NAME, m.label) for m in masks if m.part == "title"]
    return [piece for line in _lines(experience.title, marks) for piece in line]


def _personal(mask: Mask, part: str) -> bool:
    return mask.part == part and mask.kind != runs.WORDS


def _reasons(reasons: Sequence[dict[str, object]], style: str, length: int) -> list[Mark]:
    return [
        Mark(start, end, style, runs.rule_name(str(reason["rule"])))
        for reason in reasons
        if isinstance(start := reason["start"], int)
        and isinstance(end := reason["end"], int)
        and 0 < end - start < _WHOLE * length
    ]


def _lines(text: str, marks: Sequence[Mark]) -> list[list[Piece]]:
    """Cut where a line ends and where a mark starts or ends."""
    lines, start = [], 0
    for line in text.splitlines(keepends=True) or [""]:
        told = line.rstrip("\r\n")
        here = [mark for mark in marks if mark.start < start + len(told) and mark.end > start]
        lines.append(_pieces(told, start, here))
        start += len(line)
    return lines


def _pieces(line: str, offset: int, marks: Sequence[Mark]) -> list[Piece]:
    last = offset + len(line)
    edges = {offset, last} | {m.start for m in marks} | {m.end for m in marks}
    cuts = sorted(edge for edge in edges if offset <= edge <= last)
    return [
        Piece(
            start,
            line[start - offset : end - offset],
            tuple(m for m in marks if m.start <= start and m.end >= end),
        )
        for start, end in pairwise(cuts)
    ]
