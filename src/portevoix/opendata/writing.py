"""Tables out, row by row: CSV as the official exports are, and JSON with the same headings.

Nothing is kept of what was written: a table of any length takes the memory of one row.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from portevoix.opendata import experience_columns, structure_columns
from portevoix.opendata.columns import Column, table_schema

Item = TypeVar("Item")
BOM: Final = "\ufeff"
DELIMITER: Final = ";"
EXPERIENCES: Final = experience_columns.experience_columns()
STRUCTURES: Final = structure_columns.structure_columns()


def csv_rows(items: Iterable[Item], columns: tuple[Column[Item], ...]) -> Iterator[str]:
    """Yield the heading (after a byte order mark, for spreadsheets), then one text an item."""
    line = _Line()
    writer = csv.writer(line, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    yield BOM + line.written
    for item in items:
        writer.writerow([column.cell(item) for column in columns])
        yield line.written


def json_rows(items: Iterable[Item], columns: tuple[Column[Item], ...]) -> Iterator[str]:
    """Yield the pieces of one array of objects, an object a line."""
    before = "["
    for item in items:
        record = {column.heading: column.value(item) for column in columns}
        yield f"{before}\n{json.dumps(record, ensure_ascii=False, separators=(',', ':'))}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def experiences_schema() -> dict[str, Any]:
    """The Table Schema of exports of experiences."""
    return table_schema(
        EXPERIENCES,
        name="experiences",
        title="Expériences des usagers et réponses des services publics",
        key=experience_columns.KEY,
    )


def structures_schema() -> dict[str, Any]:
    """The Table Schema of exports of structures."""
    return table_schema(
        STRUCTURES,
        name="structures",
        title="Structures des services publics",
        key=structure_columns.KEY,
    )


class _Line:
    """A file of which only the last line is kept."""

    written = ""

    def write(self, line: str) -> int:
        self.written = line
        return len(line)
