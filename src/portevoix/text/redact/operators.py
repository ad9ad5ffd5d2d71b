"""What takes the place of a finding, and where each position went.

`replace` writes the kind (« [nom] »), `mask` keeps the length, `pseudonym` numbers the persons of
one text so that « [nom 1] » stays the same person throughout.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

from portevoix.text.redact.kinds import LABELS, Kind
from portevoix.text.redact.lexicon import fold
from portevoix.types import PersonalData

MASK = "█"
# « d'Odette » becomes « de [nom] »: the elision has no vowel to lean on any more.
_ELISION = re.compile(r"(?<![^\W_])([dDlLqQ]|[qQ]u|[lL]orsqu|[pP]uisqu|[jJ]usqu|[qQ]uoiqu)['’]\Z")
_FULL = {"d": "de ", "l": "", "qu": "que ", "q": "que ", "lorsqu": "lorsque ", "puisqu": "puisque "}
_FULL |= {"jusqu": "jusque ", "quoiqu": "quoique "}


class Operator(StrEnum):
    """How a finding is hidden."""

    REPLACE = "replace"
    MASK = "mask"
    PSEUDONYM = "pseudonym"


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redacted text, what was hidden in the original, and the way between both.

    `edits` holds (start, end, redacted start, redacted end) of each change, sorted.
    """

    text: str
    findings: tuple[PersonalData, ...]
    edits: tuple[tuple[int, int, int, int], ...]

    def to_redacted(self, position: int) -> int:
        """The position in the redacted text of one in the original; inside a change, its start."""
        rank = bisect_right(self.edits, position, key=itemgetter(0)) - 1
        if rank < 0:
            return position
        _, end, start_there, end_there = self.edits[rank]
        return start_there if position < end else end_there + position - end

    def to_original(self, position: int) -> int:
        """The position in the original of one in the redacted text; inside a change, its start."""
        rank = bisect_right(self.edits, position, key=itemgetter(2)) - 1
        if rank < 0:
            return position
        start, end, _, end_there = self.edits[rank]
        return start if position < end_there else end + position - end_there


def hide(text: str, findings: Sequence[PersonalData], operator: Operator) -> Redaction:
    """Hides `findings` (sorted, apart from one another) in `text`."""
    pieces: list[str] = []
    edits: list[tuple[int, int, int, int]] = []
    known = _Known()
    read = written = 0
    for finding in findings:
        value = text[finding.start : finding.end]
        label = _substitute(value, finding.kind, operator, known)
        start = finding.start
        elided = _ELISION.search(text, max(read, start - 8), start)
        if elided and operator is not Operator.MASK:
            start = elided.start()
            word = elided.group(1)
            full = _FULL[word.lower()]
            label = (full.capitalize() if word[0].isupper() else full) + label
        before = text[read:start]
        written += len(before)
        pieces += (before, label)
        edits.append((start, finding.end, written, written + len(label)))
        written += len(label)
        read = finding.end
    pieces.append(text[read:])
    return Redaction("".join(pieces), tuple(findings), tuple(edits))


class _Known:
    """What was hidden so far in one text: the same person keeps the same number."""

    def __init__(self) -> None:
        self.listed: dict[str, list[frozenset[str]]] = {}

    def number(self, kind: str, value: str) -> int:
        """From 1. « Karim » after « Karim Benali » is the same person."""
        words = frozenset(re.findall(r"\w+", fold(value)))
        words = words if kind == Kind.PERSON else frozenset(("".join(sorted(words)),))
        listed = self.listed.setdefault(kind, [])
        alike = [rank for rank, other in enumerate(listed) if words <= other or other <= words]
        if len(alike) == 1 or (alike and words in listed):
            rank = listed.index(words) if words in listed else alike[0]
            listed[rank] |= words
            return rank + 1
        listed.append(words)
        return len(listed)


def _substitute(value: str, kind: str, operator: Operator, known: _Known) -> str:
    if operator is Operator.MASK:
        return re.sub(r"\w", MASK, value)
    label = LABELS[kind]
    if operator is Operator.REPLACE:
        return label
    return f"{label[:-1]} {known.number(kind, value)}]"
