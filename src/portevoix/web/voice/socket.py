"""The socket of a dictation: an ASGI application, between the browser and a `Dictation`.

The page sends frames of sound (binary) and orders (`{"type": "pause" | "resume" | "finish"}`); it
receives the messages of the dictation and three of ours: `queue` (`ahead` people before), `ready`,
and `heard` (`frames` that need never be sent again: their sentences are written).

One loop, one thing at a time: while the engine works, frames wait in the socket, then in the
browser. Nothing is lost and nothing grows.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error as DatabaseFailure

from portevoix.errors import PortevoixError
from portevoix.web.runs.dictation import Dictation, unavailable, wipe
from portevoix.web.ui.limits import digest_of
from portevoix.web.voice.places import NoPlaceError, Places, Turn

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH: Final = "/dictee/"
# Of the WebSocket protocol: refused by policy, try again later, all is well.
_POLICY, _LATER, _WELL = 1008, 1013, 1000
# Someone who neither speaks nor pauses has closed their page or lost the network.
_SILENT_SOCKET: Final = 20.0
_PAUSED_SOCKET: Final = 600.0
_UNREAD: Final = 1.0
# A second of sound.
_ACKNOWLEDGED_BY: Final = 10
_BUSY: Final = (
    "Trop de personnes dictent en ce moment. Écrivez, ou réessayez dans quelques minutes."
)

places = Places(
    at_once=settings.PORTEVOIX_DICTATIONS,
    in_line=settings.PORTEVOIX_DICTATIONS * 2,
    each=settings.PORTEVOIX_DICTATIONS_PER_VISITOR,
)
# The engines release the lock of the interpreter while they compute: a thread a core is enough.
_threads = ThreadPoolExecutor(thread_name_prefix="dictation")


class Closed(Exception):  # noqa: N818 (not an error: the person left)
    """The browser closed the socket."""


async def dictate(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one dictation, from its opening to its close."""
    await receive()
    if scope["path"] != PATH or not _from_our_page(scope):
        # Closed before being accepted: the browser is answered 403.
        await send({"type": "websocket.close", "code": _POLICY})
        return
    await send({"type": "websocket.accept"})
    if why := await sync_to_async(unavailable)():
        await _refuse(send, "unavailable", f"La dictée n’est pas disponible : {why}.")
        return
    try:
        turn = places.enter(digest_of(_address(scope)))
    except NoPlaceError:
        await _refuse(send, "busy", _BUSY)
        return
    try:
        await _Conversation(receive, send).hold(turn)
    except Closed:
        pass
    finally:
        places.leave(turn)


async def _refuse(send: Send, code: str, text: str) -> None:
    message = {"type": "error", "version": 1, "code": code, "text": text, "permanent": True}
    await send({"type": "websocket.send", "text": json.dumps(message)})
    await send({"type": "websocket.close", "code": _LATER})


def _from_our_page(scope: Scope) -> bool:
    """Browsers say from which site a socket is opened; another site may not use our microphone."""
    headers = dict(scope["headers"])
    origin = urlsplit(headers.get(b"origin", b"").decode("latin-1"))
    host = headers.get(b"host", b"").decode("latin-1")
    return bool(origin.netloc) and origin.netloc == host


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


class _Conversation:
    """What is exchanged on one socket."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._frames = self._acknowledged = 0
        self._paused = False

    async def hold(self, turn: Turn) -> None:
        await self._wait(turn)
        try:
            dictation = await self._in_thread(Dictation)
        except PortevoixError as error:
            await _refuse(self._send, "unavailable", error.message)
            return
        try:
            await self._say({"type": "ready"})
            while not dictation.over:
                await self._turn(dictation)
            await self._send({"type": "websocket.close", "code": _WELL})
        finally:
            dictation.close()
            await self._wipe_unread()
            await self._record(dictation)

    async def _wait(self, turn: Turn) -> None:
        """Say how many are before, each time the line moves; a person may leave it."""
        while not turn.mine:
            await self._say({"type": "queue", "ahead": places.ahead(turn)})
            turn.moved.clear()
            moved = asyncio.ensure_future(turn.moved.wait())
            heard = asyncio.ensure_future(self._receive())
            done, waiting = await asyncio.wait((moved, heard), return_when="FIRST_COMPLETED")
            for task in waiting:
                task.cancel()
            if heard in done and heard.result()["type"] == "websocket.disconnect":
                raise Closed

    async def _turn(self, dictation: Dictation) -> None:
        """Take one thing from the page, do it, say what came of it."""
        event = await self._next()
        if event is None:
            await self._tell(await self._in_thread(dictation.finish))
            return
        frame = event.get("bytes")
        if frame is not None:
            self._frames += 1
            await self._tell(dictation.receive(frame))
            event.clear()
            if dictation.ready:
                await self._tell(await self._in_thread(dictation.work))
        else:
            await self._obey(dictation, event.get("text") or "")
        await self._acknowledge(dictation)

    async def _next(self) -> MutableMapping[str, Any] | None:
        """The next event; None when nothing comes any more, or when all of it is refused."""
        patience = _PAUSED_SOCKET if self._paused else _SILENT_SOCKET
        try:
            event = await asyncio.wait_for(self._receive(), patience)
        except TimeoutError:
            return None
        if event["type"] == "websocket.disconnect":
            raise Closed
        return event

    async def _obey(self, dictation: Dictation, text: str) -> None:
        order = _order(text)
        if order == "pause":
            self._paused = True
            await self._tell(await self._in_thread(dictation.pause))
        elif order == "resume":
            self._paused = False
            dictation.resume()
        elif order == "finish":
            await self._tell(await self._in_thread(dictation.finish))

    async def _acknowledge(self, dictation: Dictation) -> None:
        """Between sentences, tell the page that it may forget the frames it kept."""
        enough = self._acknowledged + _ACKNOWLEDGED_BY
        if self._frames >= enough and dictation.between_sentences:
            self._acknowledged = self._frames
            await self._say({"type": "heard", "frames": self._frames})

    async def _tell(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            await self._say(message)

    async def _say(self, message: dict[str, Any]) -> None:
        text = json.dumps({"version": 1, **message}, ensure_ascii=False)
        try:
            await self._send({"type": "websocket.send", "text": text})
        except OSError as error:
            raise Closed from error

    async def _in_thread(self, work: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(_threads, work)

    async def _wipe_unread(self) -> None:
        """Overwrite the frames that arrived before the person left and were never taken."""
        while True:
            try:
                event = await asyncio.wait_for(self._receive(), _UNREAD)
            except (TimeoutError, RuntimeError):
                return
            if event["type"] == "websocket.disconnect":
                return
            wipe(event.get("bytes") or b"")

    async def _record(self, dictation: Dictation) -> None:
        try:
            await sync_to_async(dictation.record)()
        except DatabaseFailure:
            # The Run is a trace; its loss must not cost the person their dictation.
            return


def _order(text: str) -> str:
    try:
        said = json.loads(text[:1000])
    except ValueError:
        return ""
    return str(said.get("type", "")) if isinstance(said, dict) else ""
