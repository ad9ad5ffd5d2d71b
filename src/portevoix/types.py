"""The nouns that every part of the library shares.

Stored values are English and stable; French labels are in `labels`. Codes and polarities keep the
letters of the annotation guide, which are the field's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Feeling(StrEnum):
    """What the author declares of the whole experience (ressenti)."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Polarity(StrEnum):
    """What a segment says, computed (tonalité). Never shown for a declared feeling."""

    FAVOURABLE = "P"
    UNFAVOURABLE = "N"
    NEUTRAL = "0"


class Expectation(StrEnum):
    """What a segment is about: the codes of the annotation guide, in its order.

    The order is that of the columns of every probability array of the library.
    """

    ACC = "ACC"
    ECO = "ECO"
    PRO = "PRO"
    TEL = "TEL"
    RDV = "RDV"
    ATT = "ATT"
    DEL = "DEL"
    SUI = "SUI"
    INF = "INF"
    SIM = "SIM"
    NUM = "NUM"
    ACS = "ACS"
    DRO = "DRO"
    COO = "COO"
    SEC = "SEC"
    GEN = "GEN"
    RIEN = "RIEN"


class Tag(StrEnum):
    """The five general tags of Services Publics+, each with a feeling of its own or none."""

    ACCESSIBILITY = "accessibility"
    INFORMATION = "information"
    RELATION = "relation"
    REACTIVITY = "reactivity"
    SIMPLICITY = "simplicity"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one structure answered, and what people thought of it.

    `similarity` is the official « Taux de similarité réponse IA » (0 to 100), None when not given.
    `kept`, `changed`, `written` count its sentences beside the draft of a machine, None without
    one; `cited` are the addresses of the pages they rest on.
    """

    text: str = ""
    published: datetime | None = None
    signature: str = ""
    similarity: int | None = None
    author_found_useful: bool | None = None
    useful: int = 0
    not_useful: int = 0
    kept: int | None = None
    changed: int | None = None
    written: int | None = None
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concern:
    """One structure an experience is about, with the channels used (up to three an experience).

    `reply` is read only by those who ask for answers.
    """

    structure_id: str = ""
    structure: str = ""
    network: str = ""
    country: str = ""
    postcode: str = ""
    channels: tuple[str, ...] = ()
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the services made of an experience: whether they answered, what they change."""

    answered: bool = False
    improvement_considered: bool = False
    action: str = ""
    committed: datetime | None = None
    done: datetime | None = None
    trade_tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Experience:
    """One experience as deposited or as read from an official file; `text` is as written.

    `departement` is an INSEE code ("01", "2A", "974"), empty when unknown. `written` and
    `published` are naive local times of the source. `page` is where it can be read on the web.
    `line` is the line of the record in its file, 0 when it has none.
    """

    id: str
    text: str
    title: str = ""
    written: datetime | None = None
    published: datetime | None = None
    feeling: Feeling | None = None
    departement: str = ""
    region: str = ""
    country: str = ""
    posted_as: str = ""
    pseudonym: str = ""
    procedures: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
    tags: dict[Tag, Feeling] = field(default_factory=dict)
    similar: int = 0
    follow_up: FollowUp | None = None
    page: str = ""
    fictional: bool = False
    file: str = ""
    line: int = 0

    @property
    def day(self) -> date | None:
        """The day it is counted on: when it was written, else published."""
        moment = self.written or self.published
        return moment.date() if moment else None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one text: `text == source[start:end]`, positions in code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Something that would identify a person: `source[start:end]`, why, how sure (0 to 1)."""

    start: int
    end: int
    kind: str
    score: float
    reason: str
