"""Cut one text into segments: sentences and lines of real French, exact positions kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from portevoix.types import Segment

# A full stop after one of these does not end a sentence.
_ABBREVIATIONS: Final = frozenset(
    "m mm mme mmes mlle dr pr me mgr art al cf etc ex env p pp n no num st ste bd av tel "
    "tél fax réf ref min max h vs i.e e.g svp s.v.p c.-à-d apt bât resp doc obs c.a.f r.d.v".split()
)
# Ends of a stretch: line breaks, or closing punctuation that something follows. The first capital
# of a glued sentence (« RDV.Aucun ») is only looked at.
_END: Final = re.compile(r"\n\s*|[.!?…]{1,9}[\s»”\"')\]]{0,3}(?![.!?…])")
_TURN: Final = re.compile(
    r"(?<=[\w»)]),?\s(?=(?:mais|en revanche|par contre|sauf que|cependant|toutefois|néanmoins)\s)",
    re.IGNORECASE,
)
_WORD_BEFORE: Final = re.compile(r"[\w.\-°]{1,12}$")
_WORDY: Final = re.compile(r"\w")
_STARTS: Final = re.compile(r"[A-ZÀÂÉÈÊÎÔÇ](?:[a-zàâéèêîôç]|['’ ])")


def segment(text: str, *, turns: bool = False) -> list[Segment]:
    """Return the segments of `text` in order; every letter or digit of it is in exactly one.

    With `turns`, sentences are also cut before « mais », « en revanche », « sauf que »…
    """
    found: list[Segment] = []
    start = 0
    for end in _ends(text):
        start = _keep(text, start, end, found, turns=turns)
    _keep(text, start, len(text), found, turns=turns)
    return found


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if "\n" in match.group() or _closes(text, match):
            yield match.end()


def _closes(text: str, match: re.Match[str]) -> bool:
    """Whether this punctuation ends a sentence."""
    mark = match.group()
    spaced = any(c.isspace() for c in mark)
    following = text[match.end() : match.end() + 2]
    if mark.strip() in {".", "..."}:
        before = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
        word = before.group().lower() if before else ""
        if mark[0] == "." and len(mark.strip()) == 1 and _is_abbreviation(word):
            return False
        if not spaced:
            return _glued(word, following)
        return not following[:1].islower() or mark.strip() == "."
    return spaced or following[:1].isupper()


def _is_abbreviation(word: str) -> bool:
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word not in "àay")


def _glued(word: str, following: str) -> bool:
    """« RDV.Aucun » is two sentences; « impots.gouv », « 3.5 » and « S.N.C.F » are one word."""
    return len(word) > 2 and "." not in word and _STARTS.match(following) is not None


def _keep(text: str, start: int, end: int, found: list[Segment], *, turns: bool) -> int:
    """Append the stretch from `start` to `end`, trimmed; return where the next one starts."""
    stretch = text[start:end]
    if not _WORDY.search(stretch):
        return start if not stretch.strip() else _join(text, start, end, found)
    if turns:
        cuts = [start, *(start + match.end() for match in _TURN.finditer(stretch)), end]
        for left, right in pairwise(cuts):
            _append(text, left, right, found)
    else:
        _append(text, start, end, found)
    return end


def _join(text: str, start: int, end: int, found: list[Segment]) -> int:
    """Lone punctuation belongs to the sentence before it."""
    if found and not text[found[-1].end : start].strip() and "\n" not in text[found[-1].end : end]:
        begin = found[-1].start
        stop = start + len(text[start:end].rstrip())
        found[-1] = Segment(begin, stop, text[begin:stop])
    return end


def _append(text: str, start: int, end: int, found: list[Segment]) -> None:
    stretch = text[start:end]
    left = start + len(stretch) - len(stretch.lstrip())
    right = start + len(stretch.rstrip())
    if right > left:
        found.append(Segment(left, right, text[left:right]))
