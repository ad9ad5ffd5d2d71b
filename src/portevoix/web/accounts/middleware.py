"""A sensitive role without its second factor goes nowhere but to set it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portevoix.web.accounts import secondfactor
from portevoix.web.accounts.models import Agent

_REMEMBERED: Final = "second_factor_seen"
# What usagers and their programs read and write: never closed to someone for having an account.
_USAGERS: Final = ("public:", "deposit:", "author:", "api:", "rest:")
_OPEN: Final = ("mfa_", "account_", "ui:", "socialaccount_", *_USAGERS)


class AskSecondFactor:
    """Sends to the set-up page until a second factor exists; public pages stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if settings.PORTEVOIX_SECOND_FACTOR != "required" or not self._is_closed(request):
            return None
        agent = request.user
        if not isinstance(agent, Agent) or request.session.get(_REMEMBERED):
            return None
        if secondfactor.is_missing(agent):
            return redirect("mfa_activate_totp")
        request.session[_REMEMBERED] = True
        return None

    def _is_closed(self, request: HttpRequest) -> bool:
        match = request.resolver_match
        return match is not None and not match.view_name.startswith(_OPEN)
