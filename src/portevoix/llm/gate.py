"""Who may wait for the server: few at a time, and nobody for a while after it failed.

Two hundred agents must not hang on a server that hangs: those who cannot pass are told at once and
get the embedded draft.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from portevoix.llm.errors import ServerBusyError, ServerError


class Gate:
    """Lets `most` calls in together; after `failures` in a row, none for `rest` seconds."""

    def __init__(
        self,
        most: int = 8,
        failures: int = 3,
        rest: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._failures = failures
        self._rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._inside = 0
        self._failed = 0
        self._closed_until = 0.0

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Go through, or raise `ServerBusyError` at once."""
        self._enter()
        failed = False
        try:
            yield
        except ServerError:
            failed = True
            raise
        finally:
            self._leave(failed=failed)

    def _enter(self) -> None:
        with self._lock:
            if self._inside >= self._most or self._clock() < self._closed_until:
                raise ServerBusyError
            self._inside += 1

    def _leave(self, *, failed: bool) -> None:
        with self._lock:
            self._inside -= 1
            self._failed = self._failed + 1 if failed else 0
            if self._failed >= self._failures:
                self._closed_until = self._clock() + self._rest
                # One failure more closes it again; one success opens it for good.
                self._failed = self._failures - 1
