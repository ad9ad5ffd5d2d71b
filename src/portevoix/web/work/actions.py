"""Remarks, saved searches, and how often one is told."""

from __future__ import annotations

from typing import Final

from django.core import signing
from django.db import transaction
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.experiences.models import Concern
from portevoix.web.journal.actions import record
from portevoix.web.work.enums import Rhythm
from portevoix.web.work.models import Comment, SavedSearch, Subscription

_SALT: Final = "work.unsubscribe"
MOST_SEARCHES: Final = 30


class TooManySearchesError(PortevoixError):
    """Vous avez déjà trente recherches enregistrées : supprimez-en une."""


@transaction.atomic
def comment(concern: Concern, text: str, actor: Agent) -> Comment:
    """Leave a remark for all the services that a story concerns."""
    require(actor, Verb.COMMENT, concern)
    said = Comment.objects.create(
        experience=concern.experience, author=actor, service=concern.name[:255], text=text
    )
    record("comment", concern.experience, actor=actor, rank=concern.rank)
    return said


@transaction.atomic
def save_search(agent: Agent, name: str, query: str) -> SavedSearch:
    """Keep a list under a name; the same name again replaces it."""
    known = SavedSearch.objects.filter(agent=agent)
    if known.count() >= MOST_SEARCHES and not known.filter(name=name).exists():
        raise TooManySearchesError
    search, _new = SavedSearch.objects.update_or_create(
        agent=agent, name=name, defaults={"query": query[:500]}
    )
    return search


@transaction.atomic
def forget_search(agent: Agent, pk: int) -> None:
    SavedSearch.objects.filter(agent=agent, pk=pk).delete()


@transaction.atomic
def choose_rhythm(agent: Agent, rhythm: str) -> Subscription:
    """Say how often to be told; what came before is not told again."""
    subscription, _new = Subscription.objects.update_or_create(
        agent=agent, defaults={"rhythm": Rhythm(rhythm), "told_at": timezone.now()}
    )
    return subscription


def unsubscribe_key(agent: Agent) -> str:
    """What an e-mail carries so that one click stops them; it opens nothing else."""
    return signing.Signer(salt=_SALT).sign(str(agent.pk))


def agent_of(key: str) -> Agent | None:
    """Whose e-mails a key stops; None when it is not one of ours."""
    try:
        number = signing.Signer(salt=_SALT).unsign(key)
    except signing.BadSignature:
        return None
    return Agent.objects.filter(pk=int(number)).first()
