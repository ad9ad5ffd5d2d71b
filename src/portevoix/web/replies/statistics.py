"""Everything that is counted in public, from one table of the whole site kept in memory.

A few bytes a story, read again every ten minutes: the figures of any network, structure,
département and period, exact medians included, then cost a millisecond, at 120 000 stories as at
a thousand. What is counted: public experiences, the first answer of each service, votes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from portevoix.web.directory.models import Network, Structure
from portevoix.web.experiences.enums import Feeling

FEELINGS: Final = {feeling.value: rank for rank, feeling in enumerate(Feeling)}
NOTHING: Final = -1

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted; every part that is given narrows. Months are counted from year 0."""

    network: Network | None = None
    structure: Structure | None = None
    departement: str = ""
    since: int = 0
    until: int = 9_999 * 12

    @property
    def everywhere(self) -> bool:
        return self.network is None and self.structure is None


@dataclass(frozen=True, slots=True)
class Votes:
    """How many people said something of answers, how many of them that they help."""

    useful: int
    total: int

    @property
    def share(self) -> float | None:
        return self.useful / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Month:
    """One month: stories by feeling, how many were answered since, delays of the answers given."""

    number: int
    positive: int
    neutral: int
    negative: int
    answered: int
    delays: int
    median_hours: float | None
    p90_hours: float | None

    @property
    def published(self) -> int:
        return self.positive + self.neutral + self.negative

    @property
    def answered_share(self) -> float | None:
        return self.answered / self.published if self.published else None


@dataclass(frozen=True, slots=True)
class Measure:
    """The figures of a scope."""

    positive: int
    neutral: int
    negative: int
    answered: int
    delays: int
    median_hours: float | None
    p90_hours: float | None
    by_authors: Votes
    by_visitors: Votes
    with_help: Votes
    without_help: Votes
    months: Sequence[Month]

    @property
    def published(self) -> int:
        return self.positive + self.neutral + self.negative

    @property
    def answered_share(self) -> float | None:
        return self.answered / self.published if self.published else None

    def feeling_share(self, feeling: str) -> float | None:
        return int(getattr(self, feeling)) / self.published if self.published else None


@dataclass(frozen=True, slots=True)
class Stories:
    months: Numbers
    feelings: Numbers
    answered: Truths
    departements: Numbers


@dataclass(frozen=True, slots=True)
class Concerns:
    """A part of a story; `month` and `hours` are those of its first answer, -1 without."""

    story: Numbers
    network: Numbers
    place: Numbers
    answered: Truths
    month: Numbers
    hours: Numbers


@dataclass(frozen=True, slots=True)
class Replies:
    """`author`: 1 useful, 0 not, -1 not said. `helped`: a draft was proposed."""

    concern: Numbers
    useful: Numbers
    votes: Numbers
    author: Numbers
    helped: Truths


@dataclass(frozen=True, slots=True)
class _Selection:
    """Rows of a scope. `delays` has its own period: that of the answers, not of the stories.

    Counted by the publication of stories, the last months would hold quick answers alone.
    """

    stories: Truths
    concerns: Truths
    answered: Truths
    delays: Truths


