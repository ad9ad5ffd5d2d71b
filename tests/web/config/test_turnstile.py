"""Costly requests take turns; the others never wait behind them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from portevoix.web.config.turnstile import Turnstile


class Inside:
    """Counts who is in together; costly requests stay until they are let go."""

    def __init__(self) -> None:
        self.together = self.most = 0
        self.done: list[str] = []
        self.free = asyncio.Event()

    async def __call__(self, scope: dict[str, Any], _receive: Any, _send: Any) -> None:
        if scope["path"] != "/page/":
            self.together += 1
            self.most = max(self.most, self.together)
            await self.free.wait()
            self.together -= 1
        if scope["path"] == "/fails/":
            raise ValueError
        self.done.append(scope["path"])


def served(*paths: str, most: int = 2) -> Inside:
    """Ask for these, then a page; let the costly ones go once the page is read."""

    async def run() -> Inside:
        inside = Inside()
        turns = Turnstile(inside, most, lambda scope: scope["path"] != "/page/")
        tasks = [asyncio.create_task(turns({"path": path}, None, None)) for path in paths]
        await asyncio.sleep(0)
        await turns({"path": "/page/"}, None, None)
        inside.free.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        return inside

    # In a thread of its own: the browser of other tests keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run())).result()


def test_few_are_in_together_and_all_are_served() -> None:
    inside = served(*(f"/draft/{n}" for n in range(50)))
    assert inside.most == 2
    assert len(inside.done) == 51


def test_a_page_does_not_wait_behind_them() -> None:
    assert served("/a/", "/b/", "/c/").done[0] == "/page/"


def test_they_are_served_in_the_order_they_came() -> None:
    assert served("/a/", "/b/", "/c/", "/d/", most=1).done == ["/page/", "/a/", "/b/", "/c/", "/d/"]


def test_one_that_fails_leaves_its_turn() -> None:
    assert served("/fails/", "/fails/", "/a/", most=1).done == ["/page/", "/a/"]
