"""Official experiences and their answers into the site: in batches, and only what changed.

`actions.import_experiences` is the door; here is what one batch becomes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from portevoix import types
from portevoix.labels import FEELING_LABELS
from portevoix.opendata.headings import fold
from portevoix.opendata.reading import Refusal
from portevoix.web.directory.models import Departement, Network, Structure, Typology
from portevoix.web.directory.networks import official_fold
from portevoix.web.experiences import fulltext
from portevoix.web.experiences.actions import due_on
from portevoix.web.experiences.enums import Channel, ConcernState, PostedAs, State
from portevoix.web.experiences.models import ChannelUse, Concern, Experience, SearchEntry
from portevoix.web.replies.enums import Improvement
from portevoix.web.replies.models import Reply
from portevoix.web.runs.actions import redact_many

# Changed when what is made of a row changes: rows read before are then read again.
_VERSION: Final = "1"
_CHANNELS: Final = {fold(str(channel.label)): channel for channel in Channel}
_POSTED_AS: Final = {fold(str(posted.label)): posted for posted in PostedAs}
_UPDATED: Final = (
    "title text published_title published_text feeling accessibility information relation "
    "reactivity simplicity procedure trade_tags departement region country posted_as pseudonym "
    "similar_count deposited_at written_on published_at answered_at answered state "
    "improvement_considered import_digest"
).split()


@dataclass
class Report:
    """What an import of experiences did."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    replies: int = 0
    structures_found: int = 0
    structures_unknown: int = 0
    refused: list[Refusal] = field(default_factory=list)
    repaired: Counter[str] = field(default_factory=Counter)


class Places:
    """The directory by code and by name, read once an import."""

    def __init__(self) -> None:
        self.by_number = {network.pk: network for network in Network.objects.all()}
        structures = Structure.objects.only(
            "code", "official_name", "public_name", "network_id", "typology_id"
        )
        self.by_code = {structure.code: structure for structure in structures}
        self.by_name: dict[str, Structure | None] = {}
        for structure in self.by_code.values():
            for name in {fold(structure.official_name), fold(structure.public_name)}:
                # A name borne twice names nobody.
                self.by_name[name] = None if name in self.by_name else structure
        self.networks: dict[str, Network] = {}
        for network in self.by_number.values():
            self.networks |= dict.fromkeys(
                (fold(network.official_name), fold(network.name)), network
            )
        kinds = Typology.objects.select_related("network")
        self.typologies = {fold(typology.name): typology for typology in kinds}
        self.departements = {d.code: d for d in Departement.objects.all()}
        self.regions = {fold(d.region_name): d.region for d in self.departements.values()}

    def structure(self, concern: types.Concern) -> Structure | None:
        found = self.by_code.get(concern.structure_id)
        return found or self.by_name.get(fold(concern.structure))

    def network(self, name: str) -> Network | None:
        typology = self.typologies.get(fold(name))
        return typology.network if typology else self.networks.get(official_fold(name))

    def region(self, departement: str, name: str) -> str:
        known = self.departements.get(departement)
        return known.region if known else self.regions.get(fold(name), "")


@dataclass(frozen=True, slots=True)
class Row:
    """One experience as read, with the digest that tells whether it changed."""

    read: types.Experience
    digest: str

    @classmethod
    def of(cls, read: types.Experience) -> Row:
        bare = replace(read, file="", line=0)
        return cls(read, hashlib.sha256(f"{_VERSION}{bare!r}".encode()).hexdigest())


def refusal_of(read: types.Experience) -> str:
    """Why a row cannot be an experience of the site; empty when it can."""
    if read.feeling is None:
        known = ", ".join(FEELING_LABELS.values())
        return f"le ressenti manque ou n'est pas l'un de ceux-ci : {known}"
    if (read.published or read.written) is None:
        return "ni date de publication ni date d'écriture"
    return ""


@transaction.atomic
def take(rows: Sequence[Row], places: Places, report: Report, *, fictional: bool) -> None:
    """Add or update one batch of rows."""
    known = {
        identifier: (key, digest)
        for identifier, key, digest in Experience.objects.filter(
            official_id__in=[row.read.id for row in rows]
        ).values_list("official_id", "pk", "import_digest")
    }
    fresh = [row for row in rows if row.read.id not in known]
    changed = [row for row in rows if row.read.id in known and known[row.read.id][1] != row.digest]
    report.added += len(fresh)
    report.changed += len(changed)
    report.unchanged += len(rows) - len(fresh) - len(changed)
    if not fresh and not changed:
        return
    made = _experiences([*fresh, *changed], places, fictional=fictional)
    Experience.objects.bulk_create(made[: len(fresh)])
    for experience, row in zip(made[len(fresh) :], changed, strict=True):
        experience.pk = known[row.read.id][0]
    Experience.objects.bulk_update(made[len(fresh) :], _UPDATED)
    _forget([experience.pk for experience in made[len(fresh) :]])
    _around([*fresh, *changed], made, places, report)


def _forget(keys: Sequence[int]) -> None:
    """What came with changed rows is made again; local ratings of an answer go with it."""
    Concern.objects.filter(experience__in=keys).delete()
    SearchEntry.objects.filter(experience__in=keys).delete()


