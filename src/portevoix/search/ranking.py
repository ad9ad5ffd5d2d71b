"""A second opinion on what was found: a ranker reads the first documents again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from portevoix.errors import PortevoixError
from portevoix.search.document import Document, Hit
from portevoix.search.index import PASSAGES

if TYPE_CHECKING:
    from portevoix.protocols import Ranker
    from portevoix.search.index import Index

# How many documents a ranker reads for one question.
READ_AGAIN: Final = 30
# Characters of each that it is given: its title, then what it says first.
_LONGEST: Final = 1_500
# Two orders are fused by the inverse of ranks (Cormack 2009). Small, so that first places count;
# a ranker reads the question and the text together, and is believed twice as much as words.
_SMOOTH: Final = 10
_TRUST: Final = 2.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """What was found, best first; `fell_back` when the ranker was asked and did not answer."""

    hits: list[Hit]
    fell_back: bool = False


def search(
    index: Index,
    question: str,
    ranker: Ranker | None,
    *,
    network: str = "",
    limit: int = 10,
    passages: int = PASSAGES,
) -> Ranked:
    """Find articles, read again by a ranker when there is one."""
    wide = max(limit, READ_AGAIN) if ranker else limit
    found = index.search(question, network=network, limit=wide, passages=passages)
    hits = again(found, question, ranker)[:limit]
    return Ranked(hits, bool(ranker and hits and hits[0].ranking != ranker.name))


def again(found: Sequence[Hit], question: str, ranker: Ranker | None) -> list[Hit]:
    """The hits in the order that their words and the ranker give together.

    When the ranker fails, the order of the words stands, under its own name.
    """
    read = list(found[:READ_AGAIN])
    if ranker is None or not read:
        return list(found)
    try:
        scores = list(ranker.scores(question, [_gist(hit.document) for hit in read]))
    except PortevoixError:
        return list(found)
    best = sorted(range(len(read)), key=lambda row: (-scores[row], row))
    second = {row: rank for rank, row in enumerate(best)}
    order = sorted(
        range(len(read)),
        key=lambda row: (-1 / (_SMOOTH + row) - _TRUST / (_SMOOTH + second[row]), row),
    )
    ranked = [replace(read[row], ranking=ranker.name) for row in order]
    return [*ranked, *found[READ_AGAIN:]]


def _gist(document: Document) -> str:
    sections = " ".join(f"{heading} {body}" for heading, body in document.sections)
    return f"{document.title}\n{document.lead} {sections or document.body}"[:_LONGEST]
