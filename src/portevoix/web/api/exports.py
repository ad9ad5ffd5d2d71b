"""Public experiences with their answers, and structures, as official exports say them.

What is exported is what anyone may read on the site, and no more: the masked words, the day a
story was written without its hour, answers masked (`masking`). `opendata.writing` makes the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Final

from django.conf import settings
from django.utils import timezone

from portevoix import types
from portevoix.opendata import structures as official_structures
from portevoix.opendata.headings import fold
from portevoix.opendata.territories import region_of
from portevoix.web.api.around import Around
from portevoix.web.api.masking import masked
from portevoix.web.directory.models import Structure
from portevoix.web.experiences.enums import Channel, PostedAs
from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.experiences.queries import published
from portevoix.web.replies.enums import Improvement
from portevoix.web.replies.models import Reply

BATCH: Final = 500
_COPIED: Final = (
    "address postcode town country url mailbox tracking_key commune departement region "
    "arrondissement"
).split()
_POSTED_AS: Final = {posted.value: str(posted.label) for posted in PostedAs}
_CHANNELS: Final = {channel.value: str(channel.label) for channel in Channel}


def batches() -> Iterator[list[types.Experience]]:
    """Every public experience, oldest number first, a batch at a time: nothing is kept."""
    last = 0
    stories = published().order_by("number")
    while rows := list(stories.filter(number__gt=last)[:BATCH]):
        yield official(rows)
        last = rows[-1].number


def structure_batches() -> Iterator[list[official_structures.Structure]]:
    """Every structure, closed ones too, in the order of its code."""
    last = ""
    found = Structure.objects.select_related("network", "typology", "parent").order_by("code")
    while rows := list(found.filter(code__gt=last)[:BATCH]):
        yield [_structure(row) for row in rows]
        last = rows[-1].code


def _structure(row: Structure) -> official_structures.Structure:
    return official_structures.Structure(
        id=row.code,
        name=row.official_name,
        public_name=row.public_name,
        network=row.network.official_name,
        typology=row.typology.name if row.typology else "",
        typology_id=row.typology.code if row.typology else "",
        parent_id=row.parent.code if row.parent else "",
        active=row.active,
        **{name: getattr(row, name) for name in _COPIED},
    )


def official(rows: Sequence[Experience]) -> list[types.Experience]:
    """These stories as rows of an export; four queries, whatever the number."""
    around = Around.of(rows)
    hidden = masked(rows, around)
    return [_experience(row, around, hidden) for row in rows]


def _experience(row: Experience, around: Around, hidden: dict[int, str]) -> types.Experience:
    concerns = around.concerns[row.pk]
    replies = [reply for concern in concerns for reply in around.replies[concern.pk]]
    return types.Experience(
        id=row.official_id or "",
        text=row.published_text,
        title=row.published_title,
        written=_written(row),
        published=_local(row.published_at),
        feeling=types.Feeling(row.feeling),
        departement=row.departement,
        region=region_of(row.departement, row.region)[1],
        country=row.country,
        posted_as=_POSTED_AS[row.posted_as],
        pseudonym=row.pseudonym,
        procedures=tuple(p for part in row.procedure.split(",") if (p := part.strip())),
        concerns=tuple(_concern(concern, around, hidden) for concern in concerns),
        tags={
            tag: types.Feeling(feeling) for tag in types.Tag if (feeling := getattr(row, tag.value))
        },
        similar=row.similar_count,
        follow_up=_follow_up(row, replies),
        page=f"{settings.PORTEVOIX_BASE_URL}{row.get_absolute_url()}",
        fictional=row.fictional,
    )


def _written(row: Experience) -> datetime | None:
    """The day alone: with the hour, those who were in the room would know who wrote."""
    if row.written_on is None and row.import_digest:
        return None
    return datetime.combine(row.written_on or timezone.localdate(row.deposited_at), time())


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment).replace(tzinfo=None, microsecond=0) if moment else None


def _concern(concern: Concern, around: Around, hidden: dict[int, str]) -> types.Concern:
    place = (
        concern.typology.name
        if concern.typology
        else concern.network.official_name
        if concern.network
        else ""
    )
    return types.Concern(
        structure_id=concern.structure.code if concern.structure else "",
        structure=_named(concern, place),
        network=place,
        country=concern.country,
        postcode=concern.postcode,
        channels=tuple(sorted(_CHANNELS[channel] for channel in around.channels[concern.pk])),
        reply=_reply(around.replies[concern.pk], hidden),
    )


def _named(concern: Concern, place: str) -> str:
    """The structure, else what was written; not the network once more."""
    if concern.structure:
        return concern.structure.public_name
    return "" if fold(concern.label) == fold(place) else concern.label


def _reply(replies: Sequence[Reply], hidden: dict[int, str]) -> types.Reply | None:
    """What one service answered, in one: the first date and signature, all the words."""
    if not replies:
        return None
    first, last = replies[0], replies[-1]
    return types.Reply(
        text="\n\n".join(hidden[reply.pk] for reply in replies),
        published=_local(first.published_at),
        signature=first.signature,
        similarity=first.ai_similarity,
        kept=first.kept,
        changed=first.changed,
        written=first.written,
        cited=tuple(first.cited),
        author_found_useful=last.author_found_useful,
        useful=sum(reply.useful_count for reply in replies),
        not_useful=sum(reply.not_useful_count for reply in replies),
    )


def _follow_up(row: Experience, replies: Sequence[Reply]) -> types.FollowUp:
    change = next((r for r in replies if r.improvement_status != Improvement.NONE), None)
    return types.FollowUp(
        answered=row.answered,
        improvement_considered=row.improvement_considered,
        action=change.improvement_text if change else "",
        committed=_midnight(change.committed_on) if change else None,
        done=_midnight(change.done_on) if change else None,
        trade_tags=tuple(row.trade_tags),
    )


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time()) if day else None
