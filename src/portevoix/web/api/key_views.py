"""The page where people in charge lend keys of the API."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, may
from portevoix.web.api import actions, queries
from portevoix.web.api.forms import KeyForm
from portevoix.web.api.models import ApiKey


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The keys one looks after; a new one is shown once, in the answer to the form."""
    agent = _agent(request)
    form = KeyForm(agent, request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        _key, secret = actions.create_key(
            agent, data["name"], data["network"], drafts=data["drafts"]
        )
        form = KeyForm(agent)
    return render(
        request,
        "api/keys.html",
        {"form": form, "secret": secret, "keys": queries.keys_of(agent)},
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Take a key back."""
    agent, key = _agent(request), get_object_or_404(ApiKey, pk=number)
    if not may(agent, Verb.MANAGE_API_KEYS, key):
        raise PermissionDenied
    actions.revoke_key(agent, key)
    messages.success(request, _("La clé est retirée : elle ne permet plus rien."))
    return redirect("api_keys:list")


def _agent(request: HttpRequest) -> Agent:
    """Who asks, when they look after keys somewhere."""
    assert isinstance(request.user, Agent)  # noqa: S101 (login_required)
    if not may(request.user, Verb.MANAGE_API_KEYS):
        raise PermissionDenied
    return request.user
