"""The key figures of a scope, each with the experiences it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import Final

from portevoix.corpus.findings import Interval
from portevoix.labels import FEELING_LABELS
from portevoix.note.document import Figure, Source
from portevoix.types import Feeling

LISTED: Final = 10  # structures, départements, channels kept of each


def wilson(count: int, total: int) -> Interval:
    """95 % interval of a share; (0, 1) of nothing."""
    if total == 0:
        return Interval(0.0, 1.0)
    z, p = 1.959964, count / total
    middle, spread = p + z * z / (2 * total), z * sqrt((p * (1 - p) + z * z / (4 * total)) / total)
    scale = 1 + z * z / total
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))


def _figure(kind: str, label: str, ids: Sequence[str], total: int) -> Figure:
    share = len(ids) / total if total else 0.0
    return Figure(label, len(ids), share, wilson(len(ids), total), tuple(ids), kind=kind)


def _grouped(
    sources: Iterable[Source], key: Callable[[Source], Iterable[str]]
) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        for value in dict.fromkeys(key(source)):
            if value:
                groups[value].append(source.id)
    return groups


def _month(source: Source) -> tuple[str, ...]:
    return (source.day.strftime("%Y-%m"),) if source.day else ()


def key_figures(sources: Sequence[Source]) -> tuple[Figure, ...]:
    """All experiences, then by declared feeling, month, structure, département and channel.

    Structures, départements and channels are ranked; an experience may count in several of them.
    """
    total = len(sources)
    figures = [_figure("experiences", "Expériences", [s.id for s in sources], total)]
    for feeling in (Feeling.POSITIVE, Feeling.NEUTRAL, Feeling.NEGATIVE):
        ids = [s.id for s in sources if s.feeling is feeling]
        figures.append(_figure("feeling", FEELING_LABELS[feeling], ids, total))
    silent = [s.id for s in sources if s.feeling is None]
    if silent:
        figures.append(_figure("feeling", "Non déclaré", silent, total))
    for label, ids in sorted(_grouped(sources, _month).items()):
        figures.append(_figure("month", label, ids, total))
    for kind, key in (
        ("structure", lambda s: s.structures),
        ("departement", lambda s: s.departements),
        ("channel", lambda s: s.channels),
    ):
        ranked = sorted(_grouped(sources, key).items(), key=lambda item: (-len(item[1]), item[0]))
        figures += [_figure(kind, label, ids, total) for label, ids in ranked[:LISTED]]
    return tuple(figures)
