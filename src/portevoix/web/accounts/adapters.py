"""Where the sign-in library asks what is ours to decide."""

from __future__ import annotations

import time
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.secondfactor import cipher
from portevoix.web.journal.actions import record

_JUST_NOW: Final = 300


class AgentAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the people in charge of a network: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        del request
        return False

    def post_login(self, request: HttpRequest, user: Agent, **kwargs: Any) -> HttpResponse:
        record("sign_in", user, actor=user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        agent = Agent.objects.filter(email=str(credentials.get("email", "")).lower()).first()
        if agent:
            record("sign_in_refused", agent, label="inconnu")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """The password is not asked twice in the five minutes after it was given."""
        records = get_authentication_records(context.request, context.request.user)
        if records and time.time() - records[-1]["at"] < _JUST_NOW:
            return False
        return bool(super().is_reauthentication_required(app=app))

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.PORTEVOIX_NAME} – {subject.strip()}"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing of its own: our pages show what happened."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets hidden in the database."""

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """ProConnect says who someone is; only an account made here lets them in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the identity, the first time, to the account with the same verified address."""
        if sociallogin.is_existing:
            return
        said = sociallogin.account.extra_data
        address = (said.get("userinfo") or said.get("id_token") or {}).get("email") or ""
        address = str(address).strip().lower()
        agent = Agent.objects.filter(email=address, is_active=True).first() if address else None
        if agent is None:
            messages.error(
                request,
                _("Aucun compte ne correspond à cette identité. Demandez-en un à votre réseau."),
            )
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, agent)
        record("identity_tied", agent, actor=agent)
