"""Sound files, read into what a dictation hears; and the head of one, for a sentence to send."""

from __future__ import annotations

import struct
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.errors import UnreadableFileError
from portevoix.speech.limits import RATE, SECOND, WIDTH

FRAME: Final = 0.1
"""Seconds of a frame, as a browser sends them."""
_LONGEST: Final = 3600 * 4


def head(length: int) -> bytes:
    """The head of a WAV file of `length` bytes of sound, as `limits` says it."""
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + length, b"WAVE", b"fmt ", 16, 1, 1, RATE, SECOND,
        WIDTH, 8 * WIDTH, b"data", length,
    )  # fmt: skip


def frames(path: Path) -> Iterator[bytearray]:
    """The sound of a WAV file as frames of 100 ms, at 16 kHz on one channel.

    Raises `UnreadableFileError` for anything but whole numbers of 8 to 32 bits.
    """
    try:
        with wave.open(str(path), "rb") as file:
            rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
            if file.getnframes() > _LONGEST * rate or not 4000 <= rate <= 192_000:
                raise UnreadableFileError(f"{path} : durée ou fréquence hors de ce qui est lu.")
            data = file.readframes(file.getnframes())
    except (wave.Error, EOFError, OSError, struct.error) as error:
        raise UnreadableFileError(
            f"{path} n'est pas un fichier WAV lisible (entiers de 8 à 32 bits)."
        ) from error
    samples = _resampled(_numbers(data, width).reshape(-1, channels).mean(axis=1), rate)
    step = int(FRAME * RATE)
    for start in range(0, len(samples), step):
        yield bytearray(samples[start : start + step].tobytes())


def _numbers(data: bytes, width: int) -> NDArray[np.float64]:
    """Samples in -32768..32767 whatever their width."""
    if width == 1:
        return (np.frombuffer(data, np.uint8).astype(np.float64) - 128) * 256
    if width == 3:
        bytes_ = np.frombuffer(data[: len(data) // 3 * 3], np.uint8).reshape(-1, 3)
        high = bytes_[:, 2].astype(np.int8).astype(np.float64) * 256
        return np.asarray(high + bytes_[:, 1])
    kind = np.dtype("<i2") if width == 2 else np.dtype("<i4")
    whole = np.frombuffer(data[: len(data) // width * width], kind).astype(np.float64)
    return whole if width == 2 else whole / 65536


def _resampled(samples: NDArray[np.float64], rate: int) -> NDArray[np.int16]:
    if rate != RATE:
        # Imported here: only files need it, and it takes a third of a second.
        from scipy.signal import resample_poly  # noqa: PLC0415

        samples = resample_poly(samples, RATE, rate)
    return np.clip(np.round(samples), -32768, 32767).astype("<i2")
