"""When somebody speaks: windows of 32 ms are voice or not, runs of them begin and end sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np

from portevoix.errors import ResourceError
from portevoix.speech.engine import Samples
from portevoix.speech.limits import RATE
from portevoix.speech.silero import WINDOW, Silero, weights

__all__ = ["WINDOW", "Detector", "EnergyDetector", "SileroDetector", "Turn", "best_detector"]

_WINDOW_SECONDS: Final = WINDOW / RATE


class Detector(Protocol):
    """Hears one dictation in order."""

    def voices(self, samples: Samples) -> list[float]:
        """The chance (0 to 1) of a voice in each window of `samples`, a multiple of 512."""
        ...

    def reset(self) -> None:
        """Forget everything heard."""
        ...


class SileroDetector:
    """The learned detector: knows a voice from a door, a car or music."""

    def __init__(self) -> None:
        self._net = Silero()

    def voices(self, samples: Samples) -> list[float]:
        windows = samples.astype(np.float32).reshape(-1, WINDOW)
        windows /= 32768
        heard = self._net.probabilities(windows)
        windows.fill(0)
        return heard

    def reset(self) -> None:
        self._net.reset()


@dataclass(slots=True)
class EnergyDetector:
    """Without weights: louder than the quietest moments of the last seconds, by `margin` decibels.

    `floor` is the level (dB of full scale) of the quiet moments, learned as they come.
    """

    margin: float = 10.0
    floor: float = -60.0
    _SILENT: float = -58.0

    def voices(self, samples: Samples) -> list[float]:
        windows = samples.astype(np.float32).reshape(-1, WINDOW) / 32768
        levels = 10 * np.log10(np.mean(windows**2, axis=1) + 1e-10)
        return [self._voice(float(level)) for level in levels]

    def _voice(self, level: float) -> float:
        # Falls at once with a quieter moment, rises by 3 dB a second: a voice does not lift it far.
        self.floor = max(-75.0, min(level, self.floor + 3 * _WINDOW_SECONDS))
        loud = (level - self.floor - self.margin) / 6
        return float(1 / (1 + np.exp(-loud))) if level > self._SILENT else 0.0

    def reset(self) -> None:
        self.floor = -60.0


def best_detector() -> Detector:
    """The learned detector, or the other one when its weights are missing."""
    try:
        weights()
    except ResourceError:
        return EnergyDetector()
    return SileroDetector()


@dataclass(slots=True)
class Turn:
    """Follows who speaks: a voice of at least `onset` seconds begins a sentence, `pause` ends it.

    Two thresholds, so that a hesitation in mid-word changes nothing.
    """

    pause: float
    onset: float = 0.064
    begin_at: float = 0.5
    end_below: float = 0.35
    speaking: bool = False
    silent: float = 0.0
    """Seconds since the last voice."""
    _voiced: float = field(default=0.0)

    def follow(self, voice: float) -> bool:
        """Take one window into account; true when a sentence begins or ends with it."""
        threshold = self.end_below if self.speaking else self.begin_at
        if voice >= threshold:
            self._voiced += _WINDOW_SECONDS
            self.silent = 0.0
        else:
            self._voiced = 0.0
            self.silent += _WINDOW_SECONDS
        if not self.speaking and self._voiced >= self.onset:
            self.speaking = True
            return True
        if self.speaking and self.silent >= self.pause:
            self.speaking = False
            return True
        return False
