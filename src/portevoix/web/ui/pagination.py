"""Lists page by page by what was seen last, so that the thousandth page costs as the first."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_datetime

Row = TypeVar("Row", bound=Model)
SIZE: Final = 20


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows shown and the cursors of the pages before and after, empty at either end."""

    rows: Sequence[Row]
    next: str = ""
    previous: str = ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def paginate(
    queryset: QuerySet[Row], order: Sequence[str], cursor: str = "", size: int = SIZE
) -> Page[Row]:
    """Return one page in `order` (« -published_at », « -number »: the last must be unique).

    An unreadable cursor gives the first page. One query, of `size` + 1 rows.
    """
    place = _decode(cursor, len(order))
    backwards = bool(place) and place[0] == "before"
    wanted = [_turned(name) for name in order] if backwards else list(order)
    rows = queryset.order_by(*wanted)
    try:
        if place:
            rows = rows.filter(_beyond(wanted, place[1:]))
        found = list(rows[: size + 1])
    except (ValueError, TypeError, ValidationError):
        return paginate(queryset, order, "", size)
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    after = found and (more or backwards)
    before = found and place and (more or not backwards)
    return Page(
        found,
        next=_encode("after", found[-1], order) if after else "",
        previous=_encode("before", found[0], order) if before else "",
    )


def is_cursor(cursor: str, order: Sequence[str]) -> bool:
    """Tell whether a page of this order gave that cursor; none at all is the first page."""
    return not cursor or bool(_decode(cursor, len(order)))


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after these values in `order`: a < x or (a = x and b < y)…"""
    condition = Q()
    for rank in reversed(range(len(order))):
        name = order[rank].lstrip("-")
        side = "lt" if order[rank].startswith("-") else "gt"
        step = Q(**{f"{name}__{side}": values[rank]})
        condition = step | (Q(**{name: values[rank]}) & condition) if condition else step
    first = order[0].lstrip("-")
    # Said apart, the outer bound lets both databases start inside the index.
    bound = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{bound}": values[0]}) & condition


def _encode(side: str, row: Model, order: Sequence[str]) -> str:
    values = [_plain(_value(row, name.lstrip("-"))) for name in order]
    packed = json.dumps([side, *values], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row.pk if isinstance(row, Model) else row


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _decode(cursor: str, length: int) -> list[Any]:
    if not cursor or len(cursor) > 300:
        return []
    try:
        packed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = json.loads(packed)
    except (ValueError, binascii.Error):
        return []
    if (
        not isinstance(values, list)
        or len(values) != length + 1
        or values[0]
        not in {
            "after",
            "before",
        }
    ):
        return []
    if not all(isinstance(value, str | int) for value in values):
        return []
    return [_moment(value) for value in values]


def _moment(value: Any) -> Any:
    if isinstance(value, str) and len(value) > 10:
        return parse_datetime(value) or value
    return value
