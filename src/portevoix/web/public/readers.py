"""A browser, known again by a cookie that only voting makes: who someone is stays unknown."""

from __future__ import annotations

import secrets
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_NAME: Final = "lecteur"
_YEAR: Final = 365 * 24 * 3600
_LENGTH: Final = 43


def known(request: HttpRequest) -> str:
    """Return the secret of this browser, empty when it never voted."""
    found = request.COOKIES.get(_cookie(), "")
    return found if len(found) == _LENGTH else ""


def remember(request: HttpRequest, response: HttpResponse, reader: str) -> None:
    """Keep the secret in this browser for a year."""
    if known(request) == reader:
        return
    response.set_cookie(
        _cookie(),
        reader,
        max_age=_YEAR,
        secure=settings.PORTEVOIX_TLS,
        httponly=True,
        samesite="Lax",
    )


def of(request: HttpRequest) -> str:
    """Return the secret of this browser, a new one when it never voted."""
    return known(request) or secrets.token_urlsafe(32)


def voter(reader: str, about: str, number: int) -> str:
    """One name a browser and a thing voted on: two votes of one browser cannot be brought together.

    The database keeps a digest of it.
    """
    return f"{reader}.{about}.{number}" if reader else ""


def _cookie() -> str:
    return f"__Host-{_NAME}" if settings.PORTEVOIX_TLS else _NAME
