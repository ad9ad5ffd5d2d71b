# ruff: noqa: E501 -- a pattern cut in many lines is harder to check than a long one
"""Names of persons: a cheap look for what may announce or be one, then the learned tagger.

Most texts hold no such word and stop at the first look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.tagger import probabilities
from portevoix.text.redact.tokens import (
    CIVILITIES,
    ENTITIES,
    RANKS,
    ROLES,
    Token,
    Word,
    look_up,
    tokenize,
)
from portevoix.types import PersonalData

WIDTH: Final = 60
THRESHOLD: Final = 0.3
# After « Mme », « M. » a capitalised word is a name whatever the tagger says;
# a capitalised first name of the INSEE list nearly so.
ANNOUNCED: Final = -1.0
FIRST_NAME: Final = 0.05
FULL_NAME: Final = -1.0
GOES_ON: Final = 0.3
# First names that are words: in lower case, they are words.
AMBIGUOUS: Final = frozenset(
    (
        *("honore", "aurore", "pierre", "blanche", "prudence", "rose", "marguerite", "ange"),
        *("fleur", "grace", "patience", "prune", "olive", "cerise", "clemence", "constance"),
        *("victoire", "gloire", "tresor", "merveille", "fortune", "bienvenu", "parfait"),
        *("constant", "desire", "aime", "modeste", "juste", "mai", "avril", "noel", "reine"),
        *("marine", "capucine", "violette", "iris", "jade", "perle", "sabine", "carmen", "colin"),
    )
)
OFFICERS: Final = frozenset(
    (
        *("adjudant", "adjudante", "adjudant-chef", "brigadier", "brigadiere", "capitaine"),
        *("lieutenant", "major", "colonel", "commandant", "gendarme", "sergent", "inspecteur"),
    )
)
# Civilities and cues too common to send a text to the tagger by themselves.
UNTELLING: Final = frozenset(("me", "maitre", "appelle", "appellent", "nom", "noms", "appelee"))
SHORTENED: Final = frozenset(("m", "mr", "mme", "mlle", "dr", "mmes"))
SAINTS: Final = frozenset(("saint", "sainte", "st", "ste", "san", "santa", "los", "new"))
_SHORT_CIVILITIES: Final = frozenset(
    ("mme", "mr", "mlle", "m", "madame", "monsieur", "mmes", "dr", "docteur")
)
_CAPITAL: Final = frozenset(("Xx", "XX", "Xx-Xx", "X"))
_WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def names(text: str) -> Iterator[PersonalData]:
    """The names of `text`, and every other place where a name found stands again."""
    if not any(map(_may_matter, set(_WORDS.findall(text)))):
        return
    found: list[PersonalData] = []
    for start, end in _windows(text):
        found += _spans(text, tokenize(text, start, end))
    yield from found
    if found:
        yield from _again(tokenize(text), found)


@lru_cache(maxsize=100_000)
def _may_matter(word: str) -> bool:
    return _matters(look_up(word[:40]))


def _matters(word: Word) -> bool:  # noqa: PLR0911 -- one line a situation
    """Whether a word may be a name, or announces one."""
    if word.folded in _SHORT_CIVILITIES and word.folded != "m":
        return True
    if word.folded in ENTITIES or len(word.folded) < 2:
        return word.folded == "m" and word.shape == "X"
    if word.group in ("C", "Q"):
        return word.folded not in UNTELLING
    if word.group == "O":
        return False
    if word.shape == "XX":
        return not word.ordinary and (word.first_name or word.family_name)
    if word.shape in _CAPITAL:
        return word.first_name or not word.ordinary
    return word.first_name and not word.ordinary


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of text around the words that matter, merged where they meet."""
    start = end = 0
    for match in _WORDS.finditer(text):
        if not _may_matter(match.group()):
            continue
        left = match.start() - WIDTH
        if left > end:
            if end:
                yield start, _cut(text, start, end)
            space = text.find(" ", left, match.start())
            start = space + 1 if space >= 0 else match.start()
        end = match.end() + WIDTH
    if end:
        yield start, _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> int:
    """The end of a stretch, moved back to a space so that no word is cut."""
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", start, end)
    return max(end - WIDTH, space)


def _spans(text: str, tokens: Sequence[Token]) -> Iterator[PersonalData]:
    chances = probabilities(tokens)
    rank = 0
    while rank < len(tokens):
        if not _is_name(tokens, chances, rank):
            rank += 1
            continue
        stop = rank + 1
        while stop < len(tokens) and _goes_on(text, tokens, chances, stop):
            stop += 1
        first, last = _trimmed(tokens, rank, stop)
        if first < last:
            yield _finding(text, tokens, chances, first, last)
        rank = stop


