"""Pages that belong to no part: health, robots, legal pages, errors."""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from portevoix.web.ui.interruption import TEMPORARY, interrupted


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 otherwise; nothing else is said to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"etat": "base de données injoignable"}, status=503)
    return JsonResponse({"etat": "bon"})


@cache_control(public=True, max_age=86_400)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/robots.txt", content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=86_400)
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a flaw (RFC 9116)."""
    return render(request, "ui/security.txt", content_type="text/plain; charset=utf-8")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/accessibility.html")


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/legal.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    hours = settings.SESSION_COOKIE_AGE // 3600
    return render(request, "ui/privacy.html", {"session_hours": hours})


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/site_map.html")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return render(request, "ui/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return render(request, "ui/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without a database, a session or a context: any of them may be what broke."""
    if isinstance(sys.exc_info()[1], TEMPORARY):
        return interrupted(request)
    return render(None, "ui/errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    del reason
    return render(request, "ui/errors/csrf.html", status=403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return render(request, "ui/errors/429.html", status=429)
