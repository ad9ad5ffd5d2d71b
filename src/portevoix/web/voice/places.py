"""Who may dictate now: so many at once, so many for one address, the others in line, told where.

Of one process: with several servers, each has its own places.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field


class NoPlaceError(Exception):
    """Too many people in line, or too many dictations of one address."""


@dataclass(slots=True, eq=False)
class Turn:
    """Someone in line. `moved` is set each time the line moves; `mine` once they may begin."""

    visitor: str
    mine: bool = False
    moved: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Places:
    """`at_once` dictations, `in_line` people waiting, `each` per visitor (both kinds together)."""

    at_once: int
    in_line: int
    each: int
    _taken: set[Turn] = field(default_factory=set)
    _line: list[Turn] = field(default_factory=list)
    _visitors: Counter[str] = field(default_factory=Counter)

    def enter(self, visitor: str) -> Turn:
        """Take a place, or one in the line. Raises `NoPlaceError` when there is none."""
        if self._visitors[visitor] >= self.each:
            raise NoPlaceError
        turn = Turn(visitor)
        if len(self._taken) < self.at_once:
            turn.mine = True
            self._taken.add(turn)
        elif len(self._line) < self.in_line:
            self._line.append(turn)
        else:
            raise NoPlaceError
        self._visitors[visitor] += 1
        return turn

    def ahead(self, turn: Turn) -> int:
        """How many people are before this one: 0 for the next."""
        return self._line.index(turn) if turn in self._line else 0

    def leave(self, turn: Turn) -> None:
        """Give a place back; the first in line takes it, the others are told that it moved."""
        self._visitors[turn.visitor] -= 1
        if not self._visitors[turn.visitor]:
            del self._visitors[turn.visitor]
        if turn in self._line:
            self._line.remove(turn)
        self._taken.discard(turn)
        while self._line and len(self._taken) < self.at_once:
            following = self._line.pop(0)
            following.mine = True
            self._taken.add(following)
            following.moved.set()
        for waiting in self._line:
            waiting.moved.set()
