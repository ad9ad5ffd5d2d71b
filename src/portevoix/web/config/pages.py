"""Django's pages under an asynchronous server: each whole request in one thread of a few that stay.

Django's own handler goes from thread to thread within a request, and makes a new thread, thus a new
connection to the database, for each: more than half of what a simple page takes.
"""

from __future__ import annotations

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix


class Pages(ASGIHandler):
    """Answers each request in one of `threads` threads.

    A body is read before a thread is taken, an answer is sent once the thread is free again: who
    reads or writes slowly holds none. Only an asynchronous stream is sent as it is made.
    """

    def __init__(self, threads: int) -> None:
        super().__init__()
        self._threads: Final = ThreadPoolExecutor(threads, thread_name_prefix="page")

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: FBT001, FBT002 (as Django)
        """Load the middleware to be run in a thread, whatever the server is."""
        del is_async
        super().load_middleware(is_async=False)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        run = contextvars.copy_context().run
        loop = asyncio.get_running_loop()
        try:
            response = await loop.run_in_executor(self._threads, run, self._answer, scope, body)
            if response.streaming:
                await self._stream(response, receive, send)
            else:
                await self.send_response(response, send)
        finally:
            body.close()

    def _answer(self, scope: Any, body: Any) -> Any:
        """Run all of a request; what follows belongs to no thread, but for a stream."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any = self.get_response(request) if request else refused
        if getattr(response, "is_async", False):
            # Its own rows are read elsewhere; this thread has done its part.
            signals.request_finished.send(sender=self.__class__)
            return response
        answer = _whole(response) if response.streaming else response
        response.close()
        return answer

    async def _stream(self, response: HttpResponseBase, receive: Any, send: Any) -> None:
        """Send until the end, or until nobody listens."""
        sending = asyncio.create_task(self.send_response(response, send))
        listening = asyncio.create_task(self.listen_for_disconnect(receive))
        try:
            await asyncio.wait({sending, listening}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            for task in (sending, listening):
                task.cancel()
            await asyncio.gather(sending, listening, return_exceptions=True)
            # In the thread of its rows, whose connection goes back.
            await sync_to_async(response.close)()


def _whole(streamed: Any) -> HttpResponse:
    """Hold a synchronous stream, which the thread of its rows must read to the end."""
    whole = HttpResponse(b"".join(streamed), status=streamed.status_code, headers=streamed.headers)
    whole.cookies = streamed.cookies
    return whole
