"""What a dictation says, one message at a time: `partial`, `final`, `error`, `stop`.

A sentence has a number; each message about it has a higher `revision`. A page keeps, for each
sentence, the text of the highest revision: that is how words grow, settle, and are taken back.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Final

from portevoix.speech.writing.notices import Notice

VERSION: Final = 1
"""Of the shape of messages: a field may be added, none is changed or removed without a new one."""


class Trouble(StrEnum):
    """What went wrong. Values go to the page: they never change."""

    UNAVAILABLE = "unavailable"
    BUSY = "busy"
    ENGINE = "engine"
    FORMAT = "format"


class Reason(StrEnum):
    """Why a dictation stopped."""

    ASKED = "asked"
    SILENCE = "silence"
    LENGTH = "length"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Partial:
    """What is heard of a sentence so far; it may change entirely."""

    type: ClassVar[str] = "partial"
    sentence: int
    revision: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands. `before` goes between it and what precedes. Empty: taken back."""

    type: ClassVar[str] = "final"
    sentence: int
    revision: int
    text: str
    before: str = " "
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, in a sentence for the person. Not permanent: speaking again may do."""

    type: ClassVar[str] = "error"
    code: Trouble
    text: str
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """The last message: why, what to tell, seconds of sound received and sentences written."""

    type: ClassVar[str] = "stop"
    reason: Reason
    text: str
    heard: float
    sentences: int


Message = Partial | Sentence | Failure | Stop


def as_record(message: Message) -> dict[str, Any]:
    """The JSON of a message."""
    return {"version": VERSION, "type": message.type, **asdict(message)}


@dataclass(slots=True)
class Transcript:
    """The text that messages make: what a page does with them, in a few lines."""

    sentences: dict[int, Partial | Sentence] = field(default_factory=dict)

    def apply(self, message: Message) -> None:
        """Take a message into account; the order of arrival does not matter."""
        if isinstance(message, Partial | Sentence):
            known = self.sentences.get(message.sentence)
            if known is None or known.revision < message.revision:
                self.sentences[message.sentence] = message

    @property
    def text(self) -> str:
        out = ""
        for _, sentence in sorted(self.sentences.items()):
            before = sentence.before if isinstance(sentence, Sentence) else " "
            if sentence.text:
                out += (before if out or "\n" in before else "") + sentence.text
        return out
