"""What every screen of the agents asks first: who, which part of which story, may they."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError, Verb, may
from portevoix.web.experiences.models import Concern
from portevoix.web.work import queries

View = Callable[..., HttpResponseBase]
_LONGEST_RANK: Final = 3


def agent_of(request: HttpRequest) -> Agent:
    agent = request.user
    assert isinstance(agent, Agent)  # noqa: S101 (login_required)
    return agent


def concern_of(request: HttpRequest, number: int, rank: int, verb: Verb) -> Concern:
    """One part of a public story. Outside of the reader's services it does not exist here."""
    if number > 2**62 or rank > _LONGEST_RANK:
        raise Http404
    found = queries.concern(agent_of(request), number, rank)
    if found is None:
        raise Http404
    if not may(agent_of(request), verb, found):
        raise PermissionDenied
    return found


def to_answer(concern: Concern) -> HttpResponseRedirect:
    return redirect("desk:answer", concern.experience_id, concern.rank)


def for_agents(view: View) -> View:
    """Signed in; a refusal of a policy is a 403 page."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAllowedError as error:
            raise PermissionDenied from error

    return guarded


def told(request: HttpRequest, error: PortevoixError) -> None:
    """Say what an action refused, in its own words; what is not allowed is a page of its own."""
    if isinstance(error, NotAllowedError):
        raise PermissionDenied from error
    messages.error(request, str(error))
