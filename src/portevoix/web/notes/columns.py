"""Who, when and where of many experiences, read from the database by columns.

A note of 120 000 experiences waits for this: rows become arrays at once, and what the database
would sort or join is sorted and joined here, where it costs less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Final

import numpy as np
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from numpy.typing import NDArray

from portevoix.web.directory.models import Network, Structure
from portevoix.web.experiences.enums import Channel
from portevoix.web.experiences.models import ChannelUse, Concern, Experience
from portevoix.web.runs import corpora
from portevoix.web.runs.corpora import Columns, Numbers

# Beyond this a list of numbers costs more in a question than reading everything.
_MANY: Final = 20_000
_CHANNELS: Final = tuple(Channel)
_NONE: Final = 0


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of experiences by their own number: `owners` are rows, 0 is no service."""

    keys: Numbers
    owners: Numbers
    networks: Numbers
    structures: Numbers
    ranks: Numbers

    def by_rank(self) -> _Parts:
        order = np.lexsort((self.ranks, self.owners))
        return _Parts(*(getattr(self, name)[order] for name in self.__slots__))


def columns_of(found: QuerySet[Experience]) -> Columns:
    """What a note needs to know of experiences besides their texts. Six queries at most."""
    rows = list(
        found.order_by("pk").values_list("pk", "written_on", "feeling", "departement", "procedure")
    )
    numbers, days, feelings, departements, procedures = _turned(rows, 5)
    known = np.array(numbers, dtype=np.int64)
    parts = _parts(known)
    ranked = parts.by_rank()
    networks = dict(Network.objects.values_list("pk", "name"))
    return Columns(
        numbers=known,
        days=_days(found, known, np.array(days, dtype="datetime64[D]")),
        feelings=feelings,
        departements=corpora.labelled(departements),
        procedures=corpora.labelled(procedures),
        networks=corpora.placed(len(rows), ranked.owners, ranked.networks, networks),
        structures=corpora.placed(
            len(rows), ranked.owners, ranked.structures, _names(ranked.structures)
        ),
        channels=corpora.placed(len(rows), *_channels(known, parts)),
    )


def _turned(rows: Sequence[tuple[Any, ...]], width: int) -> Sequence[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _days(
    found: QuerySet[Experience], known: Numbers, written: NDArray[np.datetime64]
) -> NDArray[np.datetime64]:
    """The day a story was written, else the day it was published here."""
    if not np.isnat(written).any():
        return written
    told = dict(_published_days(found.filter(written_on=None).order_by()))
    at = corpora.positions(known, np.array(list(told), dtype=np.int64))
    written[at] = np.array(list(told.values()), dtype="datetime64[D]")
    return written


def _published_days(found: QuerySet[Experience]) -> Iterable[tuple[int, date]]:
    if connection.vendor == "postgresql":
        return found.values_list("pk", TruncDate("published_at"))
    # SQLite has no time zones: it would take longer to say the day here.
    here = timezone.get_current_timezone()
    rows = found.values_list("pk", "published_at")
    return ((number, at.astimezone(here).date()) for number, at in rows if at)


def _parts(known: Numbers) -> _Parts:
    rows = (
        _among(Concern.objects.all(), "experience", known)
        .order_by("pk")
        .values_list(
            "pk",
            "experience_id",
            Coalesce("network_id", Value(_NONE)),
            Coalesce("structure_id", Value(_NONE)),
            "rank",
        )
    )
    table = _array(rows, 5)
    owners = corpora.positions(known, table[:, 1])
    table[:, 1] = owners
    return _Parts(*table[owners >= 0].T)


def _names(wanted: Numbers) -> dict[int, str]:
    numbers = np.unique(wanted[wanted != _NONE])
    found = _among(Structure.objects.all(), "pk", numbers).order_by()
    return dict(found.values_list("pk", "public_name"))


def _channels(known: Numbers, parts: _Parts) -> tuple[Numbers, Numbers, dict[int, str]]:
    """Pairs of a row and a channel, in the order of the official list, and what it is called."""
    rank = {str(channel): place for place, channel in enumerate(_CHANNELS)}
    uses = _among(ChannelUse.objects.all(), "concern__experience", known).order_by()
    rows = uses.values_list("concern_id", "channel")
    table = _array(((key, rank[channel]) for key, channel in rows if channel in rank), 2)
    at = corpora.positions(parts.keys, table[:, 0])
    owners, codes = parts.owners[at[at >= 0]], table[at >= 0, 1]
    order = np.lexsort((codes, owners))
    names = {place: str(channel.label) for place, channel in enumerate(_CHANNELS)}
    return owners[order], codes[order], names


def _array(rows: Iterable[Sequence[int]], width: int) -> Numbers:
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return flat.reshape(-1, width)


def _among(found: QuerySet[Any], name: str, numbers: Numbers) -> QuerySet[Any]:
    """Those of a list; everything when the list is long, the rest being left out later."""
    if len(numbers) > _MANY:
        return found
    return found.filter(**{f"{name}__in": numbers.tolist()})
