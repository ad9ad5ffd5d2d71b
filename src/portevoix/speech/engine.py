"""What an engine must be able to do, whoever serves it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from portevoix.errors import PortevoixError, TemporaryError

Samples = NDArray[np.int16]
"""Sound at 16 kHz, one channel. Valid during the call that gives it, overwritten after."""


class SpeechUnavailableError(PortevoixError):
    """La dictée n'est pas disponible sur ce site : vous pouvez écrire votre texte."""


class EngineError(TemporaryError):
    """Cette phrase n'a pas pu être transcrite. Redites-la, ou écrivez-la."""


class Listener(Protocol):
    """One dictation as its engine hears it, sentence after sentence."""

    def hear(self, samples: Samples) -> str:
        """Words of the sentence so far; empty when the engine speaks only at the end of one."""
        ...

    def end(self) -> str:
        """Words of the sentence, now over; the next `hear` begins another."""
        ...

    def close(self) -> None:
        """Forget everything; may be called twice."""
        ...


class Engine(Protocol):
    """A recogniser, shared by every dictation.

    `punctuates`: it gives marks and capitals. `sends_to`: the host that receives the voice, empty
    when it stays on this machine. `unavailable`: why it cannot serve, empty when it can.
    """

    @property
    def name(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def punctuates(self) -> bool: ...
    @property
    def sends_to(self) -> str: ...
    @property
    def unavailable(self) -> str: ...

    def open(self) -> Listener:
        """A new dictation. Raises `SpeechUnavailableError` when it cannot serve."""
        ...