def _goes_on(
    text: str, tokens: Sequence[Token], chances: Sequence[tuple[float, float]], rank: int
) -> bool:
    """Whether the name reaches this token: the tagger says so, or a capital follows a space."""
    begins, goes_on = chances[rank]
    if begins + goes_on > GOES_ON:
        return goes_on > begins
    token, previous = tokens[rank], tokens[rank - 1]
    following = tokens[rank + 1].word.shape if rank + 1 < len(tokens) else "."
    if token.word.shape == "X" and following == "." and previous.word.shape == "Xx":
        return text[previous.end : token.start] == " "
    return (
        token.word.shape in ("Xx", "Xx-Xx")
        and previous.word.shape in ("Xx", "Xx-Xx")
        and token.word.group not in ("O", "C", "R", "T")
        and text[previous.end : token.start] == " "
    )


def _is_name(tokens: Sequence[Token], chances: Sequence[tuple[float, float]], rank: int) -> bool:
    return sum(chances[rank]) > _needed(tokens, rank)


def _needed(  # noqa: PLR0911 -- one line a situation
    tokens: Sequence[Token], rank: int
) -> float:
    """The probability asked of a word: less after « Mme », more after « rue » or « école »."""
    word = tokens[rank].word
    if _never(tokens, rank):
        return 1.0
    if _announced(tokens, rank):
        return ANNOUNCED
    if word.folded in ENTITIES or (
        word.shape == "xx" and (word.ordinary or word.folded in AMBIGUOUS)
    ):
        return 0.9
    if any(token.word.group == "T" for token in tokens[max(0, rank - 2) : rank]):
        return 0.8
    if word.first_name and not word.ordinary and word.shape in ("Xx", "Xx-Xx"):
        return FIRST_NAME
    if _full_name(tokens, rank):
        return FULL_NAME
    return THRESHOLD


def _full_name(tokens: Sequence[Token], rank: int) -> bool:
    """Whether two capitalised words, unknown as words and as places, stand side by side."""
    if rank + 1 >= len(tokens) or tokens[rank + 1].start != tokens[rank].end + 1:
        return False
    first, second = tokens[rank].word, tokens[rank + 1].word
    if first.shape != "Xx" or second.shape not in ("Xx", "Xx-Xx") or second.ordinary:
        return False
    if first.group or second.group or first.place or second.place:
        return False
    return first.first_name or second.first_name or (not first.ordinary and second.family_name)


def _never(tokens: Sequence[Token], rank: int) -> bool:
    """Roles, pronouns, words already masked by hand (« XXX »)."""
    word = tokens[rank].word
    if (rank and tokens[rank - 1].word.folded in SAINTS) or word.folded.startswith("saint"):
        return True
    if word.group == "O" or word.folded.endswith("xxx") or (word.folded == "x"):
        return True
    if word.group == "P" and len(word.folded) > 1 and word.shape != "xx":
        return rank + 1 < len(tokens) and tokens[rank + 1].word.group == "O"
    return word.group in ("P", "C", "R", "K", "T") and word.shape == "xx"


def _announced(tokens: Sequence[Token], rank: int) -> bool:
    """Whether a civility or « s'appelle » stands before a capitalised word that is not a role."""
    word = tokens[rank].word
    if word.shape not in ("Xx", "Xx-Xx", "XX") or word.folded in ROLES or not rank:
        return False
    back = rank - 2 if tokens[rank - 1].word.shape in ".:" and rank > 1 else rank - 1
    before = tokens[back].word
    if back == rank - 2 and tokens[rank - 1].word.shape == "." and before.folded not in SHORTENED:
        return False
    if word.shape == "XX":
        return before.shape == "XX" and before.folded in _SHORT_CIVILITIES and word.family_name
    if before.group == "R":
        return (
            word.family_name and not word.group and (not word.ordinary or before.folded in OFFICERS)
        )
    if before.group == "Q":
        return before.folded.endswith(("elle", "ellent", "mme", "mmee", "nait")) and not (
            word.group or word.ordinary
        )
    return before.folded in _SHORT_CIVILITIES


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


# « Le Floc'h »; « Mme de la Bretonnière ».
_TAIL: Final = re.compile(r"['’][a-zà-ÿ]{1,3}(?!\w)")
_PARTICLE: Final = re.compile(
    r"(?:mme|m\.|mr|monsieur|madame) (?P<particle>(?:de la|de l['’]|de|du|des|d['’]|le|la|van der|van|von|el|ben)[ ]?)\Z",
    re.IGNORECASE,
)


def _with_particles(text: str, start: int) -> int:
    match = _PARTICLE.search(text[max(0, start - 20) : start])
    return start - len(match["particle"]) if match else start


def _finding(
    text: str,
    tokens: Sequence[Token],
    chances: Sequence[tuple[float, float]],
    first: int,
    last: int,
) -> PersonalData:
    start, end = _with_particles(text, tokens[first].start), tokens[last - 1].end
    tail = _TAIL.match(text, end)
    end = tail.end() if tail else end
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
            and word.folded not in ENTITIES
            and word.shape in ("Xx", "Xx-Xx")
            and not word.ordinary
            and not word.place
        ) and not any(f.start <= token.start < f.end for f in found):
            yield PersonalData(
                token.start, token.end, Kind.PERSON, 0.7, "nom déjà cité dans le texte"
            )
