"""The effect of an improvement: its pain point before and after, here and elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.notes import readings, selection
from portevoix.web.notes.columns import columns_of
from portevoix.web.notes.enums import Verdict
from portevoix.web.notes.grounds import Part, ground_of
from portevoix.web.notes.models import Effect, Improvement
from portevoix.web.runs import corpora
from portevoix.web.runs.corpora import Panel

LEAST_DAYS: Final = 60
LONGEST_DAYS: Final = 365
LEAST_TOLD: Final = 20


def measured(improvement: Improvement, today: date) -> Effect | None:
    """The effect as of a day, not saved; None when nothing was done or can be counted."""
    if improvement.done_on is None or not improvement.expectation:
        return None
    days = min(LONGEST_DAYS, (today - improvement.done_on).days)
    if days < 1:
        return Effect(improvement=improvement, days=0, verdict=Verdict.TOO_EARLY)
    panels = _panels(improvement, days)
    here = panels.pop("", Panel(0, 0, 0, 0))
    return _effect(improvement, days, here, list(panels.values()))


def _effect(improvement: Improvement, days: int, here: Panel, peers: list[Panel]) -> Effect:
    before, after = _share(peers, "before"), _share(peers, "after")
    effect = Effect(
        improvement=improvement,
        days=days,
        before_count=here.before,
        before_total=here.before_total,
        after_count=here.after,
        after_total=here.after_total,
        peers=len(peers),
        peers_before=before,
        peers_after=after,
        verdict=Verdict.UNDECIDED,
    )
    found = corpora.compare(here, peers)
    if found is not None:
        effect.difference, effect.low, effect.high = found.difference, found.low, found.high
        effect.peers = found.peers
    if days < LEAST_DAYS:
        effect.verdict = Verdict.TOO_EARLY
    elif min(here.before_total, here.after_total) < LEAST_TOLD:
        effect.verdict = Verdict.TOO_FEW
    elif found is not None and found.conclusive:
        effect.verdict = Verdict.BETTER if found.difference < 0 else Verdict.WORSE
    return effect


def _share(peers: Iterable[Panel], side: str) -> float | None:
    held = list(peers)
    total = sum(getattr(one, f"{side}_total") for one in held)
    return sum(getattr(one, side) for one in held) / total if total else None


def _panels(improvement: Improvement, days: int) -> dict[str, Panel]:
    """Counts here (under the empty name) and in each comparable place."""
    done = improvement.done_on
    assert done is not None  # noqa: S101 (checked by `measured`)
    begin, end = done - timedelta(days=days), done + timedelta(days=days - 1)
    ground = ground_of(improvement)
    where: dict[int, set[str]] = defaultdict(set)
    parts = Concern.objects.filter(ground.among, published_at__isnull=False)
    stories = selection.published(begin, end).filter(pk__in=parts.values("experience_id"))
    placed = parts.filter(experience__in=stories).values_list(
        "experience_id", "network_id", "structure__path", "experience__departement"
    )
    for experience, network, path, departement in placed:
        place = ground.place(Part(network, path or "", departement))
        if place is not None:
            where[experience].add(place)
    readings.refresh(among=stories)
    said = _tellers(improvement, stories)
    return _counted(stories, where, said, done)


def _tellers(improvement: Improvement, stories: QuerySet[Experience]) -> set[int]:
    block = readings.gathered(selection.blocks(stories))
    inside = None if block is None else corpora.corpus(block, columns_of(stories))
    if inside is None:
        return set()
    mask = corpora.tellers(inside, improvement.expectation, improvement.topic)
    ids = inside.experiences.ids
    return {int(ids[row]) for row in mask.nonzero()[0].tolist()}


def _counted(
    stories: QuerySet[Experience], where: dict[int, set[str]], said: set[int], done: date
) -> dict[str, Panel]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for number, at in stories.values_list("pk", "published_at"):
        side = 2 if at and timezone.localdate(at) >= done else 0
        for place in where.get(number, ()):
            counts[place][side] += number in said
            counts[place][side + 1] += 1
    return {place: Panel(*found) for place, found in counts.items()}


def told(improvement: Improvement) -> Effect | None:
    """The last measure."""
    return improvement.effects.first()
