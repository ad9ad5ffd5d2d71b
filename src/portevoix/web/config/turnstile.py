"""Costly requests take turns, so that the pages people read do not wait behind them.

Two hundred drafts asked at once would share the processor with every page; a few at a time, the
others in the order they came, leave pages as fast as on a quiet day.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

Scope = dict[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


class Turnstile:
    """Lets `most` costly requests in together; the others pass by."""

    def __init__(self, inside: Application, most: int, costly: Callable[[Scope], bool]) -> None:
        self._inside = inside
        self._most = most
        self._costly = costly
        self._turns: asyncio.Semaphore | None = None

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if not self._costly(scope):
            await self._inside(scope, receive, send)
            return
        # Made in the loop that serves.
        self._turns = self._turns or asyncio.Semaphore(self._most)
        async with self._turns:
            await self._inside(scope, receive, send)
