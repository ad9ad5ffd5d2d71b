"""What other parts ask of experiences. Public ones expose `published_*` only."""

from __future__ import annotations

import hashlib
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from portevoix.web.accounts.policies import Scope
from portevoix.web.directory.models import Network, Structure
from portevoix.web.experiences import fulltext
from portevoix.web.experiences.enums import ConcernState
from portevoix.web.experiences.models import AuthorKey, Concern, Experience, SameExperience
from portevoix.web.ui.kept import kept
from portevoix.web.ui.pagination import SIZE, Page, paginate

LATEST_FIRST: Final = ("-published_at", "-number")
_PRIVATE: Final = ("title", "text")
_SILENCE: Final = 60  # days
_BIG: Final = 3_000
_COUNTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asks to see. `structure` takes what is below it too."""

    words: str = ""
    network: Network | None = None
    structure: Structure | None = None
    departement: str = ""
    feeling: str = ""
    since: date | None = None
    until: date | None = None
    answered: bool | None = None


def published(filters: Filters | None = None) -> QuerySet[Experience]:
    """Public experiences, without what their authors wrote before it was masked."""
    found = Experience.objects.filter(published_at__isnull=False).defer(*_PRIVATE)
    return found if filters is None else _filtered(found, filters)


def _filtered(
    found: QuerySet[Experience], filters: Filters, *, counted: bool = False
) -> QuerySet[Experience]:
    """`counted`: nothing is read in order, so that a big network too is best listed first.

    Unless words are looked for: they leave fewer stories than a big network has.
    """
    counted = counted and not filters.words.strip()
    if filters.feeling:
        found = found.filter(feeling=filters.feeling)
    if filters.departement:
        found = found.filter(departement=filters.departement)
    if filters.answered is not None:
        found = found.filter(answered=filters.answered)
    if filters.since:
        found = found.filter(published_at__gte=_midnight(filters.since))
    if filters.until:
        found = found.filter(published_at__lt=_midnight(filters.until, after=1))
    if filters.structure is not None:
        found = found.filter(_of_structure(filters.structure, counted=counted))
    elif filters.network is not None:
        found = found.filter(_of_network(filters.network.pk, counted=counted))
    if filters.words.strip():
        wanted = fulltext.matching(filters.words)
        found = found.filter(pk__in=wanted) if wanted is not None else found.none()
    return found


def _of_structure(structure: Structure, *, counted: bool = False) -> Q:
    """Stories of a structure and all below it; the head of a network is the network."""
    if structure.parent_id is None and not structure.fictional:
        roots = Structure.objects.filter(network=structure.network_id, parent=None)
        if not roots.exclude(pk=structure.pk).exists():
            return _of_network(structure.network_id, counted=counted)
    return _listed(structure__path__under=structure.path)


def _of_network(network: int, *, counted: bool = False) -> Q:
    """Stories of a network. A small one is listed first; a big one is met while reading the latest.

    SQLite follows the form of the question; PostgreSQL finds the same way from either.
    """
    if counted or network_sizes().get(network, 0) < _BIG:
        return _listed(network=network)
    told = Concern.objects.filter(experience=OuterRef("pk"), network=network)
    return Q(Exists(told))


def _listed(**condition: object) -> Q:
    rows = Concern.objects.filter(published_at__isnull=False, **condition)
    return Q(pk__in=rows.values_list("experience_id", flat=True))


def network_sizes() -> dict[int | None, int]:
    """How many stories each network has, about: kept some minutes."""
    counted = Concern.objects.filter(published_at__isnull=False).values_list("network")
    return kept("network-sizes", lambda: dict(counted.annotate(Count("pk")).order_by()))


def _midnight(day: date, after: int = 0) -> datetime:
    """The start of a day, or of one `after`; a day of another age is the nearest that counts."""
    near = min(max(day, date(1900, 1, 1)), date(2900, 1, 1)) + timedelta(days=after)
    return timezone.make_aware(datetime.combine(near, time()))


def with_concerns(found: QuerySet[Experience]) -> QuerySet[Experience]:
    """Bring the services concerned and the channels: two queries more, whatever the number."""
    concerns = Concern.objects.select_related("structure", "network").prefetch_related("channels")
    return found.prefetch_related(Prefetch("concerns", concerns))


def page(filters: Filters, cursor: str = "", size: int = SIZE) -> Page[Experience]:
    """One page of public experiences, the latest first."""
    return paginate(with_concerns(published(filters)), LATEST_FIRST, cursor, size)


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows a list has; `more` when counting stopped there."""

    number: int
    more: bool = False


