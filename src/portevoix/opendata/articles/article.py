"""A knowledge article: what a service knows and may tell, with its address and its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portevoix.opendata.reading import Refusal

# A page nobody checked for a year is shown as one to check again.
FRESH = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Section:
    """A passage of an article: what can be quoted."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article.

    `lead` repeats its first lines, by which it is known. `path` goes from the widest theme to the
    narrowest. `checked` is the day someone last made sure that it is right. `network` is empty
    when it serves every network.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    url: str = ""
    lead: str = ""
    path: tuple[str, ...] = ()
    network: str = ""
    audience: str = ""
    checked: date | None = None
    acronyms: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything it says, headings included."""
        parts: list[str] = []
        for section in self.sections:
            parts += filter(None, (section.heading, section.text))
        return "\n".join(parts)


def is_stale(checked: date | None, today: date) -> bool:
    """Whether an article should be checked again before it is quoted."""
    return checked is None or today - checked > FRESH


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What was read of a folder: articles by identifier, and what could not be used."""

    articles: tuple[Article, ...]
    refused: tuple[Refusal, ...] = ()
