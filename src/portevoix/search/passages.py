"""Which stretches of a document answer a question best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from portevoix.search.analysis import terms
from portevoix.search.asking import Question
from portevoix.search.document import Document, Passage
from portevoix.search.meanings import Meanings

_LONGEST: Final = 110
_NEARNESS: Final = 0.35
_HEADING: Final = 2
_SATURATION: Final = 1.2


def choose(
    document: Document, question: Question, meanings: Meanings, limit: int
) -> tuple[Passage, ...]:
    """The best passages of a document, in order of score."""
    pieces = list(cut(document))
    vectors = meanings.embed([f"{heading} {text}" for heading, text in pieces])
    found = [
        _passage(heading, text, question, meanings, float(vector @ question.vector))
        for (heading, text), vector in zip(pieces, vectors, strict=True)
    ]
    order = sorted(range(len(found)), key=lambda at: (-found[at].score, at))
    return tuple(found[at] for at in order[:limit])


def cut(document: Document) -> Iterator[tuple[str, str]]:
    """The sections of a document, long ones cut between lines."""
    for heading, text in document.sections:
        taken: list[str] = []
        for line in text.split("\n"):
            if taken and sum(len(one.split()) for one in [*taken, line]) > _LONGEST:
                yield heading, "\n".join(taken)
                taken = []
            taken.append(line)
        if taken:
            yield heading, "\n".join(taken)


def _passage(
    heading: str, text: str, question: Question, meanings: Meanings, near: float
) -> Passage:
    held = Counter(terms(text))
    for term in terms(heading):
        held[term] += _HEADING
    wanted = {term: weight * meanings.rarity(term) for term, weight in question.weights.items()}
    own = sum(wanted[term] for term in question.own)
    gained = sum(
        worth * held[term] * (_SATURATION + 1) / (held[term] + _SATURATION)
        for term, worth in wanted.items()
    )
    covered = sum(wanted[term] for term in question.own if held[term]) / own if own else 0.0
    score = gained / (own * (_SATURATION + 1)) if own else 0.0
    return Passage(heading, text, score + _NEARNESS * max(0.0, near), covered, near)
