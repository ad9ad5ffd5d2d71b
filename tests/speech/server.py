"""A real server of transcription for tests: decodes the WAV it is sent and transcribes it locally.

python -m tests.speech.server PORT        faults are asked by the name of the model:
« slow », « 429 », « 500 », « 401 », « not json », « half », « redirect », « once 503 ».
"""

from __future__ import annotations

import asyncio
import email
import io
import json
import sys
import wave
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import uvicorn

from portevoix.speech.engines.local import LocalEngine
from tests.speech.sound import MODEL

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
FAULTS = {
    "429": (429, b'{"error": "said by the test"}'),
    "500": (500, b'{"error": "said by the test"}'),
    "401": (401, b"{}"),
    "redirect": (307, b""),
    "not json": (200, b"<html>"),
    "invented": (200, '{"text": "Sous-titres réalisés par la communauté"}'.encode()),
}


class Application:
    """ASGI, nothing else. Keeps the number of requests and the keys it was given, no sound."""

    def __init__(self) -> None:
        self.engine = LocalEngine(MODEL)
        self.requests = 0
        self.failed_once = False

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = b""
        while True:
            event = await receive()
            body += event.get("body", b"")
            if not event.get("more_body"):
                break
        self.requests += 1
        headers = {k.decode(): v.decode() for k, v in scope["headers"]}
        status, answer = await self.answer(scope["path"], headers, body)
        extra = [(b"location", b"http://127.0.0.1:9/elsewhere")] if status == 307 else []
        kind = [(b"content-type", b"application/json"), *extra]
        await send({"type": "http.response.start", "status": status, "headers": kind})
        await send({"type": "http.response.body", "body": answer})

    async def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        if path == "/v1/models":
            return 200, b'{"data": []}'
        if path == "/requests":
            return 200, json.dumps(self.requests).encode()
        fields = form(headers["content-type"], body)
        model = fields["model"].decode()
        if headers.get("authorization") != "Bearer secret-key":
            return 401, b'{"error": "no key"}'
        if model == "slow":
            await asyncio.sleep(3)
        if model == "once 503" and not self.failed_once:
            self.failed_once = True
            return 503, b"{}"
        if model in FAULTS:
            return FAULTS[model]
        text = await asyncio.to_thread(self.transcribe, fields["file"])
        return 200, json.dumps({"text": text}).encode()

    def transcribe(self, wav: bytes) -> str:
        with wave.open(io.BytesIO(wav)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
            samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        listener = self.engine.open()
        listener.hear(samples)
        return listener.end()


def form(content_type: str, body: bytes) -> dict[str, bytes]:
    """The fields of a multipart form."""
    message = email.message_from_bytes(
        b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body
    )
    fields: dict[str, bytes] = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str):
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            fields[name] = payload
    return fields


def main() -> None:
    uvicorn.run(Application(), host="127.0.0.1", port=int(sys.argv[1]), log_level="error")


if __name__ == "__main__":
    main()
