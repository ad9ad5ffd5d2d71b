"""A small ASGI server that answers as a model would, or fails as servers do.

The name of the model asks for what it does: « says » repeats what it was given, or a fault.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
STATUSES = {"429": 429, "500": 500, "503": 503, "401": 401, "404": 404, "redirect": 307}


class Application:
    """Keeps the requests it was sent; `sentences` is what « says » answers, one a request: a list
    of sentences, or the whole answer.
    """

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.sentences: list[list[dict[str, Any]] | dict[str, Any]] = []
        self.stalled = 5.0

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = b""
        while True:
            event = await receive()
            body += event.get("body", b"")
            if not event.get("more_body"):
                break
        request = json.loads(body)
        self.requests.append(request)
        await self.answer(request["model"], send)

    async def answer(self, model: str, send: Send) -> None:
        if model in STATUSES:
            head = [(b"retry-after", b"0"), (b"location", b"http://127.0.0.1:9/")]
            await send({"type": "http.response.start", "status": STATUSES[model], "headers": head})
            await send({"type": "http.response.body", "body": b"no"})
            return
        if model == "stall":
            await asyncio.sleep(self.stalled)
        kind = b"application/json" if model == "not json" else b"text/event-stream"
        head = [(b"content-type", kind)]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        for part in self.parts(model):
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def parts(self, model: str) -> Iterator[bytes]:
        if model == "not json":
            yield b"<html>"
            return
        if model == "garbage":
            yield b"data: {oups\n\n"
            return
        if model == "refusal":
            yield event({"delta": {"refusal": "non"}})
            return
        rows = self.sentences.pop(0) if self.sentences else []
        whole = rows if isinstance(rows, dict) else {"sentences": rows}
        text = "Bien sûr !" if model == "prose" else json.dumps(whole)
        middle = len(text) // 2
        yield event({"delta": {"content": text[:middle]}})
        if model == "half":
            return
        yield event({"delta": {"content": text[middle:]}, "finish_reason": "stop"})
        yield b'data: {"choices": [], "usage": {"total_tokens": 42}}\n\ndata: [DONE]\n\n'


def event(choice: dict[str, Any]) -> bytes:
    return f"data: {json.dumps({'choices': [choice]})}\n\n".encode()


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """The address of the application, served on a free port by a real server."""
    config = uvicorn.Config(application, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the server of the tests did not start")
        threading.Event().wait(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.should_exit = True
        thread.join(10)
