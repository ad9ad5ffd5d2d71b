"""A process that listens as a server does, for those who look at what it leaves behind.

    python -m tests.speech.listening ENGINE       local · remote URL · failing · broken

Sound comes on standard input: a length on four bytes, then a frame; 0 ends, as does a closed pipe.
It says « ready », « middle » after the first second, « done » at the end, and waits for a byte each
time so that its memory can be searched.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

from portevoix.errors import PortevoixError
from portevoix.speech import Sentence, Session, Writer, forbid_traces
from portevoix.speech.engine import Engine, EngineError, Listener, Samples
from portevoix.speech.engines.local import LocalEngine
from portevoix.speech.engines.remote import Patience, RemoteEngine
from tests.speech.sound import MODEL

MIDDLE = 10


class Faulty:
    """A local engine whose sentences end with an error of the engine, or with a fault of ours."""

    name, model, punctuates, sends_to, unavailable = "faulty", "", False, "", ""

    def __init__(self, error: Exception) -> None:
        self.error, self.engine = error, LocalEngine(MODEL)

    def open(self) -> Listener:
        listener: Any = self.engine.open()
        hear = listener.hear

        def end() -> str:
            listener._stream = None
            raise self.error

        def heard(samples: Samples) -> str:
            return str(hear(samples))

        listener.hear, listener.end = heard, end
        return listener  # type: ignore[no-any-return]


def engine(name: str, rest: list[str]) -> Engine:
    if name == "remote":
        return RemoteEngine(rest[0], rest[1], "secret-key", patience=Patience(answer=5, wait=0.01))
    if name == "failing":
        return Faulty(EngineError())
    if name == "broken":
        return Faulty(ZeroDivisionError("a fault of ours"))
    return LocalEngine(MODEL)


def read(size: int) -> bytearray:
    """Bytes of the pipe, straight into a buffer of ours: Python's own would keep a copy."""
    data = bytearray(size)
    view, place = memoryview(data), 0
    while place < size:
        count = os.readv(0, [view[place:]])
        if count == 0:
            return bytearray()
        place += count
    return data


def say(word: str) -> None:
    gc.collect()
    os.write(1, word.encode() + b"\n")
    read(1)


def main() -> None:
    chosen = engine(sys.argv[1], sys.argv[2:])
    forbid_traces()
    said: list[str] = []
    say("ready")
    session = Session(chosen, writer=Writer())
    try:
        for number in range(1_000_000):
            size = int.from_bytes(read(4), "little")
            if not size:
                break
            frame = read(size)
            if number == MIDDLE:
                session.receive(frame)
                say("middle")
            for message in session.feed(frame if number != MIDDLE else bytearray()):
                said += [message.text] if isinstance(message, Sentence) else []
        said += [m.text for m in session.finish() if isinstance(m, Sentence)]
    except (PortevoixError, ZeroDivisionError):
        said.append("error")
    finally:
        session.close()
    del session
    say("done " + " ".join(said).encode("ascii", "replace").decode())


if __name__ == "__main__":
    main()
