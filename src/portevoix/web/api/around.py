"""What hangs on many stories, brought at once and by number.

Prefetching would do the same at twice the price: it makes a manager and a query of each object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portevoix.web.experiences.models import ChannelUse, Concern, Experience
from portevoix.web.replies.models import Reply


@dataclass(frozen=True, slots=True)
class Around:
    """The services of each story, the channels and answers of each service, in their order."""

    concerns: Mapping[int, Sequence[Concern]]
    channels: Mapping[int, Sequence[str]]
    replies: Mapping[int, Sequence[Reply]]

    @classmethod
    def of(cls, rows: Sequence[Experience]) -> Around:
        """Three queries, whatever the number of stories."""
        concerns: dict[int, list[Concern]] = defaultdict(list)
        channels: dict[int, list[str]] = defaultdict(list)
        replies: dict[int, list[Reply]] = defaultdict(list)
        keys = [row.pk for row in rows]
        found = Concern.objects.filter(experience__in=keys)
        for concern in found.select_related("structure", "network", "typology").order_by("rank"):
            concerns[concern.experience_id].append(concern)
        uses = ChannelUse.objects.filter(concern__experience__in=keys)
        for key, channel in uses.values_list("concern", "channel"):
            channels[key].append(channel)
        for reply in Reply.objects.filter(concern__experience__in=keys):
            replies[reply.concern_id].append(reply)
        return cls(concerns, channels, replies)
