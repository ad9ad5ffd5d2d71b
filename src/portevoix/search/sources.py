"""From what the library knows to documents of the index."""

from __future__ import annotations

from portevoix.opendata.articles import Article
from portevoix.search.document import Document, Kind
from portevoix.types import Experience

_LEAD_WORDS = 50


def from_article(article: Article) -> Document:
    """An article, with its questions and acronyms as other ways to ask for it."""
    acronyms = (f"{short} {full}" for short, full in article.acronyms.items())
    return Document(
        id=article.id,
        kind=Kind.ARTICLE,
        title=article.title,
        sections=tuple((section.heading, section.text) for section in article.sections),
        lead=article.lead or _opening(article.sections[0].text if article.sections else ""),
        path=article.path,
        also=(*article.questions, *acronyms),
        url=article.url,
        network=article.network,
        audience=article.audience,
        checked=article.checked,
    )


def from_experience(experience: Experience, *, network: str = "", reply: str = "") -> Document:
    """A published experience; with `reply`, a past answer to it, kept for its style."""
    return Document(
        id=experience.id,
        kind=Kind.REPLY if reply else Kind.EXPERIENCE,
        title=experience.title,
        sections=(("", experience.text),),
        lead=_opening(experience.text),
        path=experience.procedures,
        network=network,
        checked=experience.day,
        extra=reply,
    )


def _opening(text: str) -> str:
    return " ".join(text.split()[:_LEAD_WORDS])
