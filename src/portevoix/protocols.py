"""What each capability must be able to do, whoever serves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from portevoix.text.readings import ReadText
    from portevoix.text.screen import Screening
    from portevoix.types import PersonalData


class Redactor(Protocol):
    """Finds what would identify a person in one text; positions are those of the text given."""

    def find(self, text: str) -> list[PersonalData]: ...

    def redact(self, text: str) -> str: ...


class ExpectationReader(Protocol):
    """Reads texts into segments with expectation, polarity, suggestion; one result per text."""

    def read(self, texts: Sequence[str]) -> list[ReadText]: ...


class Screener(Protocol):
    """Proposes a verdict and an urgency to the moderator; decides nothing."""

    def screen(self, text: str, title: str = "") -> Screening: ...


class Ranker(Protocol):
    """Says how well texts answer a question, beside the words they share with it."""

    @property
    def name(self) -> str: ...

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score a text, higher is better. Raises `TemporaryError`, `PortevoixError`."""
        ...


class Progress(Protocol):
    """Told how far long work has gone."""

    def __call__(self, step: str, done: int, total: int) -> None: ...
