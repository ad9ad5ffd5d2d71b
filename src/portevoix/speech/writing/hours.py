"""Hours of the day: « à quatorze heures trente » is à 14 h 30; a duration stays one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from portevoix.speech.writing.cardinals import Said, at, below_hundred, stops
from portevoix.speech.writing.words import Word

NBSP: Final = "\u00a0"
_CLOCK: Final = frozenset(
    "à a vers dès jusqu'à avant après entre de d' et jusque sont est était matin soir".split()
)
_LASTING: Final = frozenset(
    "pendant durant depuis attendu attendre attends attente plus près bout environ duré dure moins "
    "passé".split()
)


def hour(words: Sequence[Word], start: int) -> tuple[str, int] | None:
    """An hour of the day at `start`, or any hour with its minutes."""
    noon = {"midi": 12, "minuit": 0}.get(at(words, start, start))
    if noon is not None:
        minutes = _minutes(words, start + 1, start, noon)
        return (_written(*minutes[:2]), minutes[2]) if minutes else None
    said = below_hundred(words, start)
    if said is None or said.value > 24 or at(words, said.end, start) not in ("heure", "heures"):
        return None
    minutes = _minutes(words, said.end + 1, start, said.value)
    if minutes and not (_lasts(words, start) and at(words, said.end + 1, start) in ("et", "moins")):
        return _written(*minutes[:2]), minutes[2]
    if minutes is None and _on_the_clock(words, start, said):
        return _written(said.value, 0), said.end + 1
    return None


def _written(hour: int, minute: int) -> str:
    return f"{hour}{NBSP}h{NBSP}{minute:02}" if minute else f"{hour}{NBSP}h"


def _minutes(
    words: Sequence[Word], place: int, start: int, hour: int
) -> tuple[int, int, int] | None:
    """(hour, minute, where it ends) when minutes follow."""
    word, following = at(words, place, start), at(words, place + 1, start)
    if word == "et" and following in ("demie", "demi", "quart"):
        return hour, 15 if following == "quart" else 30, place + 2
    if word == "moins" and following:
        return _before_the_hour(words, place + 1, start, hour)
    said = below_hundred(words, place) if word else None
    if said is None or not 1 <= said.value <= 59 or word in ("un", "une"):
        return None
    if at(words, said.end, start) in ("minutes", "minute"):
        return hour, said.value, said.end + 1
    # « à deux heures cinq personnes » has no minute: a small number may count what follows.
    return (hour, said.value, said.end) if said.value >= 10 else None


def _before_the_hour(
    words: Sequence[Word], place: int, start: int, hour: int
) -> tuple[int, int, int] | None:
    """« moins le quart », « moins dix »."""
    if at(words, place, start) == "le" and at(words, place + 1, start) == "quart":
        return (hour - 1) % 24, 45, place + 2
    said = below_hundred(words, place)
    if said and said.value in (5, 10, 20, 25):
        return (hour - 1) % 24, 60 - said.value, said.end
    return None


def _lasts(words: Sequence[Word], start: int) -> bool:
    return bool({w.low for w in words[max(0, start - 3) : start]} & _LASTING)


def _on_the_clock(words: Sequence[Word], start: int, said: Said) -> bool:
    """Whether a whole hour is a time of day: announced by a preposition or by a part of the day."""
    if _lasts(words, start):
        return False
    after = at(words, said.end + 1, start)
    if after in ("du", "pile", "précises") and at(words, said.end + 2, start) in (
        "matin", "soir", "", "pile",
    ):  # fmt: skip
        return True
    if start == 0 or stops(words, start):
        return False
    before = words[start - 1].low
    if before == "de" and start > 1 and words[start - 2].low == "lieu":
        return True
    if before in ("de", "d'", "et", "a"):
        return after in ("à", "et") if before != "et" else _clock_before(words, start)
    return before in ("à", "vers", "dès", "jusqu'à", "avant", "après", "entre")


def _clock_before(words: Sequence[Word], start: int) -> bool:
    """« entre neuf heures et douze heures »: the second is one when the first was."""
    return "entre" in {w.low for w in words[max(0, start - 5) : start]}
