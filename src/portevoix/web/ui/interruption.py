"""The database does not answer: said in French, with what was being sent, to send it again.

Nothing here may touch the database, the session or the account of the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# What databases raise when they stop, restart, or have no place left: trying again may succeed.
TEMPORARY: Final = (OperationalError, InterfaceError)
_SECONDS: Final = 30
_SHORT: Final = 80


@dataclass(frozen=True, slots=True)
class Again:
    """A form as it was sent: its short answers, hidden, and what was written at length, shown."""

    address: str
    short: Sequence[tuple[str, str]]
    long: Sequence[tuple[str, str]]


def interrupted(request: HttpRequest) -> HttpResponse:
    """503, with a form that holds what this request brought."""
    sent = request.method == "POST"
    shown = {"sent": sent, "again": _again(request) if sent else None}
    response = render(None, "ui/errors/503.html", shown, status=503)
    response["Retry-After"] = str(_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _again(request: HttpRequest) -> Again | None:
    """What was sent; None when a page may not hold it: a password, a file, nothing at all."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if not fields or request.FILES or any("password" in name for name, _value in fields):
        return None
    return Again(
        request.get_full_path(),
        [(name, value) for name, value in fields if not _is_long(value)],
        [(name, value) for name, value in fields if _is_long(value)],
    )


def _is_long(value: str) -> bool:
    return len(value) > _SHORT or "\n" in value
