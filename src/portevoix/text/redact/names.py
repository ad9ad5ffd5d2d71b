"""Names of persons: a cheap look for what may announce or be one, then the learned tagger.

Most texts hold no such word and stop at the first look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.tagger import probabilities
from portevoix.text.redact.tokens import (
    CIVILITIES,
    RANKS,
    ROLES,
    Token,
    Word,
    look_up,
    tokenize,
)
from portevoix.types import PersonalData

WINDOW: Final = 9
THRESHOLD: Final = 0.35
# After « Mme », « M. » a capitalised word is a name unless the tagger is sure that it is not.
ANNOUNCED_THRESHOLD: Final = 0.05
_SHORT_CIVILITIES: Final = frozenset(("mme", "mr", "mlle", "m", "madame", "monsieur", "mmes", "dr"))
_CAPITAL: Final = frozenset(("Xx", "XX", "Xx-Xx", "X"))
_WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def names(text: str) -> Iterator[PersonalData]:
    """The names of `text`, and every other place where a name found stands again."""
    if not any(map(_may_matter, set(_WORDS.findall(text)))):
        return
    tokens = tokenize(text)
    found: list[PersonalData] = []
    for start, end in _windows(tokens):
        found += _spans(text, tokens[start:end])
    yield from found
    if found:
        yield from _again(tokens, found)


def _may_matter(word: str) -> bool:
    return _matters(look_up(word[:40]))


def _matters(word: Word) -> bool:
    """Whether a word may be a name, or announces one."""
    if word.group in ("C", "Q"):
        return word.folded not in ("me", "nom", "appel", "maitre")
    if word.shape in _CAPITAL:
        return word.first_name or (word.family_name and not word.ordinary) or not word.ordinary
    return word.first_name and not word.ordinary


def _windows(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The stretches of tokens around what matters, merged where they meet."""
    start = end = 0
    for rank, token in enumerate(tokens):
        if not _matters(token.word):
            continue
        if rank - WINDOW > end:
            if end:
                yield start, end
            start = max(0, rank - WINDOW)
        end = min(len(tokens), rank + WINDOW + 1)
    if end:
        yield start, end


def _spans(text: str, tokens: Sequence[Token]) -> Iterator[PersonalData]:
    chances = probabilities(tokens)
    rank = 0
    while rank < len(tokens):
        if not _is_name(tokens, chances, rank):
            rank += 1
            continue
        stop = rank + 1
        while (
            stop < len(tokens)
            and sum(chances[stop]) > THRESHOLD
            and chances[stop][1] > chances[stop][0]
        ):
            stop += 1
        first, last = _trimmed(tokens, rank, stop)
        if first < last:
            yield _finding(text, tokens, chances, first, last)
        rank = stop


def _is_name(tokens: Sequence[Token], chances: Sequence[tuple[float, float]], rank: int) -> bool:
    chance = sum(chances[rank])
    return chance > THRESHOLD or (chance > ANNOUNCED_THRESHOLD and _announced(tokens, rank))


def _announced(tokens: Sequence[Token], rank: int) -> bool:
    """Whether a civility stands before a capitalised word that is not a role."""
    word = tokens[rank].word
    if word.shape not in ("Xx", "Xx-Xx") or word.folded in ROLES or not rank:
        return False
    back = rank - 2 if tokens[rank - 1].word.shape == "." and rank > 1 else rank - 1
    return tokens[back].word.folded in _SHORT_CIVILITIES


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Without civilities before nor punctuation at either end, but for the point of an initial."""
    while first < last and (
        not tokens[first].word.shape[0].isalpha()
        or tokens[first].word.folded in _SHORT_CIVILITIES - {"m"}
    ):
        first += 1
    while last > first and not tokens[last - 1].word.shape[0].isalpha():
        point = tokens[last - 1].word.shape == "." and tokens[last - 2].word.shape in ("X", "x")
        if point:
            break
        last -= 1
    return first, last


def _finding(
    text: str,
    tokens: Sequence[Token],
    chances: Sequence[tuple[float, float]],
    first: int,
    last: int,
) -> PersonalData:
    start, end = tokens[first].start, tokens[last - 1].end
    if (
        text[end : end + 1] == "."
        and tokens[last - 1].word.shape in ("X", "x")
        and last - first > 1
    ):
        end += 1
    score = max(sum(chances[rank]) for rank in range(first, last))
    return PersonalData(start, end, Kind.PERSON, min(0.99, max(score, 0.5)), _reason(tokens, first))


def _reason(tokens: Sequence[Token], rank: int) -> str:
    back = [
        token.word for token in tokens[max(0, rank - 2) : rank] if token.word.shape[0].isalpha()
    ]
    if back and back[-1].folded in CIVILITIES:
        return "nom après une civilité"
    if back and back[-1].folded in RANKS:
        return "nom après une fonction"
    if back and back[-1].group in ("K", "Q"):
        return "nom annoncé (parenté, « je m'appelle », « nom : »)"
    if tokens[rank].word.first_name:
        return "prénom de la liste de l'Insee, placé comme un nom"
    return "mot placé comme un nom de personne"


def _again(tokens: Sequence[Token], found: Sequence[PersonalData]) -> Iterator[PersonalData]:
    """Other places of the words of a sure name, written with a capital."""
    known = {
        token.word.folded
        for finding in found
        if finding.score > 0.7
        for token in tokens
        if finding.start <= token.start < finding.end and len(token.word.folded) > 2
    }
    for token in tokens:
        word = token.word
        if (
            word.folded in known
            and word.shape in ("Xx", "Xx-Xx")
            and not word.ordinary
            and not word.place
        ):
            if not any(f.start <= token.start < f.end for f in found):
                yield PersonalData(
                    token.start, token.end, Kind.PERSON, 0.7, "nom déjà cité dans le texte"
                )
