"""Sound in memory, and out of it: bounded buffers that are overwritten, never written to a disk.

Python frees memory without clearing it. What holds sound is therefore cleared by hand, and a
process that listens asks the C library to clear whatever it frees (`forbid_traces`).
"""

from __future__ import annotations

import ctypes
import resource
import sys
from typing import Final

_PERTURB: Final = -6  # M_PERTURB of mallopt(3)
_FILL: Final = 0xA5
_NOT_DUMPABLE: Final = 4  # PR_SET_DUMPABLE of prctl(2)
_BYTES_HEADER: Final = sys.getsizeof(b"") - 1
# CPython shares one object for each of the shortest byte strings.
_SHARED: Final = 1


def wipe(data: bytes | bytearray | memoryview) -> None:
    """Overwrite `data` with zeros, where it stands.

    `bytes` are overwritten too: sound that a web server hands over comes as `bytes` and has one
    owner. Only give what nobody else needs.
    """
    if isinstance(data, bytes):
        if len(data) > _SHARED and sys.implementation.name == "cpython":
            ctypes.memset(id(data) + _BYTES_HEADER, 0, len(data))
        return
    if isinstance(data, memoryview) and data.readonly:
        return
    view = memoryview(data).cast("B")
    view[:] = bytes(len(view))


class SoundBuffer:
    """A queue of bytes of a fixed size, allocated once; what is taken out is overwritten."""

    def __init__(self, capacity: int) -> None:
        self._data = bytearray(capacity)
        self._start = self._end = 0

    def __len__(self) -> int:
        return self._end - self._start

    @property
    def room(self) -> int:
        return len(self._data) - len(self)

    def put(self, data: bytes | bytearray | memoryview) -> bool:
        """Copy `data` at the end; false, and nothing done, when there is no room."""
        view = memoryview(data).cast("B")
        size = len(view)
        if size > self.room:
            return False
        if self._end + size > len(self._data):
            self._move_down()
        self._data[self._end : self._end + size] = view
        self._end += size
        return True

    def push_out(self, data: bytes | bytearray | memoryview) -> None:
        """Copy the end of `data`, dropping the oldest bytes when there is no room."""
        kept = memoryview(data).cast("B")[-len(self._data) :]
        if len(kept) > self.room:
            self.drop(len(kept) - self.room)
        self.put(kept)

    def look(self, size: int | None = None) -> memoryview:
        """The first `size` bytes (all by default), valid until the next call."""
        end = self._end if size is None else min(self._end, self._start + size)
        return memoryview(self._data)[self._start : end]

    def drop(self, size: int | None = None) -> None:
        """Forget the first `size` bytes, all by default."""
        end = self._end if size is None else min(self._end, self._start + size)
        self._data[self._start : end] = bytes(end - self._start)
        self._start = end
        if self._start == self._end:
            self._start = self._end = 0

    def _move_down(self) -> None:
        size = len(self)
        self._data[:size] = self._data[self._start : self._end]
        self._data[size : self._end] = bytes(self._end - size)
        self._start, self._end = 0, size


def forbid_traces() -> list[str]:
    """Make this process leave no trace of what it hears; return what could not be done, if any.

    Freed memory is overwritten by the C library, and a crash writes no memory to a disk. Call it
    once, when the process starts, before any sound is heard.
    """
    missing: list[str] = []
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if not libc.mallopt(_PERTURB, _FILL):
            missing.append("la mémoire rendue n'est pas effacée")
        if libc.prctl(_NOT_DUMPABLE, 0, 0, 0, 0):
            missing.append("le processus reste lisible par ses voisins")
    except (OSError, AttributeError):
        missing.append("la mémoire rendue n'est pas effacée (système autre que Linux)")
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        missing.append("un plantage peut écrire la mémoire sur le disque")
    return missing
