"""How long one may speak, be silent, and how far a server may lag behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

RATE: Final = 16_000
"""Samples a second: one channel, signed 16-bit little-endian integers."""
WIDTH: Final = 2
SECOND: Final = RATE * WIDTH
"""Bytes a second."""


def size(seconds: float) -> int:
    """Bytes of a whole number of samples that last `seconds`."""
    return int(seconds * RATE) * WIDTH


@dataclass(frozen=True, slots=True)
class Limits:
    """All in seconds.

    `dictation` of sound in one session; `sentence` before one is cut; `silence` with nobody
    speaking before the microphone is closed; `pause` that ends a sentence; `waiting` sound received
    and not yet heard; `frame` in one message.
    """

    dictation: float = 300.0
    sentence: float = 30.0
    silence: float = 30.0
    pause: float = 0.7
    waiting: float = 10.0
    frame: float = 2.0
