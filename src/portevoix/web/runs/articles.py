"""The door to the articles: a question, the passages to quote, and how sure each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portevoix.configuration import EMBEDDED
from portevoix.reply.sourcing import nearest_statement
from portevoix.search import Hit, Passage, ranking
from portevoix.search.analysis import terms
from portevoix.search.asking import ask
from portevoix.search.meanings import Meanings
from portevoix.web.runs.actions import call, engines
from portevoix.web.runs.enums import Capability, Outcome

# The share of a question's weight that a page must hold to be given as an answer. Measured on the
# 240 questions of the demonstration's articles and on questions that no public service answers.
_SURE: Final = 0.45
_PASSAGES: Final = 3
_UNRANKED: Final = (
    "Le serveur qui classe les pages n’a pas répondu\u00a0: elles sont dans l’ordre du moteur "
    "embarqué."
)


@dataclass(frozen=True, slots=True)
class Found:
    """One page: its passage that answers best and, in it, the sentence to quote.

    `sure` when the page holds enough of the question to be given as an answer.
    """

    identifier: str
    heading: str
    before: str
    quote: str
    after: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Pages best first; `note` says, in French, that the usual way of searching did not serve."""

    found: Sequence[Found] = ()
    note: str = ""


def find(question: str, *, network: str = "", limit: int = 8) -> Asked:
    """Find the pages that answer a question."""
    with call(Capability.SEARCH, question) as run:
        index = engines().index
        index.refresh()
        ranked = ranking.search(
            index, question, engines().ranker, network=network, limit=limit, passages=_PASSAGES
        )
        if ranked.fell_back:
            run.outcome, run.engine = Outcome.FALLBACK, EMBEDDED
        asked = _weighed(question)
        pages = [_found(question, hit, asked) for hit in ranked.hits if hit.passages]
        return Asked(pages, _UNRANKED if ranked.fell_back else "")


def _weighed(question: str) -> dict[str, float]:
    meanings = Meanings.shipped()
    return {term: meanings.rarity(term) for term in ask(question, meanings).own}


def _found(question: str, hit: Hit, asked: dict[str, float]) -> Found:
    passage = hit.passages[0]
    quote = nearest_statement(question, passage.text)
    before, quote, after = passage.text.partition(quote)
    sure = _share(asked, hit, passage) >= _SURE
    return Found(hit.document.id, passage.heading, before, quote, after, sure)


def _share(asked: dict[str, float], hit: Hit, passage: Passage) -> float:
    """How much of the question stands in the page: its title, themes, other wordings, passage."""
    page = hit.document
    held = set(terms(" ".join((page.title, *page.path, passage.heading, passage.text))))
    ways = [held, *(held | set(terms(also)) for also in page.also)]
    total = sum(asked.values())
    best = max(sum(w for term, w in asked.items() if term in way) for way in ways)
    return best / total if total else 0.0
