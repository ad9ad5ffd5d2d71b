"""How a service opens, closes and signs, learnt from its past answers: their style, never facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from portevoix.reply.story import Manners

# Fewer answers than this say nothing of a habit.
_ENOUGH: Final = 3
_HABIT: Final = 0.5
_LONGEST: Final = 60
_GREETINGS: Final = ("bonjour", "madame", "chère", "cher", "merci")


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """An answer already published; its signature apart when the source gives it."""

    text: str
    network: str = ""
    structure: str = ""
    signature: str = ""


def learn(answers: Iterable[PastAnswer]) -> dict[str, Manners]:
    """The manners of each structure and network that answered enough."""
    by_place: dict[str, list[PastAnswer]] = defaultdict(list)
    for answer in answers:
        for place in filter(None, (answer.structure, answer.network)):
            by_place[place].append(answer)
    return {
        place: _manners(told) for place, told in sorted(by_place.items()) if len(told) >= _ENOUGH
    }


def _manners(answers: list[PastAnswer]) -> Manners:
    usual = Manners()
    signatures = Counter(a.signature.strip() for a in answers)
    openings = Counter(_opening(a.text) for a in answers)
    closings = Counter(_closing(a.text) for a in answers)
    return Manners(
        greeting=_habit(openings, len(answers)) or usual.greeting,
        closing=_habit(closings, len(answers)) or usual.closing,
        signature=_habit(signatures, len(answers)),
    )


def _habit(counted: Mapping[str, int], total: int) -> str:
    """The words used at least half of the time, else none."""
    words, times = max(counted.items(), key=lambda item: (item[1], item[0]))
    return words if times >= _HABIT * total else ""


def _opening(text: str) -> str:
    line = text.strip().partition("\n")[0].strip()
    greets = line.lower().startswith(_GREETINGS) and len(line) <= _LONGEST and line.endswith(",")
    return line if greets else ""


def _closing(text: str) -> str:
    line = text.strip().rpartition("\n")[2].strip()
    return line if line.endswith(",") and len(line) <= _LONGEST else ""
