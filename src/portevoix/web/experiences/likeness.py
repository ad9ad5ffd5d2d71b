"""Stories that tell of the same thing: those that share the rarest words.

How rare a word is comes from the latest stories, counted once an hour; the full-text index then
finds those that hold two of the rarest words at least, and what they share is weighed.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Final

from django.core.cache import caches

from portevoix.web.experiences import fulltext
from portevoix.web.experiences.models import Experience, SearchEntry
from portevoix.web.experiences.queries import LATEST_FIRST, published, with_concerns

_SAMPLE: Final = 4_000
_FRESH_SECONDS: Final = 3_600
_WANTED: Final = 7
_LOOKED_AT: Final = 60
# Shared weight below which two stories only share the tongue.
_ENOUGH: Final = 9.0
_SAME_NETWORK: Final = 3.0


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many stories of a sample each stem stands."""

    stories: int
    holding: Mapping[str, int]

    def weight(self, stem: str) -> float:
        """Nothing for a word of one story (a name, a slip) or of a tenth of them."""
        held = self.holding.get(stem, 0)
        if held < 2 or held > max(4, self.stories // 10):
            return 0.0
        return log(self.stories / held)


_lock = threading.Lock()
_counted: list[tuple[float, Rarity]] = []


def rarity() -> Rarity:
    """How rare each stem is, at most an hour old."""
    stamp: float | None = caches["local"].get("rarity")
    with _lock:
        if not _counted or stamp is None or _counted[0][0] != stamp:
            stamp = time.time()
            _counted[:] = [(stamp, _count())]
            caches["local"].set("rarity", stamp, _FRESH_SECONDS)
        return _counted[0][1]


def _count() -> Rarity:
    latest = SearchEntry.objects.order_by("-pk").values_list("stems", flat=True)[:_SAMPLE]
    holding: Counter[str] = Counter()
    stories = 0
    for stems in latest:
        holding.update(set(stems.split()))
        stories += 1
    return Rarity(stories, holding)


def alike(
    text: str, *, networks: Iterable[int | None] = (), besides: int | None = None, number: int = 2
) -> Sequence[Experience]:
    """Public, answered stories that tell of the same thing as `text`, the likeliest first.

    `networks`: those concerned, which weigh a little. `besides`: the number of the story itself.
    Four queries, whatever the size of the site.
    """
    known = rarity()
    weights = {stem: known.weight(stem) for stem in set(fulltext.stems(text))}
    rarest = sorted((s for s in weights if weights[s]), key=lambda s: (-weights[s], s))[:_WANTED]
    if len(rarest) < 2:
        return ()
    scores = _scores(rarest, weights, frozenset(networks) - {None}, besides)
    best = sorted(scores, key=lambda number: (-scores[number], -number))[:number]
    found = with_concerns(published().filter(pk__in=best)).in_bulk() if best else {}
    return tuple(found[number] for number in best if number in found)


def _scores(
    rarest: Sequence[str],
    weights: Mapping[str, float],
    networks: frozenset[int | None],
    besides: int | None,
) -> dict[int, float]:
    holding = fulltext.holding_two(combinations(rarest, 2))
    rows = published().filter(answered=True, pk__in=holding).exclude(pk=besides or 0)
    latest = rows.order_by(*LATEST_FIRST).values_list("pk", "search_entry__stems")[:_LOOKED_AT]
    stems = dict(latest)
    near = _in_networks(stems, networks)
    scores = {
        number: sum(weights.get(stem, 0.0) for stem in set((held or "").split()))
        + (_SAME_NETWORK if number in near else 0.0)
        for number, held in stems.items()
    }
    return {number: score for number, score in scores.items() if score >= _ENOUGH}


def _in_networks(numbers: Iterable[int], networks: frozenset[int | None]) -> frozenset[int]:
    if not networks:
        return frozenset()
    told = Experience.objects.filter(pk__in=list(numbers), concerns__network__in=networks)
    return frozenset(told.values_list("pk", flat=True))
