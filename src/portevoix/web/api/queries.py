"""What the API is asked: keys, statistics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, scope
from portevoix.web.api.models import ApiKey
from portevoix.web.experiences.models import Concern
from portevoix.web.experiences.queries import Filters, digest, median_hours, published
from portevoix.web.replies.models import Reply
from portevoix.web.ui.kept import kept


def key_of(token: str) -> ApiKey | None:
    """Return the key in use that this secret is."""
    return ApiKey.objects.filter(digest=digest(token), revoked_at=None).first()


def keys_of(agent: Agent) -> Sequence[ApiKey]:
    """The keys that someone looks after: those of their networks, all for an administrator."""
    reach = scope(agent, Verb.MANAGE_API_KEYS)
    found = ApiKey.objects.select_related("network", "created_by")
    if not reach.everywhere:
        found = found.filter(network__in=reach.networks)
    return tuple(found.order_by("revoked_at", "-created_at"))


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    published: int
    answered: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of some stories."""

    published: int
    positive: int
    neutral: int
    negative: int
    answered: int
    median_hours: int | None
    useful: int
    not_useful: int
    years: Sequence[Year]


def statistics(filters: Filters) -> Statistics:
    """The figures of the stories asked for, kept some minutes."""
    return kept(f"api-statistics:{_name(filters)}", lambda: _statistics(filters))


def _name(filters: Filters) -> str:
    network = filters.network.pk if filters.network else ""
    structure = filters.structure.pk if filters.structure else ""
    return f"{network}:{structure}:{filters.departement}:{filters.since}:{filters.until}"


def _statistics(filters: Filters) -> Statistics:
    stories = published(filters).order_by()
    counted = stories.aggregate(
        published=Count("pk"),
        answered=Count("pk", filter=Q(answered=True)),
        **{
            name: Count("pk", filter=Q(feeling=name))
            for name in ("positive", "neutral", "negative")
        },
    )
    concerns = Concern.objects.filter(_concerned(filters))
    votes = Reply.objects.filter(concern__in=concerns).aggregate(
        useful=Sum("useful_count"), not_useful=Sum("not_useful_count")
    )
    years = (
        stories.annotate(year=ExtractYear("published_at"))
        .values("year")
        .annotate(published=Count("pk"), answered=Count("pk", filter=Q(answered=True)))
        .order_by("year")
    )
    return Statistics(
        **counted,
        median_hours=median_hours(concerns),
        useful=votes["useful"] or 0,
        not_useful=votes["not_useful"] or 0,
        years=[Year(**year) for year in years.values("year", "published", "answered")],
    )


def _concerned(filters: Filters) -> Q:
    """The parts of those stories that the services asked for have."""
    asked: dict[str, Any] = {"published_at__isnull": False}
    if filters.structure is not None:
        asked["structure__path__under"] = filters.structure.path
    elif filters.network is not None:
        asked["network"] = filters.network
    if filters.departement or filters.since or filters.until:
        asked["experience__in"] = published(filters).order_by().values("pk")
    return Q(**asked)
