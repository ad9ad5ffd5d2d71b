"""Is this text easy to read? Long sentences, words to avoid, passive, acronyms, negations.

`read(text)` says what a person may want to make simpler, where, and how. Nothing is changed: the
one who signs decides. Positions are those of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final

from portevoix.text.plain import checks, wording
from portevoix.text.plain.remarks import Kind, Remark
from portevoix.text.segment import segment

__all__ = ["Kind", "Readability", "Remark", "read"]

_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# A salutation or a signature is no sentence: it does not lower the mean.
_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Readability:
    """How a text reads: its sentences, and what could be simpler, in the order of the text."""

    words: int
    sentences: int
    longest: int
    remarks: tuple[Remark, ...]

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    def of_kind(self, kind: Kind) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.kind is kind)

    def summary(self) -> str:
        """« 17 mots par phrase, 1 sigle non expliqué »; empty for an empty text."""
        if not self.words:
            return ""
        mean = max(1, round(self.words_per_sentence))
        parts = [f"{mean}\u00a0mot{'s' if mean > 1 else ''} par phrase"]
        for kind in Kind:
            number = len(self.of_kind(kind))
            if number:
                parts.append(f"{number}\u00a0{kind.one if number == 1 else kind.many}")
        return ", ".join(parts)


def read(text: str, known_acronyms: Collection[str] = ()) -> Readability:
    """Say how `text` reads. `known_acronyms`: those its reader knows, such as the service's own."""
    # A curly apostrophe and a no-break space take one place each, as what replaces them.
    same = text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    pieces = [(s.start, same[s.start : s.end]) for s in segment(same)]
    sizes = [len(_WORD.findall(piece)) for _, piece in pieces]
    told = [size for size in sizes if size >= _SHORTEST] or [size for size in sizes if size]
    known = frozenset(name.upper() for name in known_acronyms)
    remarks = [
        *wording.find(same),
        *checks.acronyms(same, known),
        *_each(pieces, checks.long_sentence, checks.passive, checks.double_negation),
        *_each(pieces, checks.rare_words),
    ]
    return Readability(sum(told), len(told), max(told, default=0), _in_order(remarks))


def _each(
    pieces: Iterable[tuple[int, str]], *looks: Callable[[str, int], Iterable[Remark]]
) -> list[Remark]:
    return [found for start, piece in pieces for look in looks for found in look(piece, start)]


def _in_order(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """By place; what stands inside an expression to replace is told once."""
    found = list(remarks)
    told = [(r.start, r.end) for r in found if r.kind is Kind.WORDING]
    kept = [
        r
        for r in found
        if r.kind not in {Kind.RARE, Kind.PASSIVE}
        or not any(start < r.end and r.start < end for start, end in told)
    ]
    return tuple(sorted(kept, key=lambda r: (r.start, r.end, r.kind)))
