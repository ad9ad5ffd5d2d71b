"""The door to dictation: the engine of this process, and one Run a dictation.

The voice itself never comes through a Run: neither its sound nor its words, only how long and how
it ended.
"""

from __future__ import annotations

import logging
import os
import time
from functools import cache
from typing import Any, Final

from portevoix.errors import PortevoixError
from portevoix.speech import (
    Failure,
    Message,
    Session,
    SpeechSettings,
    SpeechUnavailableError,
    Stop,
    as_record,
    choose,
    forbid_traces,
)
from portevoix.speech.engine import Engine
from portevoix.speech.engines.unavailable import UnavailableEngine
from portevoix.speech.memory import wipe
from portevoix.speech.session import STEP, State
from portevoix.testing import NullEngine
from portevoix.web.runs.enums import Capability, Outcome
from portevoix.web.runs.models import Run

__all__ = ["STEP", "Dictation", "engine", "sends_to", "unavailable", "wipe"]

_log = logging.getLogger(__name__)
# For load tests alone: an engine that costs nothing.
_NULL: Final = "null"


@cache
def engine() -> Engine:
    """The engine chosen by `PORTEVOIX_SPEECH` and its kin; a wrong setting makes it unavailable.

    The first call forbids the process to keep traces of what it will hear.
    """
    settings = SpeechSettings.from_environment()
    chosen = _chosen(settings)
    if not chosen.unavailable:
        for missing in forbid_traces():
            _log.warning("dictation: %s", missing)
    return chosen


def _chosen(settings: SpeechSettings) -> Engine:
    if settings.engine == _NULL and os.environ.get("PORTEVOIX_MODE") == "test":
        return NullEngine()
    try:
        return choose(settings)
    except PortevoixError as error:
        _log.error("dictation: %s", type(error).__name__)
        return UnavailableEngine(error.message)


def unavailable() -> str:
    """Why one cannot dictate here; empty when one can."""
    return engine().unavailable


def sends_to() -> str:
    """The host that receives the voice; empty when it stays on this machine."""
    return engine().sends_to


class Dictation:
    """One dictation of the site: a session, and its Run when it is over.

    Only `receive` may be called from the thread of the server, and not while `work` runs.
    """

    def __init__(self) -> None:
        chosen = engine()
        if chosen.unavailable:
            raise SpeechUnavailableError
        self._session = Session(chosen)
        self._start = time.perf_counter()
        self._outcome, self._error = Outcome.ANSWERED, ""
        self._run = Run(
            capability=Capability.DICTATION, engine=chosen.name, model=chosen.model, items=0
        )

    @property
    def over(self) -> bool:
        return self._session.state is State.STOPPED

    @property
    def between_sentences(self) -> bool:
        """Whether all that was said is written: nothing would be lost by starting again here."""
        return self._session.state in (State.LISTENING, State.PAUSED)

    @property
    def ready(self) -> bool:
        """Whether enough sound waits for `work` to be worth a thread."""
        return self._session.received - self._session.heard >= STEP

    def receive(self, frame: bytes) -> list[dict[str, Any]]:
        """Take a frame in; its bytes are overwritten. Cheap."""
        return self._told(self._session.receive(frame))

    def work(self) -> list[dict[str, Any]]:
        """Hear what waits; takes time: call it in a thread."""
        return self._told(self._session.advance())

    def pause(self) -> list[dict[str, Any]]:
        """Write what was being said and stop listening; takes time."""
        return self._told(self._session.pause())

    def resume(self) -> None:
        self._session.resume()

    def finish(self) -> list[dict[str, Any]]:
        """Write what remains; the last message is a stop. Takes time."""
        return self._told(self._session.finish())

    def close(self) -> None:
        """Overwrite everything heard. Whatever happened, call it; before `record`."""
        self._session.close()

    def record(self) -> None:
        """Keep the Run: how long, how many sentences, how it ended."""
        self._run.duration_ms = round((time.perf_counter() - self._start) * 1000)
        self._run.outcome, self._run.error = self._outcome, self._error
        self._run.save()

    def _told(self, messages: list[Message]) -> list[dict[str, Any]]:
        for message in messages:
            if isinstance(message, Failure) and message.permanent:
                self._outcome, self._error = Outcome.FAILED, str(message.code)
            elif isinstance(message, Stop):
                self._run.items = message.sentences
        return [as_record(message) for message in messages]
