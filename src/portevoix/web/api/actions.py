"""The verbs of keys: lend one, take it back."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.api.models import ApiKey
from portevoix.web.directory.models import Network
from portevoix.web.experiences.queries import digest
from portevoix.web.journal.actions import record

_SHOWN = 9


@transaction.atomic
def create_key(
    actor: Agent, name: str, network: Network | None, *, drafts: bool = False
) -> tuple[ApiKey, str]:
    """Make a key for a network, or for anyone when an administrator does. Returns its secret,
    which nobody can read again. `drafts` opens the reply service.
    """
    secret = f"pv_{secrets.token_hex(24)}"
    key = ApiKey(
        name=name,
        start=secret[:_SHOWN],
        digest=digest(secret),
        network=network,
        drafts=drafts,
        created_by=actor,
    )
    # A key of no network stands nowhere: only who may everywhere makes it.
    require(actor, Verb.MANAGE_API_KEYS, key)
    key.save()
    record(
        "create_api_key",
        key,
        actor=actor,
        network=network.pk if network else None,
        opens=["drafts"] if drafts else [],
    )
    return key, secret


@transaction.atomic
def revoke_key(actor: Agent, key: ApiKey) -> None:
    """Take a key back, at once and for good."""
    require(actor, Verb.MANAGE_API_KEYS, key)
    changed = ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    if changed:
        record("revoke_api_key", key, actor=actor)
