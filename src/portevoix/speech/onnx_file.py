"""What an ONNX model says of itself: its metadata and the names of its inputs.

Read before a model is given to the inference library, which ends the whole process on a model it
does not expect. The weights, which may weigh gigabytes, are passed over without being read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

_GRAPH: Final = 7
_METADATA: Final = 14
_INPUT: Final = 11
_LARGEST_TEXT: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class OnnxFacts:
    """`metadata` by key; `inputs` in the order of the graph."""

    metadata: dict[str, str]
    inputs: tuple[str, ...]


def read_facts(path: Path) -> OnnxFacts:
    """The facts of a file. Raises `ValueError` when it is no ONNX model, `OSError` unread."""
    metadata: dict[str, str] = {}
    inputs: list[str] = []
    with path.open("rb") as file:
        for field, length in _fields(file, path.stat().st_size):
            if field == _METADATA:
                entry = dict(_texts(file.read(min(length, _LARGEST_TEXT))))
                metadata[entry.get(1, "")] = entry.get(2, "")
            elif field == _GRAPH:
                inputs = list(_inputs(file, length))
    if not inputs:
        raise ValueError(f"{path.name} is no ONNX model")
    return OnnxFacts(metadata, tuple(inputs))


def _inputs(file: BinaryIO, length: int) -> Iterator[str]:
    for field, size in _fields(file, file.tell() + length):
        if field == _INPUT:
            yield dict(_texts(file.read(min(size, _LARGEST_TEXT)))).get(1, "")


def _fields(file: BinaryIO, end: int) -> Iterator[tuple[int, int]]:
    """(number, length) of each field made of bytes, `file` placed at its start."""
    while file.tell() < end:
        tag = _varint(file)
        kind = tag & 7
        if kind == 2:
            length = _varint(file)
            after = file.tell() + length
            if after > end:
                raise ValueError("cut file")
            yield tag >> 3, length
            file.seek(after)
        else:
            _skip(file, kind)


def _skip(file: BinaryIO, kind: int) -> None:
    if kind == 0:
        _varint(file)
    elif kind in (1, 5):
        file.seek(8 if kind == 1 else 4, 1)
    else:
        raise ValueError("no protobuf")


def _varint(file: BinaryIO) -> int:
    value = shift = 0
    while True:
        byte = file.read(1)
        if not byte or shift > 63:
            raise ValueError("cut file")
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
        shift += 7


def _texts(data: bytes) -> Iterator[tuple[int, str]]:
    """(number, text) of the byte fields of a small message."""
    place = 0
    while place < len(data):
        tag, place = _number(data, place)
        if tag & 7 == 2:
            length, place = _number(data, place)
            yield tag >> 3, data[place : place + length].decode("utf-8", "replace")
            place += length
        elif tag & 7 == 0:
            _, place = _number(data, place)
        else:
            place += 8 if tag & 7 == 1 else 4


def _number(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(data) and shift <= 63:
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
    raise ValueError("cut message")
