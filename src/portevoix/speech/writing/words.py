"""Words as an engine gives them: split, glued back, with what stands between them.

A word keeps the marks that the engine wrote around it, so that text that comes already punctuated
goes through unharmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

# « l'agent » is two words that touch; « aujourd'hui » and « quelqu'un » are one.
_ELIDED: Final = re.compile(
    r"(?:[cdjlmnstCDJLMNST]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu|[qQ]uoiqu)'(?=[^\W_])"
)
_APART: Final = re.compile(r"(?<=\b[cdjlmnstCDJLMNST])' +(?=\w)|(?<=\b[qQ]u)' +(?=\w)")
_KEPT: Final = "+@%€…"
_LONE: Final = re.compile(r"[!?:;»«–—-]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `lead` and `trail` are the signs that touch it, `before` the space before it.

    `fixed` words are written as they stand: no mark nor capital is put on them.
    """

    text: str
    lead: str = ""
    trail: str = ""
    before: str = " "
    fixed: bool = False

    @property
    def low(self) -> str:
        return self.text.lower()

    def said(self, text: str, *, fixed: bool = True) -> Word:
        """The same word written otherwise."""
        return replace(self, text=text, fixed=fixed)


def split(text: str) -> list[Word]:
    """The words of `text`; signs alone go to the word before them."""
    words: list[Word] = []
    for piece in _APART.sub("'", text.replace("’", "'").replace("ʼ", "'")).split():
        if words and _LONE.fullmatch(piece):
            last = words[-1]
            words[-1] = replace(last, trail=f"{last.trail}\u00a0{piece}")
        else:
            words.extend(_pieces(piece))
    return words


def _pieces(piece: str) -> Iterable[Word]:
    first = next((i for i, c in enumerate(piece) if _inside(c)), len(piece))
    last = next((i for i in range(len(piece), first, -1) if _inside(piece[i - 1])), first)
    lead, core, trail = piece[:first], piece[first:last], piece[last:]
    start, before = 0, " "
    while elided := _ELIDED.match(core, start):
        yield Word(core[start : elided.end()], lead, "", before)
        start, before, lead = elided.end(), "", ""
    yield Word(core[start:], lead, trail, before)


def join(words: Sequence[Word]) -> str:
    """The text of `words`, without space at either end."""
    return "".join(f"{w.before}{w.lead}{w.text}{w.trail}" for w in words).strip(" ")


def _inside(character: str) -> bool:
    return character.isalnum() or character in _KEPT


@lru_cache(maxsize=50_000)
def key(low: str) -> str:
    """What the learned models see of a word: digits are all alike."""
    return re.sub(r"\d+", "0", low) if any(c.isdigit() for c in low) else low
