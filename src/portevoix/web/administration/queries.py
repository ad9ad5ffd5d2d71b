"""What the pages of administration list, each within what its reader may manage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from portevoix.web.accounts.models import Agent, Membership
from portevoix.web.accounts.policies import Scope, Verb, may, scope
from portevoix.web.administration.words import AUTHORS
from portevoix.web.directory.models import Network, Structure
from portevoix.web.journal.models import Entry
from portevoix.web.ui.pagination import Page, paginate

_SIZE: Final = 50


def managed(by: Agent) -> QuerySet[Agent]:
    """The accounts that someone manages: all, or those with a role in their networks."""
    reach = scope(by, Verb.MANAGE_ACCOUNTS)
    if reach.everywhere:
        return Agent.objects.all()
    inside = Membership.objects.filter(_inside(reach), agent=OuterRef("pk"))
    return Agent.objects.filter(Exists(inside))


def _inside(reach: Scope) -> Q:
    condition = Q(pk__in=[])
    if reach.networks:
        condition |= Q(network__in=reach.networks) | Q(structure__network__in=reach.networks)
    for path in sorted(reach.paths):
        condition |= Q(structure__path__under=path)
    return condition


@dataclass(frozen=True, slots=True)
class AccountFilters:
    """What is asked of the list of accounts; it is the query string of the page."""

    words: str = ""
    role: str = ""
    closed: bool = False


def accounts(by: Agent, filters: AccountFilters, cursor: str = "") -> Page[Agent]:
    """One page of accounts, by name."""
    found = managed(by).filter(is_active=not filters.closed)
    for word in filters.words.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if filters.role:
        holding = Membership.objects.filter(agent=OuterRef("pk"), role=filters.role)
        found = found.filter(Exists(holding))
    memberships = Membership.objects.select_related("structure", "network").order_by("pk")
    shown = found.prefetch_related(Prefetch("memberships", memberships))
    return paginate(shown, ("name", "pk"), cursor, _SIZE)


def networks(by: Agent) -> Sequence[Network]:
    """The networks whose structures someone may edit, with how many each has."""
    reach = scope(by, Verb.EDIT_STRUCTURE)
    found = (
        Network.objects.all() if reach.everywhere else Network.objects.filter(pk__in=reach.networks)
    )
    counted = found.annotate(
        open=Count("structures", filter=Q(structures__active=True)), all=Count("structures")
    )
    return tuple(counted.order_by("name"))


def heads(network: Network) -> Sequence[Structure]:
    """The structures at the top of a network."""
    return _with_children(Structure.objects.filter(network=network, parent=None))


def children(structure: Structure) -> Sequence[Structure]:
    """The structures just below one."""
    return _with_children(Structure.objects.filter(parent=structure))


def _with_children(found: QuerySet[Structure]) -> Sequence[Structure]:
    return tuple(found.annotate(below=Count("children")).order_by("-active", "public_name"))


def ancestors(structure: Structure) -> Sequence[Structure]:
    """From the top of the network to the one above."""
    codes = [code for code in structure.path.split("/") if code and code != structure.code]
    found = {above.code: above for above in Structure.objects.filter(code__in=codes)}
    return tuple(found[code] for code in codes if code in found)


def may_edit(by: Agent, structure: Structure) -> bool:
    return may(by, Verb.EDIT_STRUCTURE, structure)


@dataclass(frozen=True, slots=True)
class JournalFilters:
    """What is asked of the journal; it is the query string of the page."""

    verb: str = ""
    who: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


def journal(filters: JournalFilters, cursor: str = "") -> Page[Entry]:
    """One page of the journal, the latest first."""
    found = Entry.objects.all()
    if filters.verb:
        found = found.filter(verb=filters.verb)
    if filters.who in AUTHORS:
        found = found.filter(actor_id=None, actor_label=filters.who)
    elif filters.who.isdecimal() and len(filters.who) < 12:
        found = found.filter(actor_id=int(filters.who))
    kind, _, number = filters.subject.partition(":")
    if number:
        found = found.filter(subject_type=kind, subject_id=number)
    if filters.since:
        found = found.filter(at__gte=_midnight(filters.since))
    if filters.until:
        found = found.filter(at__lt=_midnight(filters.until + timedelta(days=1)))
    return paginate(found, ("-at", "-pk"), cursor, _SIZE)


def named(page: Page[Entry]) -> dict[int, str]:
    """The names of the people of a page of the journal, which keeps numbers only."""
    numbers = {entry.actor_id for entry in page.rows if entry.actor_id is not None}
    return dict(Agent.objects.filter(pk__in=numbers).values_list("pk", "name"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
