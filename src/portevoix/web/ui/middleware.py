"""Headers that Django does not set, and one line of log a page, without address."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse

logger = logging.getLogger("portevoix.pages")

_BIGGEST: Final = 2**63 - 1

Answer = Callable[[HttpRequest], HttpResponse]

# Everything closed but the microphone of our own pages, for dictation.
_PERMISSIONS: Final = ", ".join(
    [
        "microphone=(self)",
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "browsing-topics",
                "camera",
                "display-capture",
                "geolocation",
                "gyroscope",
                "payment",
                "usb",
            )
        ),
    ]
)


class PermissionsPolicy:
    """Says which powers of the browser our pages may ask for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        return response


class RefuseImpossiblePlaces:
    """Nothing has a number too big for a database, nor a name with a NUL: it leads nowhere."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, _request: HttpRequest, _view: Answer, _args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        if any(_is_impossible(value) for value in kwargs.values()):
            raise Http404


def _is_impossible(value: object) -> bool:
    if isinstance(value, int):
        return value > _BIGGEST
    return isinstance(value, str) and "\0" in value


class SayWhatWasServed:
    """Logs the route, never the address: it may hold a private key or the words of a search."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.view_name if match else "-"
        if route != "ui:health":
            milliseconds = (time.perf_counter() - start) * 1000
            logger.info(
                "%s %s %s %.0f ms", request.method, route, response.status_code, milliseconds
            )
        return response
