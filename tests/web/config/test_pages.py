"""Whole requests in a few threads that stay; who reads or writes slowly holds none."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import signals
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import include, path

from portevoix.web.config.pages import Pages

pytestmark = pytest.mark.urls(__name__)
closed: list[str] = []


def where(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{threading.current_thread().name} {len(request.body)}")


def fails(_request: HttpRequest) -> HttpResponse:
    raise ValueError("secret")


def in_pieces(_request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[bytes]:
        yield threading.current_thread().name.encode()
        yield b" end"

    response = StreamingHttpResponse(pieces(), status=203, headers={"X-Kept": "1"})
    response.set_cookie("kept", "1")
    response._resource_closers.append(lambda: closed.append("file"))
    return response


def endless(_request: HttpRequest) -> StreamingHttpResponse:
    async def pieces() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"more "
                await asyncio.sleep(0.001)
        finally:
            closed.append("stream")

    return StreamingHttpResponse(pieces())


urlpatterns = [
    path("where/", where),
    path("fails/", fails),
    path("pieces/", in_pieces),
    path("endless/", endless),
    path("", include("portevoix.web.config.urls")),
]

Receive = Callable[[], Awaitable[dict[str, Any]]]


class Browser:
    """What a server gives an application: a request, its body, and where to answer."""

    def __init__(self, address: str, query: bytes = b"") -> None:
        self.scope = {
            "type": "http", "method": "GET", "path": address, "query_string": query,
            "headers": [(b"host", b"localhost")], "client": ("127.0.0.1", 1), "http_version": "1.1",
        }  # fmt: skip
        self.body: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[dict[str, Any]] = []

    async def ask(self, pages: Pages, body: bytes = b"") -> Browser:
        self.body.put_nowait({"type": "http.request", "body": body})
        await pages(self.scope, self.body.get, self.send)
        return self

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)
        if len(self.sent) == 20:
            self.body.put_nowait({"type": "http.disconnect"})

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()


def run(told: Callable[[], Awaitable[Any]]) -> Any:
    # In a thread of its own: the browser of other tests keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(asyncio.wait_for(told(), 30))).result()


@pytest.fixture(autouse=True)
def _nothing_closed() -> None:
    closed.clear()


def test_requests_share_a_few_threads() -> None:
    pages = Pages(2)

    async def many() -> list[Browser]:
        return await asyncio.gather(*(Browser("/where/").ask(pages, b"12345") for _ in range(40)))

    answers = run(many)
    assert {answer.status for answer in answers} == {200}
    assert {answer.text for answer in answers} <= {"page_0 5", "page_1 5"}


def test_a_body_that_does_not_come_holds_no_thread() -> None:
    pages = Pages(1)

    async def beside() -> str:
        slow = Browser("/where/")
        waiting = asyncio.create_task(pages(slow.scope, slow.body.get, slow.send))
        slow.body.put_nowait({"type": "http.request", "body": b"1", "more_body": True})
        await asyncio.sleep(0.05)
        quick = await Browser("/where/").ask(pages)
        slow.body.put_nowait({"type": "http.disconnect"})
        await waiting
        assert slow.sent == []
        return quick.text

    assert run(beside) == "page_0 0"


def test_a_request_begins_and_ends_in_its_thread() -> None:
    """Where its connection to the database is taken and given back."""
    seen: list[str] = []

    def note(signal: Any, **_: Any) -> None:
        seen.append(threading.current_thread().name)

    for signal in (signals.request_started, signals.request_finished):
        signal.connect(note)
    try:
        run(lambda: Browser("/where/").ask(Pages(1)))
        run(lambda: Browser("/pieces/").ask(Pages(1)))
    finally:
        for signal in (signals.request_started, signals.request_finished):
            signal.disconnect(note)
    assert seen == ["page_0"] * 4


def test_pieces_are_read_in_the_thread_that_made_them() -> None:
    answer = run(lambda: Browser("/pieces/").ask(Pages(1)))
    assert (answer.status, answer.text) == (203, "page_0 end")
    headers = dict(answer.sent[0]["headers"])
    assert headers[b"X-Kept"] == b"1"
    assert headers[b"Set-Cookie"].startswith(b"kept=1")
    assert closed == ["file"]


def test_a_stream_stops_when_nobody_listens() -> None:
    answer = run(lambda: Browser("/endless/").ask(Pages(1)))
    assert 19 <= answer.text.count("more") < 40
    assert closed == ["stream"]


def test_an_error_is_a_page() -> None:
    answer = run(lambda: Browser("/fails/").ask(Pages(1)))
    assert answer.status == 500
    assert "secret" not in answer.text


def test_an_address_that_cannot_be_read_is_refused() -> None:
    answer = run(lambda: Browser("/where/", b"q=\xff").ask(Pages(1)))
    assert answer.status == 400
