"""Who asks and how often: a key allows more requests, and opens nothing more.

Without a key, requests are counted by address in the memory of the process, as for pages. With
one, they are counted by the hour, for all processes together.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portevoix.web.api import queries
from portevoix.web.api.models import ApiKey
from portevoix.web.api.problems import ProblemError, told
from portevoix.web.ui import limits

View = Callable[..., HttpResponse]
MINUTE: Final = 60
HOUR: Final = 3_600


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many requests in this window, and how many were made."""

    limit: int
    made: int
    seconds: int

    @property
    def reset(self) -> int:
        """Seconds until the window ends."""
        return self.seconds - int(time.time()) % self.seconds

    def tell(self, response: HttpResponse) -> HttpResponse:
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(max(0, self.limit - self.made))
        response["RateLimit-Reset"] = str(self.reset)
        return response


def guarded(view: View) -> View:
    """Count the request; refuse an unknown key or one request too many."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            allowance = _allowance(request)
        except ProblemError as error:
            refused = told(error)
            refused["WWW-Authenticate"] = "Bearer"
            return refused
        if allowance.made > allowance.limit:
            response: HttpResponse = told(_too_many(allowance))
            response["Retry-After"] = str(allowance.reset)
        else:
            response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cache-Control"] = "private, max-age=60"
        return allowance.tell(response)

    return gate


def _allowance(request: HttpRequest) -> Allowance:
    given = request.headers.get("Authorization", "")
    if not given:
        made = limits.count("api", request, MINUTE, shared=False)
        return Allowance(settings.PORTEVOIX_API_PER_MINUTE, made, MINUTE)
    scheme, _, token = given.partition(" ")
    key = queries.key_of(token.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        raise ProblemError(
            401,
            "Cette clé n’existe pas ou a été retirée. Sans clé, n’envoyez pas « Authorization ».",
        )
    return Allowance(key.hourly, _count(key), HOUR)


def _count(key: ApiKey) -> int:
    today = timezone.localdate()
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
    cache, name = caches["default"], f"api-key:{key.pk}:{int(time.time()) // HOUR}"
    if cache.add(name, 1, HOUR):
        return 1
    try:
        return int(cache.incr(name))
    except ValueError:
        # Expired between the two calls: a new window.
        return 1


def _too_many(allowance: Allowance) -> ProblemError:
    period = "minute" if allowance.seconds == MINUTE else "heure"
    return ProblemError(
        429,
        f"Au plus {allowance.limit} demandes par {period}. "
        f"Recommencez dans {allowance.reset} secondes.",
    )
