"""One writer at a time over all the threads and processes of a site, each in turn.

SQLite makes whoever finds the file taken sleep, then ask again, longer and longer, while others go
first: under many deposits some wait a second and the file is idle. Here the threads of a process
wait for one another, and one of each process asks for the file.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from contextlib import ExitStack
from typing import Final

_ASKED_EVERY: Final = 0.001
_guard: Final = threading.Lock()
_lines: Final[dict[str, Line]] = {}


class Line:
    """The writers of one database. Whoever dies leaves: the system closes their file."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._thread = threading.Lock()
        self._file = -1

    def enter(self, seconds: float) -> bool:
        """Wait for one's turn; False when it did not come in time."""
        end = time.monotonic() + seconds
        if not self._thread.acquire(timeout=seconds):
            return False
        with ExitStack() as failing:
            failing.callback(self.leave)
            self._file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
            while not _taken(self._file):
                if time.monotonic() >= end:
                    return False
                time.sleep(_ASKED_EVERY)
            failing.pop_all()
        return True

    def leave(self) -> None:
        """Let the next one write."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)
        self._thread.release()


def line_of(database: str) -> Line:
    """The line of a database; its file stands beside it, empty."""
    with _guard:
        return _lines.setdefault(database, Line(f"{database}-line"))


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
