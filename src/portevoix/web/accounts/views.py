"""The page of one's own account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portevoix.web.accounts import secondfactor
from portevoix.web.accounts.models import Agent


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    agent = request.user
    assert isinstance(agent, Agent)  # noqa: S101 (login_required)
    return render(
        request,
        "accounts/me.html",
        {"agent": agent, "has_second_factor": secondfactor.has_one(agent)},
    )
