"""The page of one's own account, and the way to the identity provider and back."""

from __future__ import annotations

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portevoix.web.accounts import secondfactor
from portevoix.web.accounts.identity import IdentityAdapter
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


def identity_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leave for the identity provider."""
    return _identity(OAuth2LoginView, request, provider_id)


def identity_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from it."""
    return _identity(OAuth2CallbackView, request, provider_id)


def _identity(
    view: type[OAuth2LoginView | OAuth2CallbackView], request: HttpRequest, provider_id: str
) -> HttpResponse:
    try:
        response: HttpResponse = view.adapter_view(IdentityAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return response
