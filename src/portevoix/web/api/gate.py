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


def for_drafts(view: View) -> View:
    """Let in the keys that open the reply service, and count what each asks."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            key = drafting_key(request)
            spend(key, 1)
        except ProblemError as error:
            response: HttpResponse = told(error)
            if error.status == 401:
                response["WWW-Authenticate"] = "Bearer"
        else:
            response = view(request, *args, **kwargs)
            Allowance(key.hourly, _made(key), HOUR).tell(response)
        # What is answered is nobody else's, and changes from one second to the next.
        response["Cache-Control"] = "no-store"
        return response

    return gate


def drafting_key(request: HttpRequest) -> ApiKey:
    """The key of this request, when it opens the reply service."""
    key = _key(request.headers.get("Authorization", ""))
    if key is None:
        raise ProblemError(
            401, "Donnez une clé en usage : « Authorization: Bearer pv_… ». Voir /api/."
        )
    if not key.drafts:
        raise ProblemError(403, "Cette clé ne permet pas de demander des brouillons de réponse.")
    return key


def spend(key: ApiKey, number: int) -> None:
    """Count `number` requests more; one too many is refused."""
    if number:
        allowance = Allowance(key.hourly, _count(key, number), HOUR)
        if allowance.made > allowance.limit:
            raise _too_many(allowance)


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
    key = _key(given)
    if key is None:
        raise ProblemError(
            401,
            "Cette clé n’existe pas ou a été retirée. Sans clé, n’envoyez pas « Authorization ».",
        )
    return Allowance(key.hourly, _count(key), HOUR)


def _key(given: str) -> ApiKey | None:
    scheme, _, token = given.partition(" ")
    return queries.key_of(token.strip()) if scheme.lower() == "bearer" else None


def _count(key: ApiKey, number: int = 1) -> int:
    today = timezone.localdate()
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
    cache, name = caches["default"], _counter(key)
    if cache.add(name, number, HOUR):
        return number
    try:
        return int(cache.incr(name, number))
    except ValueError:
        # Expired between the two calls: a new window.
        return number


def _made(key: ApiKey) -> int:
    return int(caches["default"].get(_counter(key), 0))


def _counter(key: ApiKey) -> str:
    return f"api-key:{key.pk}:{int(time.time()) // HOUR}"


def _too_many(allowance: Allowance) -> ProblemError:
    period = "minute" if allowance.seconds == MINUTE else "heure"
    return ProblemError(
        429,
        f"Au plus {allowance.limit} demandes par {period}. "
        f"Recommencez dans {allowance.reset} secondes.",
        wait=allowance.reset,
    )
