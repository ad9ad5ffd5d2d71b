"""What a reading for plain language says of one stretch of text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What could be simpler; `one` and `many` name it in a count."""

    LONG = "long"
    WORDING = "wording"
    RARE = "rare"
    ACRONYM = "acronym"
    PASSIVE = "passive"
    NEGATION = "negation"

    @property
    def one(self) -> str:
        return _NAMES[self][0]

    @property
    def many(self) -> str:
        return _NAMES[self][1]


_NAMES = {
    Kind.LONG: ("phrase longue", "phrases longues"),
    Kind.WORDING: ("mot à remplacer", "mots à remplacer"),
    Kind.RARE: ("mot rare", "mots rares"),
    Kind.ACRONYM: ("sigle non expliqué", "sigles non expliqués"),
    Kind.PASSIVE: ("tournure passive", "tournures passives"),
    Kind.NEGATION: ("double négation", "doubles négations"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to make simpler: where, why in a sentence, and what may be written instead."""

    kind: Kind
    start: int
    end: int
    message: str
    instead: tuple[str, ...] = ()
