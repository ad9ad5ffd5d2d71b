"""The one document model that every renderer draws: sections of sentences, each with its proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from portevoix.corpus.findings import Change, Finding, Findings, Quote, SuggestionGroup, Theme
from portevoix.note.levers import Lever
from portevoix.types import Expectation, Feeling


@dataclass(frozen=True, slots=True)
class Source:
    """An experience of the scope as it may be shown: `text` is redacted."""

    id: str
    text: str
    title: str = ""
    day: date | None = None
    feeling: Feeling | None = None
    structures: tuple[str, ...] = ()
    departements: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked of the findings; kept in the note so that anyone can do it again."""

    minimum: int = 5
    compare: str = "previous"
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement. `count == len(evidence)`; both empty for a sentence that states no fact."""

    text: str
    count: int = 0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One item of a section. `rows` are named statements (« Qui », « Quand »)."""

    title: str
    sentences: tuple[Sentence, ...] = ()
    details: tuple[Sentence, ...] = ()
    rows: tuple[tuple[str, Sentence], ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: a share (0 to 1) with its interval when it has one, and its count."""

    label: str
    count: int
    share: float
    low: float | None = None
    high: float | None = None
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, the sentence that says what to see, and the heading of its table."""

    key: str
    caption: str
    summary: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    points: tuple[Point, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead(Finding):
    """A concrete proposal: what is lived, what is asked, and a lever made specific.

    `count`, `share`, `interval` and `evidence` are those of what it answers, named by `origin`: a
    precise sub-subject of the pain point `theme`, that pain point, or a change.
    """

    lever: Lever | None = None
    expectation: Expectation = Expectation.GEN
    origin: str = ""
    asked: tuple[SuggestionGroup, ...] = ()
    change: Change | None = None
    subject: str = ""
    subject_count: int = 0
    structures: tuple[tuple[str, int], ...] = ()
    weight: float = 0.0
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class Figure(Finding):
    """A key figure: all experiences, or those of a feeling, month, structure…"""

    kind: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note written. `sources` hold the evidence to open, in the order of the input."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    findings: Findings
    figures: tuple[Figure, ...]
    leads: tuple[Lead, ...]
    options: Options
    sources: Mapping[str, Source]

    def section(self, key: str) -> Section:
        return next(section for section in self.sections if section.key == key)


class Readable(Protocol):
    """What renderers of pages need: a note, or one that people worked on."""

    @property
    def title(self) -> str: ...

    @property
    def subtitle(self) -> str: ...

    @property
    def sections(self) -> Sequence[Section]: ...

    @property
    def options(self) -> Options: ...

    @property
    def sources(self) -> Mapping[str, Source]: ...
