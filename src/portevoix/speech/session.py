"""One dictation: a state machine fed sound, giving messages. No thread, no socket, no file.

    with Session(engine) as session:
        for frame in microphone:
            for message in session.feed(frame): ...
        for message in session.finish(): ...

A server that must never wait calls `receive` as frames come (it only copies) and `advance` where
it may take time; while `full` is true it stops reading its socket, and nothing is lost.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from types import TracebackType
from typing import Final, Self

import numpy as np

from portevoix.errors import PortevoixError
from portevoix.speech.activity import WINDOW, Detector, Turn, best_detector
from portevoix.speech.engine import Engine, EngineError, Listener, Samples
from portevoix.speech.limits import RATE, SECOND, WIDTH, Limits, size
from portevoix.speech.memory import SoundBuffer, wipe
from portevoix.speech.messages import (
    Failure,
    Message,
    Partial,
    Reason,
    Sentence,
    Stop,
    Trouble,
)
from portevoix.speech.writing.writer import Writer

STEP: Final = 3 * WINDOW * WIDTH
"""Bytes worked on at once: 96 ms."""
_LEAD: Final = 0.35  # seconds heard before a voice was sure: the first consonant is there
_TRIES: Final = 3

_SAID: Final = {
    Reason.ASKED: "La dictée est terminée.",
    Reason.SILENCE: "Plus personne ne parle : le micro est coupé. Vous pouvez reprendre.",
    Reason.LENGTH: "La durée d'une dictée est atteinte. Relisez, puis reprenez si besoin.",
    Reason.ERROR: "La dictée s'est arrêtée. Ce qui est écrit reste écrit.",
}
_BUSY: Final = "Le serveur prend du retard : attendez un instant avant de continuer."
_FORMAT: Final = "Le son reçu n'est pas lisible : 16 kHz, une voie, 16 bits sont attendus."


class State(StrEnum):
    """Where a dictation is."""

    LISTENING = "listening"
    SPEAKING = "speaking"
    PAUSED = "paused"
    STOPPED = "stopped"


class Session:
    """See the module. Not for two threads at once; sound handed over is overwritten."""

    def __init__(
        self,
        engine: Engine,
        *,
        limits: Limits | None = None,
        writer: Writer | None = None,
        detector: Detector | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.writer = writer or Writer(punctuates=engine.punctuates)
        self.state = State.LISTENING
        self.received = 0
        """Bytes of sound accepted so far."""
        self.heard = 0
        """Bytes of sound worked on so far."""
        self._detector = detector or best_detector()
        self._turn = Turn(self.limits.pause)
        self._waiting = SoundBuffer(size(self.limits.waiting) + STEP)
        self._lead = SoundBuffer(size(_LEAD))
        self._written: list[int] = []
        self._sentence = self._revision = self._spoken = self._failures = 0
        self._shown = self._raw = ""
        self._last: Sentence | None = None
        self._listener: Listener = engine.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def lag(self) -> float:
        """Seconds of sound received and not yet heard."""
        return len(self._waiting) / SECOND

    @property
    def full(self) -> bool:
        """Whether to stop reading sound for now: a frame more might not find room."""
        return self._waiting.room < size(self.limits.frame)

    def receive(self, frame: bytes | bytearray | memoryview) -> list[Message]:
        """Take sound in, overwrite `frame`, do nothing else. Cheap: it may be called anywhere.

        A frame that finds no room is refused whole, and said so.
        """
        try:
            if self.state in (State.STOPPED, State.PAUSED):
                return []
            if len(frame) % WIDTH or len(frame) > size(self.limits.frame):
                return [Failure(Trouble.FORMAT, _FORMAT, permanent=True)]
            if not self._waiting.put(frame):
                return [Failure(Trouble.BUSY, _BUSY)]
            self.received += len(frame)
            return []
        finally:
            wipe(frame)

    def advance(self, seconds: float | None = None) -> list[Message]:
        """Work on what was received, at most `seconds` of sound; may take time."""
        left = size(seconds) if seconds is not None else len(self._waiting)
        messages: list[Message] = []
        while self.state is not State.STOPPED and left >= STEP and len(self._waiting) >= STEP:
            messages += self._guarded(STEP)
            left -= STEP
        return messages

    def feed(self, frame: bytes | bytearray | memoryview) -> list[Message]:
        """`receive` then `advance`: for who has time to wait."""
        return [*self.receive(frame), *self.advance()]

    def pause(self) -> list[Message]:
        """Stop listening; what was being said is written."""
        if self.state in (State.STOPPED, State.PAUSED):
            return []
        messages = [*self.advance(), *self._flush()]
        if not self._stopped(messages):
            self.state = State.PAUSED
        return messages

    def resume(self) -> None:
        """Listen again after a pause."""
        if self.state is State.PAUSED:
            self.state = State.LISTENING

    def finish(self) -> list[Message]:
        """Write what remains and stop; the last message is a `stop`."""
        if self.state is State.STOPPED:
            return []
        messages = [*self.advance(), *self._flush()]
        return messages if self._stopped(messages) else [*messages, *self._stop(Reason.ASKED)]

    def close(self) -> None:
        """Overwrite everything heard. May be called twice, after any error."""
        self.state = State.STOPPED
        self._waiting.drop()
        self._lead.drop()
        self._detector.reset()
        self._listener.close()

    def _stopped(self, messages: list[Message]) -> bool:
        return any(isinstance(m, Stop) for m in messages)

    def _flush(self) -> list[Message]:
        """What is left of a window, then the end of the sentence."""
        messages: list[Message] = []
        if left := len(self._waiting):
            self._waiting.put(bytes(-left % (WINDOW * WIDTH)))
            messages += self._guarded(len(self._waiting), padding=-left % (WINDOW * WIDTH))
        if self.state is State.SPEAKING:
            messages += self._end(pause=True)
        self._turn = Turn(self.limits.pause)
        self._lead.drop()
        return messages

    def _guarded(self, length: int, padding: int = 0) -> list[Message]:
        """Work on the first `length` bytes; on a fault of ours, nothing heard is left anywhere."""
        done = False
        try:
            messages = self._step(length)
            done = True
        finally:
            self._waiting.drop(length)
            self.heard += length - padding
            if not done:
                self.close()
        return messages

    def _step(self, length: int) -> list[Message]:
        sound = self._waiting.look(length)
        samples = np.frombuffer(sound, np.int16)
        turned = [self._turn.follow(v) for v in self._detector.voices(samples)]
        messages: list[Message] = []
        if self.state is State.LISTENING:
            messages += self._listen(samples, sound, began=self._turn.speaking)
        elif any(turned) and not self._turn.speaking:
            messages += [*self._hear(samples), *self._end(pause=True)]
        else:
            messages += self._hear(samples)
            if self._spoken >= self.limits.sentence * RATE and self.state is State.SPEAKING:
                messages += self._end(pause=False)
        return messages if self._stopped(messages) else [*messages, *self._check_limits()]

    def _listen(self, samples: Samples, sound: memoryview, *, began: bool) -> list[Message]:
        if not began:
            self._lead.push_out(sound)
            return []
        self.state = State.SPEAKING
        self._sentence += 1
        self._revision = self._spoken = 0
        self._shown = self._raw = ""
        lead = np.frombuffer(self._lead.look(), np.int16)
        messages = self._hear(lead) if len(lead) else []
        self._lead.drop()
        return [*messages, *self._hear(samples)] if self.state is State.SPEAKING else messages

    def _hear(self, samples: Samples) -> list[Message]:
        self._spoken += len(samples)
        try:
            text = self._listener.hear(samples)
        except PortevoixError as error:
            return self._failed(error)
        if text == self._raw:
            return []
        self._raw = text
        shown = self.writer.sketch(text) if text else ""
        if not shown or shown == self._shown:
            return []
        self._shown = shown
        self._revision += 1
        return [Partial(self._sentence, self._revision, shown)]

    def _end(self, *, pause: bool) -> list[Message]:
        """The sentence is over: what the engine makes of it, written."""
        self.state = State.LISTENING
        self._turn.speaking = False
        try:
            raw = self._listener.end()
        except PortevoixError as error:
            return self._failed(error)
        self._failures = 0
        written = self.writer.write(raw, pause=pause)
        messages: list[Message] = []
        if written.erases and self._written:
            messages.append(Sentence(self._written.pop(), 1_000_000, ""))
            self._last = None
        if written.text or self._shown:
            self._last = Sentence(
                self._sentence, self._revision + 1, written.text, written.before, written.notices
            )
            messages.append(self._last)
        if written.text:
            self._written.append(self._sentence)
        return messages

    def _closed(self) -> list[Message]:
        """Nothing more will be said: the last sentence gets the end that a pause left open."""
        last = self._last
        if last is None or (text := self.writer.ended(last.text)) == last.text:
            return []
        self._last = None
        return [replace(last, revision=last.revision + 1, text=text)]

    def _failed(self, error: PortevoixError) -> list[Message]:
        """A sentence is lost and said so; three in a row, or for good, and the dictation stops."""
        self.state = State.LISTENING
        self._turn = Turn(self.limits.pause)
        self._failures += 1
        lost: list[Message] = []
        if self._shown:
            lost.append(Sentence(self._sentence, self._revision + 1, ""))
        code = Trouble.ENGINE if isinstance(error, EngineError) else Trouble.UNAVAILABLE
        failure = Failure(code, error.message, permanent=error.permanent)
        if error.permanent or self._failures >= _TRIES:
            return [*lost, failure, *self._stop(Reason.ERROR)]
        return [*lost, failure]

    def _check_limits(self) -> list[Message]:
        if self.heard + STEP >= self.limits.dictation * SECOND:
            ended = self._end(pause=True) if self.state is State.SPEAKING else []
            return ended if self._stopped(ended) else [*ended, *self._stop(Reason.LENGTH)]
        if self.state is State.LISTENING and self._turn.silent >= self.limits.silence:
            return self._stop(Reason.SILENCE)
        return []

    def _stop(self, reason: Reason) -> list[Message]:
        # The sound of the step under way is dropped by `_guarded`, the rest here.
        self.state = State.STOPPED
        self._lead.drop()
        self._listener.close()
        heard = self.received / SECOND
        closed = self._closed()
        return [*closed, Stop(reason, _SAID[reason], round(heard, 2), len(self._written))]
