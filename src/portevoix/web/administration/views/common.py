"""What every screen of administration asks first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError, Verb, may

View = Callable[..., HttpResponse]


def agent_of(request: HttpRequest) -> Agent:
    agent = request.user
    assert isinstance(agent, Agent)  # noqa: S101 (login_required)
    return agent


def allowed(verb: Verb) -> Callable[[View], View]:
    """Those who may do `verb` somewhere; where exactly is asked again by each action."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(agent_of(request), verb):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return decorate


def page(request: HttpRequest, template: str, shown: dict[str, Any]) -> HttpResponse:
    """Draw one screen, with what the tabs of administration ask."""
    rights = {
        "reads_journal": may(agent_of(request), Verb.READ_JOURNAL),
        "keeps_pages": may(agent_of(request), Verb.IMPORT),
    }
    return render(request, f"administration/{template}.html", {**shown, **rights})


def told(request: HttpRequest, act: Callable[[], object], success: str) -> bool:
    """Do it and say so; what an action refuses is said in its words, what is not allowed is 403."""
    try:
        act()
    except NotAllowedError as error:
        raise PermissionDenied from error
    except PortevoixError as error:
        messages.error(request, error.message)
        return False
    messages.success(request, success)
    return True
