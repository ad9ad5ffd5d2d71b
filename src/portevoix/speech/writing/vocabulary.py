"""Words that engines spell by ear: English words of administration, services, acronyms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Final

from portevoix.errors import ResourceError
from portevoix.speech.writing.cardinals import stops
from portevoix.speech.writing.words import Word

_SIGNS: Final = {
    "point": ".", "tiret": "-", "underscore": "_", "arobase": "@", "arobaze": "@", "at": "@",
}  # fmt: skip
_ENDS: Final = frozenset("fr com org net eu gouv".split())
_NEVER_FIRST: Final = frozenset("le la les un une de du des ce ces mon ma au à en et".split())
_PART: Final = re.compile(r"[a-zà-ÿ0-9]+(?:[.\-_][a-zà-ÿ0-9]+)*")
_LONGEST_ADDRESS: Final = 16
_PLAIN: Final = str.maketrans("àâäéèêëîïôöùûüç", "aaaeeeeiioouuuc")

Spellings = dict[str, list[tuple[tuple[str, ...], str]]]


@lru_cache(maxsize=1)
def spellings() -> Spellings:
    """By first word: (all the words said, what is written), the longest first."""
    path = resources.files("portevoix") / "data" / "speech" / "vocabulary.tsv"
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise ResourceError from error
    known: Spellings = {}
    for line in lines:
        if line and not line.startswith("#"):
            said, _, written = line.partition("\t")
            words = tuple(said.split())
            known.setdefault(words[0], []).append((words, written))
    for entries in known.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return known


def respell(words: Sequence[Word]) -> list[Word]:
    """`words` with addresses put together and known words spelt as they should."""
    out: list[Word] = []
    place = 0
    while place < len(words):
        found = _address(words, place) or _known(words, place)
        if found is None:
            out.append(words[place])
            place += 1
            continue
        text, end = found
        first, last = words[place], words[end - 1]
        out.append(Word(text, first.lead, last.trail, first.before, fixed=True))
        place = end
    return out


def _known(words: Sequence[Word], start: int) -> tuple[str, int] | None:
    for said, written in spellings().get(words[start].low, ()):
        end = start + len(said)
        if end > len(words) or any(stops(words, p) for p in range(start + 1, end)):
            continue
        if all(w.low == s for w, s in zip(words[start:end], said, strict=True)):
            return written, end
    return None


def _address(words: Sequence[Word], start: int) -> tuple[str, int] | None:
    """« jean point dupont arobase orange point fr », « impots point gouv point fr »."""
    if words[start].low in _NEVER_FIRST or not _PART.fullmatch(words[start].low):
        return None
    text, place, best = words[start].low, start + 1, None
    while place + 1 < len(words) and place - start < _LONGEST_ADDRESS:
        sign = _SIGNS.get(words[place].low)
        part = words[place + 1].low
        if sign is None or stops(words, place) or stops(words, place + 1):
            break
        if not _PART.fullmatch(part) or part in _SIGNS:
            break
        text, place = f"{text}{sign}{part}", place + 2
        if sign == "." and part in _ENDS:
            best = (text.translate(_PLAIN), place)
    return best
