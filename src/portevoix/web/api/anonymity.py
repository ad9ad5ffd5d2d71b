"""How many stories share what could tell their author apart: k-anonymity, measured and said.

What is hidden before publication does not depend on these figures: they tell readers, and those
who run the site, what the rest of a row reveals to someone who knows the author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.cache import caches
from django.db.models import Count
from django.db.models.functions import TruncDay, TruncMonth

from portevoix.types import Tag
from portevoix.web.experiences.models import Concern

_DAY: Final = 86_400
_FEW: Final = 5
_WHERE: Final = ("experience__departement", "structure", "label")
_SAID: Final = tuple(f"experience__{name}" for name in ("feeling", *Tag))


@dataclass(frozen=True, slots=True)
class Measure:
    """For one set of facts: how many stories no other shares, or fewer than five others."""

    facts: str
    stories: int
    alone: int
    few: int

    @property
    def alone_share(self) -> float | None:
        return self.alone / self.stories if self.stories else None

    @property
    def few_share(self) -> float | None:
        return self.few / self.stories if self.stories else None


def measures() -> Sequence[Measure]:
    """The figures of the whole site as `measure` last found them; none before the first time."""
    return caches["default"].get("anonymity") or ()


def measure() -> None:
    """Count the whole site, which takes seconds: the clock does it every day."""
    found = (
        _measure("Département de l’auteur et service", *_WHERE),
        _measure("Les mêmes, et le mois de publication", *_WHERE, "month"),
        _measure("Les mêmes, et le ressenti et les étiquettes", *_WHERE, "month", *_SAID),
        _measure("Les mêmes, avec le jour au lieu du mois", *_WHERE, "day", *_SAID),
    )
    caches["default"].set("anonymity", found, 3 * _DAY)


def _measure(facts: str, *fields: str) -> Measure:
    """One row a class of stories alike, counted by the database."""
    first = Concern.objects.filter(rank=1, published_at__isnull=False)
    classes = (
        first.annotate(month=TruncMonth("published_at"), day=TruncDay("published_at"))
        .order_by()
        .values(*fields)
        .annotate(size=Count("pk"))
        .values_list("size", flat=True)
    )
    sizes = Counter(classes.iterator())
    return Measure(
        facts,
        stories=sum(size * times for size, times in sizes.items()),
        alone=sizes[1],
        few=sum(size * times for size, times in sizes.items() if size < _FEW),
    )
