"""Questions put to articles: what answers, what is to be checked again, what imports did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portevoix.opendata.articles.article import FRESH
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, may
from portevoix.web.directory.models import Network
from portevoix.web.knowledge.models import Article, Import
from portevoix.web.runs.articles import Found, find

_FOUND: Final = 8
_IMPORTS: Final = 20


def may_read(agent: Agent) -> bool:
    """Articles are public pages: those who answer people here, or bring them in, may look."""
    return may(agent, Verb.READ_AT_WORK) or may(agent, Verb.IMPORT)


@dataclass(frozen=True, slots=True)
class Answer:
    """A page found, as a row and as what was read of it."""

    article: Article
    found: Found


@dataclass(frozen=True, slots=True)
class Answers:
    """Pages that hold the question, then those that only come near it."""

    sure: Sequence[Answer] = ()
    near: Sequence[Answer] = ()
    # What the agent should know of how it was looked for; empty when all went as usual.
    note: str = ""


def ask(question: str, network: str = "") -> Answers:
    """Find the pages that answer. One query, whatever is found."""
    asked = find(question, network=network, limit=_FOUND)
    rows = {row.identifier: row for row in _read([one.identifier for one in asked.found])}
    answers = [Answer(rows[one.identifier], one) for one in asked.found if one.identifier in rows]
    return Answers(
        [one for one in answers if one.found.sure],
        [one for one in answers if not one.found.sure],
        asked.note,
    )


def _read(identifiers: Sequence[str]) -> QuerySet[Article]:
    return Article.objects.filter(identifier__in=identifiers, gone_at=None)


def networks() -> Sequence[str]:
    """The networks that have pages of their own, by name."""
    named = Article.objects.filter(gone_at=None).exclude(network="").order_by("network")
    return tuple(named.values_list("network", flat=True).distinct())


def network_of(agent: Agent) -> str:
    """The network in which someone works, when there is one alone."""
    numbers = {role.network_id for role in agent.roles if role.network_id}
    numbers |= {role.structure.network_id for role in agent.roles if role.structure}
    known = Network.objects.filter(pk__in=numbers).values_list("name", flat=True)
    return known[0] if len(numbers) == 1 else ""


def count() -> int:
    """How many pages can be found."""
    return Article.objects.filter(gone_at=None).count()


def article(number: int) -> Article | None:
    """One page with its passages, those that left their folder too."""
    return Article.objects.filter(pk=number).prefetch_related("passages").first()


def stale() -> QuerySet[Article]:
    """Pages that nobody checked for a year, or ever."""
    limit = timezone.localdate() - FRESH
    return Article.objects.filter(Q(checked=None) | Q(checked__lt=limit), gone_at=None)


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder that is followed: how many pages it holds, how many are to be checked again."""

    name: str
    articles: int
    stale: int


def collections() -> Sequence[Collection]:
    """The collections that hold pages, by name."""
    limit = timezone.localdate() - FRESH
    old = Q(checked=None) | Q(checked__lt=limit)
    there = Article.objects.filter(gone_at=None).values_list("collection").order_by("collection")
    counted = there.annotate(held=Count("pk"), old=Count("pk", filter=old))
    return tuple(Collection(*row) for row in counted)


def imports() -> Sequence[Import]:
    """What was imported last."""
    return tuple(Import.objects.select_related("by")[:_IMPORTS])
