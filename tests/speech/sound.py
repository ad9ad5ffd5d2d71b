"""Sound for tests: silence, noise, and sentences said by espeak-ng."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from portevoix.speech.limits import RATE
from portevoix.speech.wav import head
from tests.paths import SHARED

MODEL = SHARED / "data" / "speech" / "streaming_fr_espeak"
FRAME = 3200  # bytes: 100 ms

needs_model = pytest.mark.skipif(
    not (MODEL / "model.onnx").is_file(),
    reason=f"modèle d'essai absent : {MODEL} (voir CONTRIBUTING.md)",
)
needs_espeak = pytest.mark.skipif(
    not (shutil.which("espeak-ng") and shutil.which("sox")),
    reason="espeak-ng et sox sont absents : apt-get install espeak-ng sox",
)


def silence(seconds: float) -> bytes:
    return bytes(2 * int(seconds * RATE))


def noise(seconds: float, seed: int = 0, level: int = 6000) -> bytes:
    draw = np.random.default_rng(seed)
    samples = draw.normal(0, level, int(seconds * RATE))
    return np.clip(samples, -32768, 32767).astype("<i2").tobytes()


def speech(text: str, before: float = 0.4, after: float = 1.0) -> bytes:
    """`text` said at 16 kHz, with silence around it."""
    said = subprocess.run(
        ["espeak-ng", "-v", "fr", "--stdin", "--stdout"],
        input=text.encode(),
        capture_output=True,
        check=True,
    ).stdout
    return subprocess.run(
        ["sox", "-t", "wav", "-", "-t", "raw", "-r", "16000", "-b", "16", "-c", "1",
         "-e", "signed-integer", "-", "pad", str(before), str(after)],
        input=said, capture_output=True, check=True,
    ).stdout  # fmt: skip


def frames(sound: bytes, size: int = FRAME) -> Iterator[bytearray]:
    for start in range(0, len(sound), size):
        yield bytearray(sound[start : start + size])


def write_wav(path: Path, sound: bytes) -> Path:
    path.write_bytes(head(len(sound)) + sound)
    return path


def plain(text: str) -> str:
    """Words alone, as an engine without marks gives them."""
    low = unicodedata.normalize("NFC", text.lower()).replace("-", " ")
    return " ".join("".join(c for c in low if c.isalpha() or c in " '").split())


def edits(a: str, b: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]
