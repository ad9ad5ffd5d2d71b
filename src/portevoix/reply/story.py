"""What an answer is asked for, and how this service writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portevoix.types import Feeling


class Style(StrEnum):
    """How the draft is written. `EASY`: short lines, for people who read with difficulty; `WARM`:
    closer to what the person lived.
    """

    STANDARD = "standard"
    SHORT = "short"
    EASY = "easy"
    WARM = "warm"


@dataclass(frozen=True, slots=True)
class Story:
    """One published experience, redacted: what is quoted of it will be read by everyone."""

    id: str
    text: str
    title: str = ""
    network: str = ""
    structure: str = ""
    procedure: str = ""
    feeling: Feeling | None = None


@dataclass(frozen=True, slots=True)
class Manners:
    """The words by which a service opens and closes its answers."""

    greeting: str = "Bonjour,"
    closing: str = "Bonne journée à vous,"
    signature: str = ""
