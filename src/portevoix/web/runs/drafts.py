"""Search and drafts, asked of the engines; the index kept in step with what the site knows."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portevoix.opendata.articles import Article
from portevoix.reply import Draft, Story, Style
from portevoix.search import Changes, Hit, Kind, from_article
from portevoix.types import Feeling
from portevoix.web.runs.actions import call, engines
from portevoix.web.runs.enums import Capability, Outcome
from portevoix.web.runs.models import Run

STANDARD: Final = str(Style.STANDARD)
SHORT: Final = str(Style.SHORT)
EASY: Final = str(Style.EASY)
_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Drafted:
    """A proposed answer, whoever wrote it. Nothing of it is sent without a person."""

    draft: Draft
    run: Run

    @property
    def fell_back(self) -> bool:
        """Whether the chosen engine failed and the embedded one served."""
        return bool(self.draft.notes)


def search(text: str, *, network: str = "", limit: int = 10) -> list[Hit]:
    """Find the articles that answer a question, with the passages to quote."""
    with call(Capability.SEARCH, text):
        index = engines().index
        index.refresh()
        return index.search(text, network=network, limit=limit)


def draft(
    text: str,
    *,
    title: str = "",
    network: str = "",
    structure: str = "",
    procedure: str = "",
    feeling: str = "",
    style: str = STANDARD,
    identifier: str = "",
) -> Drafted:
    """Propose an answer to one published story; the agent completes, corrects and signs."""
    story = Story(
        id=identifier,
        text=text,
        title=title,
        network=network,
        structure=structure,
        procedure=procedure,
        feeling=Feeling(feeling) if feeling in set(Feeling) else None,
    )
    with call(Capability.DRAFT, title, text) as run:
        engines().index.refresh()
        made = engines().drafter.draft(story, Style(style))
        _note(run, made)
    return Drafted(made, run)


def _note(run: Run, made: Draft) -> None:
    """Keep on the Run which engine served, and whether it was the one asked for."""
    run.items = 1
    run.engine = made.engine
    run.prompt_version = made.prompt
    run.tokens = made.tokens or None
    if made.model:
        run.model = made.model
    if made.notes:
        run.outcome = Outcome.FALLBACK
    run.save(update_fields=["items", "engine", "model", "prompt_version", "tokens"])


def keep_articles(articles: Iterable[Article]) -> Changes:
    """Bring the index in step with the articles of the site. Raises `IndexBusyError`."""
    documents = [from_article(article) for article in articles]
    with _writing, call(Capability.SEARCH, *(document.key for document in documents)):
        return engines().index.sync(Kind.ARTICLE, documents)
