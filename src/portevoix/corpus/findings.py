"""What a corpus says, as statements each with its count, interval and evidence.

A finding holds identifiers and numbers, never sentences: the note writes them. Shares are of the
experiences of the scope (0 to 1), never of segments. `count` is how many experiences of
`evidence` carry the statement: `count == len(evidence)`, so that anyone can recount it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portevoix.types import Expectation, Feeling, Polarity


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval of a share, both ends in 0 to 1 (of a difference or ratio where said)."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact stretch of the redacted text of an experience: `text == redacted[start:end]`."""

    experience: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement about the scope, with what proves it. `evidence` in the order of the input.

    `topic` is the code of the precise sub-subject that it tells, or empty.
    """

    label: str
    count: int
    share: float
    interval: Interval
    evidence: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()
    topic: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Theme(Finding):
    """A strength or a pain point: an expectation met or not.

    `share` is corrected for the classifier's errors; `raw_share` is `count / experiences`.
    `details` are its two or three precise sub-subjects. `heard`: codes of the topics said in it,
    each with its number of experiences, even those too few to be stated.
    """

    expectation: Expectation = Expectation.GEN
    polarity: Polarity = Polarity.NEUTRAL
    raw_share: float = 0.0
    details: tuple[Finding, ...] = ()
    heard: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Subject(Finding):
    """A named thing users talk about. `favourable` and `unfavourable` count its experiences."""

    variants: tuple[str, ...] = ()
    expectation: Expectation = Expectation.GEN
    favourable: int = 0
    unfavourable: int = 0


@dataclass(frozen=True, slots=True)
class SuggestionGroup(Finding):
    """Suggestions that say the same thing; `label` says it in an infinitive when `topic` is known,
    else in the words of the clearest of them."""

    expectation: Expectation = Expectation.GEN


class ChangeKind(StrEnum):
    RISE = "rise"
    FALL = "fall"
    PEAK = "peak"


class Strength(StrEnum):
    """Whether a change passes with correction for multiplicity, or only without (signal faible)."""

    ESTABLISHED = "established"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Change(Finding):
    """A dated rise, fall or peak. `start` to `end` is when it holds (both included).

    `share` is inside the period, `share_elsewhere` outside it; `interval` is of `share`.
    `structure` and `departement` are empty when the change is of the whole scope.
    """

    kind: ChangeKind = ChangeKind.RISE
    structure: str = ""
    departement: str = ""
    start: date = date.min
    end: date = date.max
    strength: Strength = Strength.WEAK
    share_elsewhere: float = 0.0
    p_value: float = 1.0
    test: str = ""
    expectation: Expectation = Expectation.GEN
    polarity: Polarity = Polarity.UNFAVOURABLE


@dataclass(frozen=True, slots=True)
class Scope:
    """What a note is about. Empty means all. Dates included.

    Of several `networks`, the experiences of any.
    """

    networks: tuple[str, ...] = ()
    structure: str = ""
    departement: str = ""
    procedure: str = ""
    channel: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The key figures of a scope; each count is of experiences."""

    experiences: int
    segments: int
    first: date | None
    last: date | None
    feelings: dict[Feeling, int] = field(default_factory=dict)
    undeclared: int = 0
    structures: tuple[tuple[str, int], ...] = ()
    departements: tuple[tuple[str, int], ...] = ()
    channels: tuple[tuple[str, int], ...] = ()
    months: tuple[tuple[str, int], ...] = ()
    without_expectation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the corpus says of a scope."""

    scope: Scope
    figures: Figures
    strengths: tuple[Theme, ...]
    pain_points: tuple[Theme, ...]
    subjects: tuple[Subject, ...]
    suggestions: tuple[SuggestionGroup, ...]
    changes: tuple[Change, ...]
    previous: Figures | None = None
    limits: tuple[str, ...] = ()
    engine: str = ""
