"""What the help of a machine changes in one network, measured on stories drawn by lot.

Stories are compared as they were drawn, whether or not the agent asked for the help: leaving out
those who did not would compare agents, not the help.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from portevoix.web.directory.models import Network
from portevoix.web.replies.models import Lot, ProposedReply, Reply
from portevoix.web.runs.corpora import interval

# Below, in one of the two groups, nothing can be said.
ENOUGH: Final = 30
_RESAMPLES: Final = 1_000
_MOST: Final = 5_000
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval; `count` is what it rests on."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with and without the help. `is_share`: a share, else a number of days."""

    label: str
    assisted: Estimate | None
    alone: Estimate | None
    difference: Estimate | None
    is_share: bool = True

    @property
    def enough(self) -> bool:
        """Whether both groups are large enough for the difference to be read."""
        return all(one is not None and one.count >= ENOUGH for one in (self.assisted, self.alone))

    @property
    def clear(self) -> bool:
        """Whether chance alone would rarely make such a difference."""
        found = self.difference
        return self.enough and found is not None and (found.low > 0 or found.high < 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is compared, and how the stories were drawn."""

    assisted: int
    alone: int
    used: Estimate | None
    kept: Estimate | None
    measures: tuple[Measure, ...]


@dataclass(slots=True)
class _Group:
    """What happened to the stories of one group."""

    drawn: int = 0
    asked: int = 0
    due: int = 0
    in_time: int = 0
    author_yes: int = 0
    author_all: int = 0
    visitor_yes: int = 0
    visitor_all: int = 0


def compare(network: Network) -> Comparison:
    """Compare the two groups of a network, the latest stories first when there are many."""
    groups = {True: _Group(), False: _Group()}
    days: dict[bool, list[float]] = {True: [], False: []}
    similar: list[float] = []
    limit = timezone.now() - timedelta(days=network.answer_days)
    lots = Lot.objects.filter(network=network, concern__published_at__isnull=False)
    asked = ProposedReply.objects.filter(concern=OuterRef("concern"))
    rows = lots.annotate(asked=Exists(asked)).order_by("-pk")
    for assisted, used, published, hours in rows.values_list(
        "assisted", "asked", "concern__published_at", "concern__answer_hours"
    )[: 2 * _MOST]:
        group = groups[assisted]
        group.drawn += 1
        group.asked += used
        if published is not None and published <= limit:
            group.due += 1
            group.in_time += hours is not None and hours <= network.answer_days * 24
        if hours is not None:
            days[assisted].append(hours / 24)
    replies = Reply.objects.filter(concern__lot__network=network).order_by("-pk")
    for assisted, said, yes, no, similarity in replies.values_list(
        "concern__lot__assisted", "author_found_useful", "useful_count", "not_useful_count",
        "ai_similarity",
    )[: 2 * _MOST]:  # fmt: skip
        _rate(groups[assisted], said=said, yes=yes, no=no)
        if assisted and similarity is not None:
            similar.append(similarity / 100)
    return _comparison(groups, days, similar)


def _rate(group: _Group, *, said: bool | None, yes: int, no: int) -> None:
    group.author_yes += said is True
    group.author_all += said is not None
    group.visitor_yes += yes
    group.visitor_all += yes + no


def _comparison(
    groups: dict[bool, _Group], days: dict[bool, list[float]], similar: list[float]
) -> Comparison:
    on, off = groups[True], groups[False]
    return Comparison(
        assisted=on.drawn,
        alone=off.drawn,
        used=share(on.asked, on.drawn),
        kept=_median(similar),
        measures=(
            _delay(days[True], days[False]),
            _shares(
                _("Répondus dans le délai du réseau"),
                (on.in_time, on.due),
                (off.in_time, off.due),
            ),
            _shares(
                _("Utiles, selon les auteurs"),
                (on.author_yes, on.author_all),
                (off.author_yes, off.author_all),
            ),
            _shares(
                _("Utiles, selon les visiteurs"),
                (on.visitor_yes, on.visitor_all),
                (off.visitor_yes, off.visitor_all),
            ),
        ),
    )


def _shares(label: str, on: tuple[int, int], off: tuple[int, int]) -> Measure:
    """Two shares (Wilson) and their difference (Newcombe, from the two intervals)."""
    first, second = share(*on), share(*off)
    difference = None
    if first and second:
        gap = first.value - second.value
        below = np.hypot(first.value - first.low, second.high - second.value)
        above = np.hypot(first.high - first.value, second.value - second.low)
        count = min(first.count, second.count)
        difference = Estimate(gap, float(gap - below), float(gap + above), count)
    return Measure(label, first, second, difference)


def share(count: int, total: int) -> Estimate | None:
    """A share with its Wilson interval; None when nothing is counted."""
    if not total:
        return None
    low, high = interval(count, total)
    return Estimate(count / total, low, high, total)


def _delay(on: Sequence[float], off: Sequence[float]) -> Measure:
    """Two medians and their difference, by drawing the stories again a thousand times."""
    first, second = _median(on), _median(off)
    difference = None
    if first and second:
        gaps = _medians(on, 1) - _medians(off, 2)
        low, high = np.quantile(gaps, (0.025, 0.975))
        count = min(first.count, second.count)
        difference = Estimate(first.value - second.value, float(low), float(high), count)
    return Measure(_("Délai médian, en jours"), first, second, difference, is_share=False)


def _median(values: Sequence[float]) -> Estimate | None:
    if not values:
        return None
    low, high = np.quantile(_medians(values, 0), (0.025, 0.975))
    return Estimate(float(np.median(values)), float(low), float(high), len(values))


def _medians(values: Sequence[float], seed: int) -> Numbers:
    """Seeded: the same stories give the same interval."""
    chance, known = np.random.default_rng(seed), np.asarray(values, dtype=np.float64)
    drawn = (chance.choice(known, known.size) for _time in range(_RESAMPLES))
    return np.array([np.median(one) for one in drawn])
