"""How the tests go through a deposit, as a browser without scripts does."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from portevoix.web.deposit.models import Draft
from portevoix.web.deposit.queries import draft_of
from portevoix.web.deposit.views import COOKIE
from portevoix.web.directory.models import Structure

STORY = "J'ai attendu deux heures au guichet. Mme Durand m'a reçue au 06 39 98 12 34."


def draft(client: Client) -> Draft:
    """The draft of this browser."""
    found = draft_of(client.cookies[COOKIE].value)
    assert found is not None
    return found


def begin(client: Client, feeling: str = "neutral", query: str = "") -> Draft:
    client.post(f"/donner-mon-avis/{query}", {"feeling": feeling})
    return draft(client)


def tell(client: Client, text: str = STORY, **fields: Any) -> HttpResponse:
    version = fields.pop("version", draft(client).story_version)
    data = {"text": text, "version": version, **fields}
    return client.post("/donner-mon-avis/recit/", data)


def choose(client: Client, structure: Structure) -> HttpResponse:
    return client.post("/donner-mon-avis/service/", {"choose": structure.pk})


def ready(client: Client, structure: Structure | None = None, text: str = STORY) -> Draft:
    """Everything but the sending."""
    begin(client)
    tell(client, text)
    if structure is not None:
        choose(client, structure)
    else:
        client.post("/donner-mon-avis/service/", {"unknown": "1"})
    client.post("/donner-mon-avis/precisions/", {"posted_as": "concerned"})
    return draft(client)


def send(client: Client, **fields: Any) -> HttpResponse:
    version = fields.pop("version", draft(client).story_version)
    data = {"consent": "on", "version": version, **fields}
    return client.post("/donner-mon-avis/envoi/", data)
