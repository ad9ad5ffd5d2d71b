"""The files of open data: which there are, and how each is written while it leaves.

A file is never held whole: rows are read by batches and sent as they come, in the memory of one
batch whatever the number of rows.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Final

from asgiref.sync import sync_to_async

import portevoix
from portevoix.opendata.columns import Column
from portevoix.opendata.writing import EXPERIENCES, STRUCTURES, csv_rows, json_rows
from portevoix.web.api import exports
from portevoix.web.journal.queries import last_entry

CSV: Final = "text/csv; charset=utf-8"
JSON: Final = "application/json"
_PIECE: Final = 128 * 1024
_GZIP: Final = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name, what it holds, how it is written."""

    name: str
    content_type: str
    columns: Sequence[Column[Any]]
    batches: Callable[[], Iterable[Sequence[Any]]]
    rows: Callable[[Iterable[Any], Any], Iterator[str]]

    def text(self) -> Iterator[str]:
        """The whole file, row by row."""
        return self.rows(chain.from_iterable(self.batches()), self.columns)


FILES: Final = {
    file.name: file
    for file in (
        File("experiences.csv", CSV, EXPERIENCES, exports.batches, csv_rows),
        File("experiences.json", JSON, EXPERIENCES, exports.batches, json_rows),
        File("structures.csv", CSV, STRUCTURES, exports.structure_batches, csv_rows),
        File("structures.json", JSON, STRUCTURES, exports.structure_batches, json_rows),
    )
}


def version() -> tuple[str, datetime | None]:
    """What tells whether the data changed, and since when: everything done leaves an entry."""
    number, at = last_entry()
    return f'W/"{portevoix.__version__}-{number}"', at


async def leaving(rows: Iterator[str], *, packed: bool) -> AsyncIterator[bytes]:
    """Send rows by pieces, packed on the way when the reader can unpack."""
    packer = zlib.compressobj(level=5, wbits=_GZIP) if packed else None
    pieces = _pieces(rows)
    while piece := await sync_to_async(_next)(pieces):
        sent = packer.compress(piece.encode()) if packer else piece.encode()
        if sent:
            yield sent
    if packer:
        yield packer.flush()


def _next(pieces: Iterator[str]) -> str:
    return next(pieces, "")


def _pieces(rows: Iterator[str]) -> Iterator[str]:
    """Rows by some hundred kilobytes: a turn of the event loop a row would be slow."""
    held: list[str] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row)
        if size >= _PIECE:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)
