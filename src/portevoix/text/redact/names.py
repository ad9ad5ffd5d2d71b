"""Names of persons: what announces a name, then what looks like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.tokens import (
    CIVILITIES,
    PARTICLES,
    RANKS,
    ROLES,
    THINGS,
    Token,
    tokenize,
)
from portevoix.types import PersonalData

_CAPITAL = frozenset(("Xx", "XX", "Xx-Xx"))


def names(text: str) -> Iterator[PersonalData]:
    """Names announced by a civility, and first names of the INSEE list with what follows them."""
    tokens = tokenize(text)
    rank = 0
    while rank < len(tokens):
        end, score, reason = _name_at(tokens, rank)
        if end > rank:
            yield PersonalData(tokens[rank].start, tokens[end - 1].end, Kind.PERSON, score, reason)
        rank = max(end, rank + 1)


def _name_at(tokens: Sequence[Token], rank: int) -> tuple[int, float, str]:
    word = tokens[rank].word
    previous = tokens[rank - 1].word if rank else None
    if previous and previous.shape == "." and rank > 1:
        previous = tokens[rank - 2].word if tokens[rank - 2].word.folded in CIVILITIES else previous
    if previous and previous.folded in CIVILITIES and word.folded not in ROLES:
        if (
            word.shape in _CAPITAL
            or (word.shape == "X")
            or (word.shape == "xx" and not word.ordinary)
        ):
            return _extend(tokens, rank), 0.97, "nom après une civilité"
    if previous and previous.folded in RANKS and word.folded not in ROLES:
        if (
            word.shape in ("Xx", "Xx-Xx")
            and not word.place
            and (word.first_name or word.family_name)
        ) or (word.first_name and not word.ordinary):
            return _extend(tokens, rank), 0.9, "nom après une fonction"
    if word.first_name and word.shape in ("Xx", "Xx-Xx") and not word.place and not word.ordinary:
        if not any(t.word.folded in THINGS for t in tokens[max(0, rank - 3) : rank]):
            return _extend(tokens, rank), 0.8, "prénom de la liste de l'Insee"
    return rank, 0.0, ""


def _extend(tokens: Sequence[Token], rank: int) -> int:
    """The end of a name that starts at `rank`: capitalised words, particles, initials."""
    end = rank + 1
    upper = tokens[rank].word.shape == "XX"
    if tokens[rank].word.shape == "X" and end < len(tokens) and tokens[end].word.shape == ".":
        end += 1
    while end < len(tokens) and end - rank < 8:
        word = tokens[end].word
        if word.shape in _CAPITAL and word.folded not in ROLES and not (upper and word.ordinary):
            end += 1
        elif word.shape == "X" and end + 1 < len(tokens) and tokens[end + 1].word.shape == ".":
            end += 2
        elif (word.folded in PARTICLES and _capital_after(tokens, end)) or (
            word.shape in "'’" and _capital_after(tokens, end)
        ):
            end += 1
        else:
            break
    return end


def _capital_after(tokens: Sequence[Token], rank: int) -> bool:
    following = rank + 1
    if following < len(tokens) and tokens[following].word.shape in ("'", "’"):
        following += 1
    return following < len(tokens) and tokens[following].word.shape in _CAPITAL
