"""What a column of an open-data file is: its heading, its type, what it says, where it comes from.

A table is written, described (Table Schema) and documented from the same list of columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

Item = TypeVar("Item")
Value = str | int | bool | date | datetime | None


class Kind(StrEnum):
    """The types of Table Schema that our files hold."""

    TEXT = "string"
    NUMBER = "integer"
    MOMENT = "datetime"
    DAY = "date"
    YES_NO = "boolean"


YES: Final = "Oui"
NO: Final = "Non"
MOMENT: Final = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """One column. `ours` when official exports have no such column: those come last."""

    heading: str
    kind: Kind
    told: str
    of: Callable[[Item], Value]
    choices: tuple[str, ...] = ()
    required: bool = False
    ours: bool = False

    def cell(self, item: Item) -> str:
        """What is written in a CSV cell."""
        return _in_csv(self.of(item))

    def value(self, item: Item) -> str | int | None:
        """What is written in JSON: numbers as numbers, nothing as null, the rest as in CSV."""
        value = self.of(item)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return _plain(value) or None

    def field(self) -> dict[str, Any]:
        """Describe this column as a field of a Table Schema."""
        field: dict[str, Any] = {
            "name": self.heading,
            "type": self.kind.value,
            "description": self.told,
        }
        if self.kind is Kind.MOMENT:
            field["format"] = MOMENT
        if self.kind is Kind.YES_NO:
            field |= {"trueValues": [YES], "falseValues": [NO]}
        constraints: dict[str, Any] = {"required": True} if self.required else {}
        if self.choices:
            constraints["enum"] = list(self.choices)
        if self.kind is Kind.NUMBER:
            constraints["minimum"] = 0
        return field | ({"constraints": constraints} if constraints else {})


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return value.strftime(MOMENT)
    return value.isoformat() if isinstance(value, date) else str(value)


def _in_csv(value: Value) -> str:
    """A spreadsheet runs what begins like a formula: a space before it makes it a text again.

    Readers of these files trim cells, so nothing is lost.
    """
    text = _plain(value)
    if isinstance(value, str) and text.startswith(("=", "+", "-", "@")):
        return f" {text}"
    return text


def table_schema(
    columns: tuple[Column[Any], ...], *, name: str, title: str, key: str
) -> dict[str, Any]:
    """Describe a table (https://specs.frictionlessdata.io/table-schema/)."""
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": name,
        "title": title,
        "fields": [column.field() for column in columns],
        "primaryKey": key,
        "missingValues": [""],
    }
