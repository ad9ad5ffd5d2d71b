# ruff: noqa: E501 (patterns and French sentences read better on one line)
"""A text without case, accents or typographic variants, one character for one character.

Keeping the length means that every position found in the folded text is a position of the text
the author wrote.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPECIAL = {"œ": "e", "æ": "e", "ß": "s", "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"'}
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b",
                       "@": "a", "$": "s", "€": "e", "!": "i"})  # fmt: skip
WILD = "*#^…%"

_WORD = re.compile(r"[a-z0-9]+(?:[@$*#^%…€][a-z0-9@$*#^%…€]*)*|[@$][a-z][a-z0-9@$*]*")
_SPACED = re.compile(r"(?<![^\W_])[a-z0-9@$*](?:(?P<sep>[ .\-_/])[a-z0-9@$*](?:(?P=sep)[a-z0-9@$*]){1,20})(?![^\W_])")  # fmt: skip
# Most texts have no such word: what stands between spaces is looked at only when it holds a sign.
_SIGNED = re.compile(r"(?<!\S)[^\s0-9@$*#^%…€]*[0-9@$*#^%…€]\S*")
_REPEAT = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    lowered = character.lower()
    if lowered in _SPECIAL:
        return _SPECIAL[lowered]
    base = unicodedata.normalize("NFKD", lowered)[:1]
    if not base or base.isspace() or unicodedata.category(base)[0] == "Z":
        return " "
    return base if len(base) == 1 and not unicodedata.combining(base) else " "


class _Table(dict[int, str]):
    """Filled as characters are met, so that `str.translate` runs at C speed afterwards."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if len(self) < 200_000:
            self[code] = folded
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """Lower case without accents; same length as `text`, new lines become spaces."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Masked:
    """A word spelt to be read by people only: what it seems to say, where it stands.

    `form` may hold `*` where letters were hidden.
    """

    form: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def squeeze(word: str) -> str:
    """One letter for each run of the same letter."""
    return _REPEAT.sub(r"\1", word)


def masked_words(folded: str) -> Iterator[Masked]:
    """Words with digits or signs for letters, hidden letters, or letters set apart."""
    for signed in _SIGNED.finditer(folded):
        for match in _WORD.finditer(folded, *signed.span()):
            word = match.group()
            if not word.isalpha() and _mixed(word):
                yield Masked(_decode(word), match.start(), match.end())
    for match in _SPACED.finditer(folded):
        letters = match.group()[::2]
        if sum(c.isalpha() for c in letters) >= 3:
            yield Masked(_decode(letters), match.start(), match.end())


def _mixed(word: str) -> bool:
    return sum(c.isalpha() for c in word) >= 2


def _decode(word: str) -> str:
    plain = word.translate(_LEET)
    return "".join("*" if c in WILD else c for c in plain)


def fits(pattern: str, word: str) -> bool:
    """Whether `word` may be what `pattern` hides: « co**ard », « m*de » for several letters."""
    if "*" not in pattern:
        return squeeze(pattern) == squeeze(word)
    head, _, rest = pattern.partition("*")
    tail = rest.rpartition("*")[2] if "*" in rest else rest
    middle = rest[: len(rest) - len(tail)].strip("*")
    seen = len(head) + len(tail) + len(middle)
    return (
        bool(head)
        and seen >= 2
        and seen < len(word) <= len(pattern) + 3
        and word.startswith(head)
        and word.endswith(tail)
        and (not middle or middle in word[len(head) : len(word) - len(tail)])
    )
