"""What other parts ask of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.core.cache import caches
from django.db.models import Sum

from portevoix.web.experiences.models import Experience
from portevoix.web.replies.models import Reply

_SECONDS: Final = 300


def for_experiences(experiences: Iterable[Experience]) -> Sequence[Reply]:
    """The answers to these experiences, in their order; one query."""
    found = Reply.objects.filter(concern__experience__in=list(experiences))
    return tuple(found.select_related("concern__structure", "concern__network"))


def useful_share() -> float | None:
    """The share of votes, authors' and visitors', that found an answer useful; 5 minutes old."""
    cache = caches["local"]
    found: tuple[float | None] | None = cache.get("useful_share")
    if found is None:
        found = (_useful_share(),)
        cache.set("useful_share", found, _SECONDS)
    return found[0]


def _useful_share() -> float | None:
    counted = Reply.objects.aggregate(yes=Sum("useful_count"), no=Sum("not_useful_count"))
    yes, no = counted["yes"] or 0, counted["no"] or 0
    by_author = Reply.objects.filter(author_found_useful__isnull=False)
    yes += by_author.filter(author_found_useful=True).count()
    no += by_author.filter(author_found_useful=False).count()
    return yes / (yes + no) if yes + no else None
