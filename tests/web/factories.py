"""Small makers of things, with the defaults that most tests do not care for."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from portevoix.web.directory.models import Network, Structure
from portevoix.web.experiences.actions import due_on
from portevoix.web.experiences.enums import Feeling, State
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.replies.models import Reply

_rank = count(1)
TEXT = "J'ai attendu deux heures au guichet, puis une agente m'a tout expliqué avec patience."


def make_network(name: str, **fields: Any) -> Network:
    return Network.objects.create(
        slug=slugify(name), name=name, official_name=name.upper(), **fields
    )


def make_structure(
    name: str, network: Network, parent: Structure | None = None, **fields: Any
) -> Structure:
    """Make a structure at its place in the tree."""
    code = f"S{next(_rank):06}"
    return Structure.objects.create(
        code=code,
        path=f"{parent.path if parent else '/'}{code}/",
        official_name=name.upper(),
        public_name=name,
        network=network,
        parent=parent,
        fictional=True,
        **fields,
    )


def make_experience(
    structure: Structure | None = None, *, published: bool = True, **fields: Any
) -> Experience:
    """Make a story about `structure`, published yesterday unless told otherwise."""
    at: datetime = fields.pop("published_at", timezone.now() - timedelta(days=1))
    fields.setdefault("title", "Deux heures d'attente, mais bien reçue")
    fields.setdefault("text", TEXT)
    fields.setdefault("feeling", Feeling.NEUTRAL)
    fields.setdefault("deposited_at", at - timedelta(days=1))
    if published:
        fields.setdefault("published_title", fields["title"])
        fields.setdefault("published_text", fields["text"])
        fields |= {"state": State.PUBLISHED, "published_at": at}
    experience = Experience.objects.create(**fields)
    if structure is not None:
        Concern.objects.create(
            experience=experience,
            structure=structure,
            network=structure.network,
            published_at=experience.published_at,
            due_on=due_on(structure.network, at) if published else None,
        )
    return experience


def make_reply(experience: Experience, **fields: Any) -> Reply:
    """Answer the first concern of a published experience, a day later."""
    concern = experience.concerns.get(rank=1)
    assert experience.published_at is not None
    fields.setdefault("text", "Merci de votre récit. Nous ouvrons un second guichet en mars.")
    fields.setdefault("published_at", experience.published_at + timedelta(hours=24))
    reply = Reply.objects.create(concern=concern, **fields)
    Experience.objects.filter(pk=experience.pk).update(
        answered=True, answered_at=reply.published_at
    )
    Concern.objects.filter(pk=concern.pk).update(
        state="answered", answered_at=reply.published_at, answer_hours=24
    )
    return reply
