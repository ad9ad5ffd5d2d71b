"""How many times one address may do something: a shared floor against floods and stuffed votes.

    @limited("deposit", 10, seconds=3600)          # writing: counted for all processes, kept
    @limited("search", READS, seconds=60, writes=False)

Addresses are never kept: only a digest made with our key, for the length of the window.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from portevoix.web.ui.views import too_many

View = Callable[..., HttpResponse]
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def limited(name: str, number: int, *, seconds: int, writes: bool = True) -> Callable[[View], View]:
    """Answer 429 beyond `number` requests of one address in a window of `seconds`.

    `writes`: only what changes something counts, in the cache that all processes share. Otherwise
    every request counts, in the memory of this process: a read must not cost a write.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if writes and request.method in _SAFE:
                return view(request, *args, **kwargs)
            if count(name, request, seconds, shared=writes) > number:
                response = too_many(request)
                response["Retry-After"] = str(seconds)
                return response
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def limited_reads(name: str) -> Callable[[View], View]:
    """As many pages a minute as an office behind one address opens, not a robot."""
    return limited(name, settings.PORTEVOIX_READS_PER_MINUTE, seconds=60, writes=False)


def count(name: str, request: HttpRequest, seconds: int, *, shared: bool = True) -> int:
    """Count one more time in this window and return how many there are."""
    cache = caches["default" if shared else "local"]
    window = int(time.time()) // seconds
    key = f"limit:{name}:{window}:{digest_of(str(request.META.get('REMOTE_ADDR', '')))}"
    if cache.add(key, 1, seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        # Expired between the two calls: a new window.
        return 1


def digest_of(address: str) -> str:
    """What stands for an address without being one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        parsed = None
    if isinstance(parsed, ipaddress.IPv6Address):
        # One person has a whole /64.
        address = str(ipaddress.ip_network((parsed, 64), strict=False))
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:24]