def total(filters: Filters) -> Total:
    """How many public experiences answer these filters, kept some minutes.

    Counting stops at ten thousand: beyond, nobody reads the list to its end.
    """
    if filters == Filters():
        return Total(figures().published)
    return kept(f"total:{digest(repr(filters))}", lambda: _total(filters))


def _total(filters: Filters) -> Total:
    every = Experience.objects.filter(published_at__isnull=False).order_by()
    number = _filtered(every, filters, counted=True)[: _COUNTED + 1].count()
    return Total(min(number, _COUNTED), more=number > _COUNTED)


def latest(number: int = 6) -> Sequence[Experience]:
    """The experiences published last."""
    return tuple(with_concerns(published().order_by(*LATEST_FIRST))[:number])


def one(number: int) -> Experience | None:
    """Return a public experience with the services it concerns, None when there is none."""
    return with_concerns(published()).filter(pk=number).first()


def said_same(experience: Experience, voter: str) -> bool:
    """Whether this voter already said « j'ai vécu la même chose »."""
    return SameExperience.objects.filter(experience=experience, voter_hash=digest(voter)).exists()


def within(scope: Scope) -> Q:
    """The concerns that stand in a scope of `accounts.policies`: `Concern.objects.filter(…)`."""
    if scope.everywhere:
        return Q()
    if not scope:
        return Q(pk__in=[])
    condition = Q(network__in=scope.networks) if scope.networks else Q()
    for path in sorted(scope.paths):
        condition |= Q(structure__path__under=path)
    if scope.departements:
        # Listed apart, each by its index: a join would read every concern of the country.
        places = Structure.objects.filter(departement__in=scope.departements)
        told = Experience.objects.filter(
            departement__in=scope.departements, published_at__isnull=False
        )
        condition |= Q(structure__in=places.values("pk")) | Q(experience__in=told.values("pk"))
    return condition


def at_work(scope: Scope) -> QuerySet[Concern]:
    """The parts of public experiences that wait for an answer in a scope."""
    waiting = Concern.objects.filter(state=ConcernState.WAITING, published_at__isnull=False)
    return waiting.filter(within(scope))


def by_key(token: str) -> Experience | None:
    """Return the experience that a private link opens."""
    key = AuthorKey.objects.filter(token_hash=digest(token)).select_related("experience").first()
    return key.experience if key else None


def digest(token: str) -> str:
    """What is kept of a secret given to someone: enough to know it again, not to find it."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Figures:
    """How many stories, and how services answer them. Shares are None when nothing is counted."""

    published: int
    answered: int
    median_hours: int | None

    @property
    def answered_share(self) -> float | None:
        return self.answered / self.published if self.published else None


def figures() -> Figures:
    """The figures of the whole site, kept some minutes."""
    return kept("figures", _figures)


def _figures() -> Figures:
    every = Experience.objects.filter(published_at__isnull=False)
    return Figures(
        published=every.count(),
        answered=every.filter(answered=True).count(),
        median_hours=median_hours(Concern.objects.all()),
    )


def silent_since() -> date | None:
    """The day of the last publication when nobody has written since long; None otherwise."""
    last = kept("latest-day", _latest_day)
    return last if (timezone.localdate() - last).days > _SILENCE else None


def _latest_day() -> date:
    """The day of the last publication; today when there is none."""
    last = Experience.objects.filter(published_at__isnull=False).aggregate(
        last=Max("published_at")
    )["last"]
    return timezone.localdate(last) if last else timezone.localdate()


def median_hours(concerns: QuerySet[Concern]) -> int | None:
    """The median delay of the first answer, exact: the middle rows in the order of an index."""
    delays = concerns.filter(answer_hours__isnull=False).order_by("answer_hours")
    number = delays.count()
    if not number:
        return None
    middle = delays.values_list("answer_hours", flat=True)[(number - 1) // 2 : number // 2 + 1]
    return round(statistics.median(hours for hours in middle if hours is not None))
