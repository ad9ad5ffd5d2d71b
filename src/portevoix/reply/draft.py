"""What a drafter returns: sentences that each say where they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

BLANK_OPENS: Final = "[à compléter : "
BLANK_CLOSES: Final = "]"


class PointKind(StrEnum):
    """What a passage of the story does."""

    PRAISE = "praise"
    REPROACH = "reproach"
    QUESTION = "question"
    SUGGESTION = "suggestion"


class SentenceKind(StrEnum):
    """Where a sentence comes from: a source, good manners, the story itself, or the agent."""

    GREETING = "greeting"
    COURTESY = "courtesy"
    ACKNOWLEDGEMENT = "acknowledgement"
    ANSWER = "answer"
    TEMPLATE = "template"
    BLANK = "blank"
    CLOSING = "closing"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Source:
    """The passage a sentence rests on; `quote` is an exact stretch of it."""

    id: str
    title: str
    url: str
    quote: str
    passage: str = ""
    checked: date | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """Something the author says that calls for a word: `text` is an exact stretch of the story.

    `topic` and `label` name what it is about exactly, when that is known. `words` is what can be
    quoted of it, empty when nothing reads well alone. `answered` is true when a source answers it,
    or when it asks for nothing more than thanks.
    """

    kind: PointKind
    text: str
    start: int
    end: int
    expectation: str
    topic: str = ""
    label: str = ""
    words: str = ""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the draft. `point` is the rank of the point it speaks to, None for none.

    `opens` when it starts a paragraph.
    """

    text: str
    kind: SentenceKind
    source: Source | None = None
    point: int | None = None
    opens: bool = False

    @property
    def has_blank(self) -> bool:
        return BLANK_OPENS in self.text


@dataclass(frozen=True, slots=True)
class Blank:
    """Something only the agent knows: where it stands in the draft, and what is asked."""

    start: int
    end: int
    asks: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that a check refused, and why, in French."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Check:
    """Something verified of the whole draft: what, whether it holds, in French."""

    name: str
    holds: bool
    said: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer to complete.

    `abstained` says why facts, or all, are left to the agent; `notes` what they should know of how
    it was made. `model`, `prompt` and `tokens` are those of a language model, when one served.
    """

    sentences: tuple[Sentence, ...]
    points: tuple[Point, ...]
    engine: str
    abstained: str = ""
    dropped: tuple[Dropped, ...] = ()
    checks: tuple[Check, ...] = ()
    readability: str = ""
    notes: tuple[str, ...] = field(default=())
    model: str = ""
    prompt: str = ""
    tokens: int = 0

    @property
    def text(self) -> str:
        """The draft as a letter."""
        parts: list[str] = []
        for sentence in self.sentences:
            parts += [("\n\n" if sentence.opens else " ") if parts else "", sentence.text]
        return "".join(parts)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """The places to fill, in order."""
        found: list[Blank] = []
        text, at = self.text, 0
        while (start := text.find(BLANK_OPENS, at)) >= 0:
            at = text.index(BLANK_CLOSES, start) + 1
            found.append(Blank(start, at, text[start + len(BLANK_OPENS) : at - 1]))
        return tuple(found)


def blank(asks: str) -> str:
    """A place for the agent to fill."""
    return f"{BLANK_OPENS}{asks}{BLANK_CLOSES}"
