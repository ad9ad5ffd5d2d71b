"""Reads the table that statistics are counted from, and keeps it fresh."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from django.core.cache import caches
from django.utils import timezone

from portevoix.web.directory.models import Structure
from portevoix.web.experiences.enums import ConcernState
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.replies.models import Reply
from portevoix.web.replies.statistics import (
    FEELINGS,
    NOTHING,
    Concerns,
    Numbers,
    Replies,
    Stories,
    Table,
    month_of,
)

_FRESH_SECONDS: Final = 900
_CHUNK: Final = 5_000

_lock = threading.Lock()
_current: list[tuple[str, Table]] = []


def current() -> Table:
    """The table of the site, at most a quarter of an hour old."""
    stamp: str | None = caches["local"].get("statistics")
    with _lock:
        if not _current or _current[0][0] != stamp:
            _keep(build())
        return _current[0][1]


def refresh() -> None:
    """Read the table again beforehand, so that no reader waits for it."""
    table = build()
    with _lock:
        _keep(table)


def _keep(table: Table) -> None:
    stamp = table.made_at.isoformat()
    _current[:] = [(stamp, table)]
    caches["local"].set("statistics", stamp, _FRESH_SECONDS)


def build() -> Table:
    """Read every public story, its parts and its answers: three queries, in small pieces."""
    made_at = timezone.now()
    paths = sorted(Structure.objects.values_list("path", flat=True))
    departements = sorted(
        Experience.objects.exclude(departement="").values_list("departement", flat=True).distinct()
    )
    stories, rows = _read_stories(departements)
    concerns, parts = _read_concerns(rows, {path: rank for rank, path in enumerate(paths)})
    return Table(made_at, stories, concerns, _read_replies(parts), paths, departements)


def _read_stories(departements: Sequence[str]) -> tuple[Stories, dict[int, int]]:
    ranks = {code: rank for rank, code in enumerate(departements)}
    every = Experience.objects.filter(published_at__isnull=False)
    found = every.values_list("pk", "published_at", "feeling", "answered", "departement")
    columns = _columns(
        (
            (key, month_of(at), FEELINGS[feeling], answered, ranks.get(place, NOTHING))
            for key, at, feeling, answered, place in found.iterator(_CHUNK)
            if at is not None
        ),
        5,
    )
    keys, months, feelings, answered, places = columns
    rows = {key: row for row, key in enumerate(keys.tolist())}
    return Stories(months, feelings, answered.astype(np.bool_), places), rows


def _read_concerns(rows: dict[int, int], places: dict[str, int]) -> tuple[Concerns, dict[int, int]]:
    found = Concern.objects.filter(published_at__isnull=False).values_list(
        "pk", "experience_id", "network_id", "structure__path", "state", "answered_at",
        "answer_hours",
    )  # fmt: skip
    columns = _columns(
        (
            (
                key,
                rows[story],
                network or NOTHING,
                places.get(path or "", NOTHING),
                state == ConcernState.ANSWERED,
                month_of(at) if at else NOTHING,
                NOTHING if hours is None or not at else hours,
            )
            for key, story, network, path, state, at, hours in found.iterator(_CHUNK)
            # Published since the stories were read: for the next time.
            if story in rows
        ),
        7,
    )
    keys, story, network, place, answered, month, hours = columns
    parts = {key: row for row, key in enumerate(keys.tolist())}
    return Concerns(story, network, place, answered.astype(np.bool_), month, hours), parts


def _read_replies(parts: dict[int, int]) -> Replies:
    found = Reply.objects.values_list(
        "concern_id", "useful_count", "not_useful_count", "author_found_useful", "ai_similarity"
    )
    columns = _columns(
        (
            (
                parts[concern],
                useful,
                useful + useless,
                NOTHING if author is None else int(author),
                helped is not None,
            )
            for concern, useful, useless, author, helped in found.iterator(_CHUNK)
            if concern in parts
        ),
        5,
    )
    concern, useful, votes, author, helped = columns
    return Replies(concern, useful, votes, author, helped.astype(np.bool_))


def _columns(rows: Iterable[tuple[int, ...]], width: int) -> list[Numbers]:
    """Rows of numbers to columns, without ever holding them as objects."""
    flat = np.fromiter((value for row in rows for value in row), dtype=np.int64)
    return list(flat.reshape(-1, width).T.copy())
