"""Gradient descent (Adam) on named arrays, some of which move by rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
# The rows that moved and their gradient.
Rows = tuple[NDArray[np.int64], Floats]

_FIRST, _SECOND = 0.9, 0.99
_TINY: Final = 1e-8


@dataclass(slots=True)
class Descent:
    """`paces` and `decays` are those of some arrays; the others have `pace` and `decay`."""

    pace: float
    decay: float
    paces: dict[str, float]
    decays: dict[str, float]
    _mean: dict[str, Floats] = field(default_factory=dict)
    _square: dict[str, Floats] = field(default_factory=dict)
    _steps: int = 0

    def step(self, arrays: dict[str, Floats], slopes: dict[str, Floats | Rows], by: float) -> None:
        """Move `arrays` against their `slopes`, at `by` times the usual pace."""
        self._steps += 1
        unbias = float(np.sqrt(1 - _SECOND**self._steps) / (1 - _FIRST**self._steps))
        for name, slope in slopes.items():
            if name not in self._mean:
                self._mean[name] = np.zeros_like(arrays[name])
                self._square[name] = np.zeros_like(arrays[name])
            pace = self.paces.get(name, self.pace) * by
            if isinstance(slope, tuple):
                self._move_rows(arrays[name], name, slope, pace * unbias)
                continue
            mean, square = self._mean[name], self._square[name]
            mean *= _FIRST
            mean += (1 - _FIRST) * slope
            square *= _SECOND
            square += (1 - _SECOND) * slope * slope
            arrays[name] -= pace * unbias * mean / (np.sqrt(square) + _TINY)
            arrays[name] *= 1 - pace * self.decays.get(name, self.decay)

    def _move_rows(self, array: Floats, name: str, slope: Rows, pace: float) -> None:
        rows, values = slope
        mean = self._mean[name][rows] * _FIRST + (1 - _FIRST) * values
        square = self._square[name][rows] * _SECOND + (1 - _SECOND) * values * values
        self._mean[name][rows], self._square[name][rows] = mean, square
        array[rows] -= pace * mean / (np.sqrt(square) + _TINY)
