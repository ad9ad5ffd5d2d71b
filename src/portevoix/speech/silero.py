"""The voice detector of Silero (v6, MIT) in numpy: the chance that 32 ms hold a voice.

310 000 weights shared by every dictation; what one dictation keeps is 320 numbers. Run this way it
needs no inference library and cannot stop the process, which the native one does on a wrong input.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.errors import ResourceError

WINDOW: Final = 512
"""Samples at 16 kHz read at once: 32 ms."""
_CONTEXT: Final = 64
_FFT: Final = 256
_STARTS: Final = (0, 128, 256, 384)
_BINS: Final = _FFT // 2 + 1
_UNITS: Final = 128

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """`stft` (256, 258); `kernels` four of (3 · in, out) with `biases` (out,); an LSTM cell.

    `inputs` and `hidden` (128, 512), `bias` (512,), `out` (128,), `out_bias` a number.
    """

    stft: Floats
    kernels: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    inputs: Floats
    hidden: Floats
    bias: Floats
    out: Floats
    out_bias: float


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights of the package. Raises `ResourceError` when the file is missing or damaged."""
    path = resources.files("portevoix") / "data" / "speech" / "silero_vad.npz"
    try:
        with path.open("rb") as file, np.load(file) as stored:
            return _prepare({name: stored[name].astype(np.float32) for name in stored.files})
    except (OSError, KeyError, ValueError) as error:
        raise ResourceError from error


def _prepare(stored: dict[str, Floats]) -> Weights:
    return Weights(
        stft=np.ascontiguousarray(stored["stft"][:, 0].T),
        kernels=tuple(_flat(stored[f"kernel{n}"]) for n in range(4)),
        biases=tuple(stored[f"bias{n}"] for n in range(4)),
        inputs=np.ascontiguousarray(stored["inputs"].T),
        hidden=np.ascontiguousarray(stored["hidden"].T),
        bias=stored["inputs_bias"] + stored["hidden_bias"],
        out=stored["out"].reshape(-1),
        out_bias=float(stored["out_bias"].reshape(-1)[0]),
    )


def _flat(kernel: Floats) -> Floats:
    """(out, in, 3) as (3 · in, out), so that a convolution is one product."""
    return np.ascontiguousarray(kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0]))


def _zeros(size: int) -> Floats:
    return np.zeros(size, np.float32)


@dataclass(slots=True)
class Silero:
    """The detector of one dictation: feed it windows in order."""

    _context: Floats = field(default_factory=lambda: _zeros(_CONTEXT))
    _hidden: Floats = field(default_factory=lambda: _zeros(_UNITS))
    _cell: Floats = field(default_factory=lambda: _zeros(_UNITS))

    def probabilities(self, windows: Floats) -> list[float]:
        """The chance of a voice in each of `windows`: float32 (n, 512) in -1..1."""
        known = weights()
        described = _describe(known, self._heard(windows)) @ known.inputs + known.bias
        return [self._recall(known, row) for row in described]

    def _heard(self, windows: Floats) -> Floats:
        """(n, 640): each window after the end of the one before it, mirrored at its own end."""
        heard = np.empty((len(windows), _CONTEXT + WINDOW + _CONTEXT), np.float32)
        heard[:, _CONTEXT : _CONTEXT + WINDOW] = windows
        heard[0, :_CONTEXT] = self._context
        heard[1:, :_CONTEXT] = windows[:-1, -_CONTEXT:]
        heard[:, _CONTEXT + WINDOW :] = windows[:, -_CONTEXT - 1 : -1][:, ::-1]
        self._context[:] = windows[-1, -_CONTEXT:]
        return heard

    def _recall(self, known: Weights, described: Floats) -> float:
        gates = described + self._hidden @ known.hidden
        opened = 1 / (1 + np.exp(-gates))
        keep, forget, out = opened[:_UNITS], opened[_UNITS : 2 * _UNITS], opened[3 * _UNITS :]
        self._cell[:] = forget * self._cell + keep * np.tanh(gates[2 * _UNITS : 3 * _UNITS])
        self._hidden[:] = out * np.tanh(self._cell)
        score = float(np.maximum(self._hidden, 0) @ known.out) + known.out_bias
        return float(1 / (1 + np.exp(-score)))

    def reset(self) -> None:
        """Forget everything heard."""
        for kept in (self._context, self._hidden, self._cell):
            kept.fill(0)


def _describe(known: Weights, heard: Floats) -> Floats:
    """(n, 640) samples to (n, 128): spectrum, then four convolutions down to one frame."""
    frames = np.stack([heard[:, s : s + _FFT] for s in _STARTS], axis=1)
    waves = frames @ known.stft
    x = np.sqrt(waves[..., :_BINS] ** 2 + waves[..., _BINS:] ** 2)
    heard.fill(0)
    frames.fill(0)
    for kernel, bias, stride in zip(known.kernels, known.biases, (1, 2, 2, 1), strict=True):
        x = _convolve(x, kernel, bias, stride)
    return np.asarray(x[:, 0])


def _convolve(x: Floats, kernel: Floats, bias: Floats, stride: int) -> Floats:
    """(n, time, in) to (n, time', out): three taps, padded by one, then nothing below zero."""
    count, length, width = x.shape
    padded = np.zeros((count, length + 2, width), np.float32)
    padded[:, 1:-1] = x
    taps = [padded[:, i : i + 3].reshape(count, -1) for i in range(0, length, stride)]
    return np.asarray(np.maximum(np.stack(taps, axis=1) @ kernel + bias, 0), np.float32)