@dataclass(frozen=True, slots=True)
class Table:
    """The whole site, a column a fact. `paths` is the tree in order: below is side by side."""

    made_at: datetime
    stories: Stories = field(repr=False)
    concerns: Concerns = field(repr=False)
    replies: Replies = field(repr=False)
    paths: Sequence[str] = field(repr=False)
    departements: Sequence[str] = field(repr=False)

    def last_months(self, number: int) -> tuple[int, int]:
        """The last months of a site that is alive, else those before it fell silent.

        Charts that end with a year of nothing would say that nobody complains.
        """
        now = month_of(self.made_at)
        told = int(self.stories.months.max(initial=-1))
        last = max(told, int(self.concerns.month.max(initial=-1)))
        until = last if 0 <= last < now - 1 else now
        return until - number + 1, until

    def measure(self, scope: Scope) -> Measure:
        """Count one scope."""
        chosen = self._selected(scope)
        by_feeling = np.bincount(self.stories.feelings[chosen.stories], minlength=len(FEELINGS))
        hours = self.concerns.hours[chosen.delays]
        return Measure(
            positive=int(by_feeling[FEELINGS[Feeling.POSITIVE]]),
            neutral=int(by_feeling[FEELINGS[Feeling.NEUTRAL]]),
            negative=int(by_feeling[FEELINGS[Feeling.NEGATIVE]]),
            answered=int(np.count_nonzero(chosen.answered & chosen.stories)),
            delays=len(hours),
            median_hours=_quantile(hours, 0.5),
            p90_hours=_quantile(hours, 0.9),
            months=tuple(self._months(chosen, scope)),
            **self._votes(chosen.concerns),
        )

    def volumes(self) -> dict[int, int]:
        """How many stories each network has."""
        networks, counts = np.unique(self.concerns.network, return_counts=True)
        return dict(zip(networks.tolist(), counts.tolist(), strict=True))

    def volumes_below(self, structures: Sequence[Structure]) -> dict[int, int]:
        """How many stories each structure has, those of what is below it included."""
        places = np.sort(self.concerns.place)
        bounds = {structure.pk: self._below(structure.path) for structure in structures}
        return {
            key: int(np.searchsorted(places, high) - np.searchsorted(places, low))
            for key, (low, high) in bounds.items()
        }

    def _selected(self, scope: Scope) -> _Selection:
        stories, concerns = self.stories, self.concerns
        published = (stories.months >= scope.since) & (stories.months <= scope.until)
        given = (concerns.month >= scope.since) & (concerns.month <= scope.until)
        here = self._here(scope)
        if scope.departement:
            local = stories.departements == _rank(self.departements, scope.departement)
            published, here = published & local, here & local[concerns.story]
        answered = stories.answered
        if not scope.everywhere:
            published = published & self._told(here)
            answered = self._told(here & concerns.answered)
        return _Selection(
            stories=published,
            concerns=here & published[concerns.story],
            answered=answered,
            delays=here & given & (concerns.hours >= 0),
        )

    def _told(self, concerns: Truths) -> Truths:
        """The stories that these parts belong to."""
        told = np.zeros(len(self.stories.months), dtype=np.bool_)
        told[self.concerns.story[concerns]] = True
        return told

    def _here(self, scope: Scope) -> Truths:
        if scope.structure is not None:
            low, high = self._below(scope.structure.path)
            return (self.concerns.place >= low) & (self.concerns.place < high)
        if scope.network is not None:
            mine: Truths = self.concerns.network == scope.network.pk
            return mine
        return np.ones(len(self.concerns.story), dtype=np.bool_)

    def _below(self, path: str) -> tuple[int, int]:
        # « 0 » is the character that follows « / ».
        return bisect_left(self.paths, path), bisect_left(self.paths, path[:-1] + "0")

    def _votes(self, concerns: Truths) -> dict[str, Votes]:
        replies, here = self.replies, concerns[self.replies.concern]
        said, yes = here & (replies.author >= 0), here & (replies.author == 1)

        def everybody(some: Truths) -> Votes:
            useful = int(replies.useful[some].sum()) + int((yes & some).sum())
            return Votes(useful, int(replies.votes[some].sum()) + int((said & some).sum()))

        return {
            "by_authors": Votes(int(yes.sum()), int(said.sum())),
            "by_visitors": Votes(int(replies.useful[here].sum()), int(replies.votes[here].sum())),
            "with_help": everybody(here & replies.helped),
            "without_help": everybody(here & ~replies.helped),
        }

    def _months(self, chosen: _Selection, scope: Scope) -> Iterator[Month]:
        held = self.stories.months[chosen.stories]
        if not len(held):
            return
        first = max(int(held.min()), scope.since)
        span = max(
            min(month_of(timezone.now()), scope.until) - first + 1, int(held.max()) - first + 1
        )
        feelings = self.stories.feelings[chosen.stories]
        counted = [np.bincount(held[feelings == r] - first, minlength=span) for r in range(3)]
        replied = np.bincount(held[chosen.answered[chosen.stories]] - first, minlength=span)
        months = self.concerns.month[chosen.delays]
        order = np.argsort(months, kind="stable")
        hours = self.concerns.hours[chosen.delays][order]
        bounds = np.searchsorted(months[order], np.arange(first, first + span + 1))
        for rank in range(span):
            given = hours[bounds[rank] : bounds[rank + 1]]
            yield Month(
                number=first + rank,
                positive=int(counted[FEELINGS[Feeling.POSITIVE]][rank]),
                neutral=int(counted[FEELINGS[Feeling.NEUTRAL]][rank]),
                negative=int(counted[FEELINGS[Feeling.NEGATIVE]][rank]),
                answered=int(replied[rank]),
                delays=len(given),
                median_hours=_quantile(given, 0.5),
                p90_hours=_quantile(given, 0.9),
            )


def _quantile(hours: Numbers, share: float) -> float | None:
    return float(np.quantile(hours, share)) if len(hours) else None


def _rank(values: Sequence[str], wanted: str) -> int:
    """Where `wanted` stands in sorted `values`; what no row holds when it does not."""
    rank = bisect_left(values, wanted)
    return rank if rank < len(values) and values[rank] == wanted else NOTHING - 1


def month_of(moment: datetime) -> int:
    """The month of a moment here, counted from year 0."""
    local = timezone.localtime(moment)
    return local.year * 12 + local.month - 1
