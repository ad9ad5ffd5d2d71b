"""Many numbers in few bytes: a note may lean on a hundred thousand experiences."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

import numpy as np


def pack(numbers: Iterable[int]) -> bytes:
    return np.array(list(numbers), dtype="<i8").tobytes()


def numbers(packed: bytes) -> list[int]:
    found: list[int] = np.frombuffer(packed, dtype="<i8").tolist()
    return found


def stamp() -> str:
    return secrets.token_hex(8)