def _experiences(rows: Sequence[Row], places: Places, *, fictional: bool) -> list[Experience]:
    titles = redact_many([row.read.title for row in rows])
    texts = redact_many([row.read.text for row in rows])
    made = []
    for row, title, text in zip(rows, titles, texts, strict=True):
        read = row.read
        follow_up = read.follow_up or types.FollowUp()
        made.append(
            Experience(
                official_id=read.id,
                state=State.PUBLISHED,
                title=read.title[:200],
                text=read.text,
                published_title=title[:200],
                published_text=text,
                feeling=str(read.feeling),
                procedure=", ".join(read.procedures)[:200],
                trade_tags=list(follow_up.trade_tags),
                departement=read.departement,
                region=places.region(read.departement, read.region),
                country=read.country[:80],
                posted_as=_POSTED_AS.get(fold(read.posted_as), PostedAs.CONCERNED),
                pseudonym=read.pseudonym[:40],
                similar_count=read.similar,
                improvement_considered=follow_up.improvement_considered,
                import_digest=row.digest,
                fictional=fictional,
                **_dates(read),
                **{str(tag): str(feeling) for tag, feeling in read.tags.items()},
            )
        )
    return made


def _dates(read: types.Experience) -> dict[str, Any]:
    published = _aware(read.published or read.written)
    replies = [_aware(c.reply.published) for c in read.concerns if c.reply and c.reply.published]
    answered = bool(replies) or bool(read.follow_up and read.follow_up.answered)
    return {
        "deposited_at": _aware(read.written) or published,
        "written_on": read.written.date() if read.written else None,
        "published_at": published,
        "answered": answered,
        "answered_at": min((at for at in replies if at), default=None),
    }


def _aware(moment: datetime | None) -> datetime | None:
    return timezone.make_aware(moment) if moment else None


def _around(
    rows: Sequence[Row], made: Sequence[Experience], places: Places, report: Report
) -> None:
    """The concerns of a batch, then what hangs on them."""
    pairs = [
        (given, _concern(experience, rank, given, places, report), row.read)
        for row, experience in zip(rows, made, strict=True)
        for rank, given in enumerate(row.read.concerns, 1)
    ]
    Concern.objects.bulk_create(concern for _, concern, _ in pairs)
    ChannelUse.objects.bulk_create(
        ChannelUse(concern=concern, channel=channel)
        for given, concern, _ in pairs
        for channel in _channels(given.channels)
    )
    replies = [
        _reply(given.reply, concern, read)
        for given, concern, read in pairs
        if given.reply and given.reply.text
    ]
    Reply.objects.bulk_create(replies)
    report.replies += len(replies)
    SearchEntry.objects.bulk_create(SearchEntry(experience=e, stems=_stems(e)) for e in made)


def _stems(experience: Experience) -> str:
    words = f"{experience.published_title} {experience.published_text}"
    return " ".join(fulltext.stems(words))


def _channels(labels: Iterable[str]) -> set[str]:
    return {_CHANNELS.get(fold(label), Channel.OTHER) for label in labels}


def _concern(
    experience: Experience, rank: int, given: types.Concern, places: Places, report: Report
) -> Concern:
    structure = places.structure(given)
    network = places.by_number[structure.network_id] if structure else places.network(given.network)
    kind = places.typologies.get(fold(given.network))
    if structure:
        report.structures_found += 1
    elif given.structure:
        report.structures_unknown += 1
    published = experience.published_at
    assert published is not None  # noqa: S101 (refused otherwise)
    answer = _aware(given.reply.published) if given.reply else None
    answered = answer is not None or (rank == 1 and experience.answered)
    return Concern(
        experience=experience,
        rank=rank,
        structure=structure,
        network=network,
        typology_id=structure.typology_id if structure else kind.pk if kind else None,
        label=(given.structure or given.network)[:255],
        postcode=given.postcode.removesuffix(".0")[:12],
        country=given.country[:80],
        published_at=published,
        due_on=due_on(network, published),
        state=ConcernState.ANSWERED if answered else ConcernState.WAITING,
        answered_at=answer,
        answer_hours=_hours(published, answer),
    )


def _hours(published: datetime, answer: datetime | None) -> int | None:
    return max(0, round((answer - published).total_seconds() / 3600)) if answer else None


def _reply(given: types.Reply, concern: Concern, read: types.Experience) -> Reply:
    published = _aware(given.published) or concern.published_at
    assert published is not None  # noqa: S101 (a row without a date is refused)
    change = read.follow_up or types.FollowUp()
    status = Improvement.NONE
    if concern.rank == 1 and change.action:
        status = Improvement.DONE if change.done else Improvement.COMMITTED
    return Reply(
        concern=concern,
        text=given.text,
        signature=given.signature[:200],
        published_at=published,
        ai_similarity=given.similarity,
        improvement_status=status,
        improvement_text=change.action if status is not Improvement.NONE else "",
        committed_on=change.committed.date() if change.committed else None,
        done_on=change.done.date() if change.done else None,
        useful_count=given.useful,
        not_useful_count=given.not_useful,
        author_found_useful=given.author_found_useful,
    )
