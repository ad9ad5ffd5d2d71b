"""Search and drafts, asked of the engines; the index kept in step with what the site knows."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from portevoix.configuration import EMBEDDED
from portevoix.opendata.articles import Article
from portevoix.reply import Draft, Story, Style
from portevoix.search import Changes, Hit, Kind, from_article
from portevoix.types import Feeling
from portevoix.web.runs.actions import call, engines
from portevoix.web.runs.enums import Capability, Outcome
from portevoix.web.runs.models import Run

STANDARD: Final = str(Style.STANDARD)
STYLES: Final = frozenset(map(str, Style))
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
    with call(Capability.SEARCH, text, engine=EMBEDDED):
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


def body(draft: Draft, without: Collection[str]) -> str:
    """The text of a draft without some kinds of sentences, its paragraphs kept."""
    words: list[str] = []
    for sentence in draft.sentences:
        if sentence.kind not in without:
            words += [("\n\n" if sentence.opens else " ") if words else "", sentence.text]
    return "".join(words)


def parts(draft: Draft, without: Collection[str]) -> list[dict[str, Any]]:
    """The sentences of a draft as they are kept, each with its source; sources are numbered."""
    numbers: dict[str, int] = {}
    found = []
    for sentence in draft.sentences:
        if sentence.kind in without:
            continue
        source = sentence.source
        number = numbers.setdefault(source.id, len(numbers) + 1) if source else 0
        found.append(
            {
                "text": sentence.text,
                "kind": str(sentence.kind),
                "blank": sentence.has_blank,
                "number": number,
                "source": {
                    "id": source.id,
                    "title": source.title,
                    "url": source.url,
                    "quote": source.quote,
                    "checked": source.checked.isoformat() if source.checked else "",
                    "stale": source.stale,
                }
                if source
                else None,
            }
        )
    return found


def told(draft: Draft) -> dict[str, Any]:
    """What the agent should know of a draft: points, what was dropped, why facts are missing."""
    return {
        "points": [
            {"text": p.text, "kind": str(p.kind), "label": p.label, "answered": p.answered}
            for p in draft.points
        ],
        "dropped": [{"text": one.text, "why": one.why} for one in draft.dropped],
        "missing": draft.abstained,
        "notes": list(draft.notes),
        "engine": draft.engine,
        "model": draft.model,
    }


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


def keep_articles(articles: Iterable[Article]) -> Changes:
    """Bring the index in step with the articles of the site. Raises `IndexBusyError`."""
    documents = [from_article(article) for article in articles]
    keys = [document.key for document in documents]
    with _writing, call(Capability.SEARCH, *keys, engine=EMBEDDED):
        return engines().index.sync(Kind.ARTICLE, documents)
