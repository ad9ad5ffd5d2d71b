"""Who must have a second factor, who has one, and how its secret is kept."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent

# Those who read what was written as it was written, or manage other people's accounts.
SENSITIVE_ROLES: Final = (Role.MODERATOR, Role.ADMINISTRATOR, Role.NETWORK_MANAGER)


def is_missing(agent: Agent) -> bool:
    """Tell whether `agent` has a role that needs a second factor and none yet."""
    return agent.holds(*SENSITIVE_ROLES) and not has_one(agent)


def has_one(agent: Agent) -> bool:
    found = Authenticator.objects.filter(user=agent, type=Authenticator.Type.TOTP)
    return bool(found.exists())


def cipher() -> MultiFernet:
    """What hides the secrets in the database: a stolen copy of it is not enough."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    digest = hashlib.sha256(b"portevoix second factor" + key.encode()).digest()
    return base64.urlsafe_b64encode(digest)
