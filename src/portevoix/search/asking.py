"""A question as weighted terms: its own, then those that say the same, then misspellings mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Final

from rapidfuzz.distance import OSA

from portevoix.search.analysis import terms
from portevoix.search.meanings import Floats, Meanings
from portevoix.text.plain.wording import language

# What a term counts when nobody wrote it: an equivalent, a mended misspelling.
_EQUIVALENT: Final = 0.2
_MENDED: Final = 0.7
_SHORTEST_MENDED: Final = 4
_TWO_MISTAKES: Final = 7


@dataclass(frozen=True, slots=True)
class Question:
    """`own` are the terms written, `weights` all the terms to look for, `vector` the meaning."""

    text: str
    own: tuple[str, ...]
    weights: dict[str, float]
    vector: Floats


def ask(text: str, meanings: Meanings) -> Question:
    """Read a question."""
    written = terms(text)
    weights = dict.fromkeys(written, 1.0)
    for term in equivalents(written):
        weights.setdefault(term, _EQUIVALENT)
    return Question(text, tuple(dict.fromkeys(written)), weights, meanings.of_terms(written))


def mend(
    question: Question, known: Callable[[str], int], like: Callable[[str], Iterable[str]]
) -> Question:
    """Put the nearest known terms in the place of those that no document holds.

    `known` counts the documents that hold a term, `like` lists the known terms that start like it.
    """
    weights = dict(question.weights)
    for term in question.own:
        if len(term) < _SHORTEST_MENDED or not term.isalpha() or known(term):
            continue
        for mended in _nearest(term, like(term[:1]), known):
            weights.setdefault(mended, _MENDED)
    return question if len(weights) == len(question.weights) else replace(question, weights=weights)


def _nearest(term: str, candidates: Iterable[str], known: Callable[[str], int]) -> list[str]:
    """Up to two terms, one mistake away (two in a long word), the most frequent first."""
    most = 2 if len(term) >= _TWO_MISTAKES else 1
    near = [
        (distance, -known(candidate), candidate)
        for candidate in candidates
        if abs(len(candidate) - len(term)) <= most
        and (distance := OSA.distance(term, candidate, score_cutoff=most)) <= most
    ]
    return [candidate for _, _, candidate in sorted(near)[:2]]


def equivalents(written: Sequence[str]) -> list[str]:
    """The terms of the expressions that say the same as expressions of the question."""
    found: list[str] = []
    for at, first in enumerate(written):
        for expression, group in _expressions().get(first, ()):
            if tuple(written[at : at + len(expression)]) == expression:
                found += [t for other in group if other != expression for t in other]
    return [term for term in dict.fromkeys(found) if term not in written]


Expression = tuple[str, ...]


@cache
def _expressions() -> dict[str, list[tuple[Expression, tuple[Expression, ...]]]]:
    """By first term, each expression and the group of those that say the same."""
    table: dict[str, list[tuple[Expression, tuple[Expression, ...]]]] = {}
    for line in _lines():
        group = tuple(dict.fromkeys(tuple(terms(part)) for part in line.split("=")))
        for expression in group:
            if expression:
                table.setdefault(expression[0], []).append((expression, group))
    return table


def _lines() -> list[str]:
    source = resources.files("portevoix") / "data" / "search" / "synonyms.txt"
    lines = source.read_text("utf-8").splitlines()
    written = [line for line in lines if line.strip() and not line.startswith("#")]
    return written + [f"{row['acronym']} = {row['full']}" for row in language()["acronyms"]]
