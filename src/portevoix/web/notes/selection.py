"""The experiences of a scope and a period: who, when and where, read from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from portevoix.web.directory.models import Network, Structure
from portevoix.web.experiences.enums import Channel
from portevoix.web.experiences.models import ChannelUse, Concern, Experience
from portevoix.web.notes.models import Block, Scope
from portevoix.web.runs.corpora import Columns

# Beyond this a list of numbers costs more in a question than reading everything.
_MANY: Final = 20_000


def published(start: date | None, end: date | None) -> QuerySet[Experience]:
    """Public experiences by the day they were published."""
    found = Experience.objects.filter(published_at__isnull=False)
    if start:
        found = found.filter(published_at__gte=_midnight(start))
    if end:
        found = found.filter(published_at__lt=_midnight(end + timedelta(days=1)))
    return found


def experiences(scope: Scope, start: date | None, end: date | None) -> QuerySet[Experience]:
    """Public experiences of a scope and a period."""
    found = published(start, end)
    if scope.feeling:
        found = found.filter(feeling=scope.feeling)
    if scope.departement:
        found = found.filter(departement=scope.departement)
    if scope.procedure:
        found = found.filter(procedure=scope.procedure)
    concerns = _concerns(scope)
    if concerns is not None:
        found = found.filter(pk__in=concerns.values("experience_id"))
    return found


def _concerns(scope: Scope) -> QuerySet[Concern] | None:
    """The parts of experiences that a scope is about; None when it asks nothing of them."""
    found = Concern.objects.filter(published_at__isnull=False)
    asked = False
    if scope.structure is not None:
        found, asked = found.filter(structure__path__under=scope.structure.path), True
    elif scope.network_ids:
        found, asked = found.filter(network__in=scope.network_ids), True
    if scope.typology_id:
        found, asked = found.filter(typology=scope.typology_id), True
    if scope.channel:
        found, asked = found.filter(channels__channel=scope.channel), True
    return found if asked else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def columns(found: QuerySet[Experience]) -> Columns:
    """What a note needs to know of experiences besides their texts. Four queries."""
    rows = list(
        found.order_by("pk").values_list(
            "pk", "written_on", "published_at", "feeling", "departement", "procedure"
        )
    )
    numbers = [row[0] for row in rows]
    networks, structures, keys = _places(numbers)
    channels = _channels(numbers, keys)
    # Asked once: SQLite, which has no time zones, would take longer to say the day here.
    here = timezone.get_current_timezone()
    return Columns(
        numbers=numbers,
        days=[
            written or (published and published.astimezone(here).date())
            for _, written, published, *_ in rows
        ],
        feelings=[row[3] for row in rows],
        departements=[row[4] for row in rows],
        procedures=[row[5] for row in rows],
        networks=[networks.get(number, ()) for number in numbers],
        structures=[structures.get(number, ()) for number in numbers],
        channels=[channels.get(number, ()) for number in numbers],
    )


Named = dict[int, list[str]]


def _places(numbers: Sequence[int]) -> tuple[Named, Named, dict[int, int]]:
    """Names of networks and structures by experience; the experience of each concern."""
    network_names = dict(Network.objects.values_list("pk", "name"))
    networks: Named = defaultdict(list)
    structures: Named = defaultdict(list)
    keys: dict[int, int] = {}
    wanted: set[int] = set()
    rows = list(
        _among(Concern.objects.all(), "experience", numbers)
        .order_by("experience", "rank")
        .values_list("pk", "experience_id", "network_id", "structure_id")
    )
    wanted = {row[3] for row in rows if row[3]}
    names = dict(
        _among(Structure.objects.all(), "pk", sorted(wanted))
        .order_by()
        .values_list("pk", "public_name")
    )
    for key, experience, network, structure in rows:
        keys[key] = experience
        if network:
            networks[experience].append(network_names.get(network, ""))
        if structure:
            structures[experience].append(names.get(structure, ""))
    return networks, structures, keys


def _channels(numbers: Sequence[int], keys: dict[int, int]) -> Named:
    labels = {str(channel): str(channel.label) for channel in Channel}
    channels: Named = defaultdict(list)
    uses = _among(ChannelUse.objects.all(), "concern__experience", numbers)
    for concern, channel in uses.order_by("pk").values_list("concern_id", "channel"):
        if concern in keys:
            channels[keys[concern]].append(labels.get(channel, channel))
    return channels


def _among(found: QuerySet, name: str, numbers: Sequence[int]) -> QuerySet:  # type: ignore[type-arg]
    """Those of a list; everything when the list is long, the rest being left out later."""
    if len(numbers) > _MANY:
        return found
    return found.filter(**{f"{name}__in": numbers})


def blocks(found: QuerySet[Experience]) -> QuerySet[Block]:
    """The blocks that hold the readings of these experiences."""
    return Block.objects.filter(readings__experience__in=found).defer("content").distinct()
