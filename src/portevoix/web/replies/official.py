"""What one row of an official export says, as things of the site: none is saved here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from portevoix import types
from portevoix.labels import FEELING_LABELS
from portevoix.opendata.headings import fold
from portevoix.web.directory.models import Departement, Network, Structure, Typology
from portevoix.web.directory.networks import official_fold
from portevoix.web.experiences import fulltext
from portevoix.web.experiences.actions import due_on
from portevoix.web.experiences.enums import Channel, ConcernState, PostedAs, State
from portevoix.web.experiences.models import Concern, Experience, SearchEntry
from portevoix.web.replies.enums import Improvement
from portevoix.web.replies.models import Reply
from portevoix.web.runs.actions import redact_many

# Changed when what is made of a row changes: rows read before are then read again.
_VERSION: Final = "2"
_CHANNELS: Final = {fold(str(channel.label)): channel for channel in Channel}
_POSTED_AS: Final = {fold(str(posted.label)): posted for posted in PostedAs}


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
        bare = replace(read, file="", line=0, page="")
        return cls(read, hashlib.sha256(f"{_VERSION}{bare!r}".encode()).hexdigest())


def refusal_of(read: types.Experience) -> str:
    """Why a row cannot be an experience of the site; empty when it can."""
    if read.feeling is None:
        known = ", ".join(FEELING_LABELS.values())
        return f"le ressenti manque ou n'est pas l'un de ceux-ci : {known}"
    if (read.published or read.written) is None:
        return "ni date de publication ni date d'écriture"
    return ""


def experiences(
    rows: Sequence[Row],
    places: Places,
    known: Mapping[str, Experience] | None = None,
    *,
    fictional: bool = False,
) -> list[Experience]:
    """The stories of these rows, masked again; words that are already public are not."""
    here = known or {}
    titles = _masked([(r.read.title, _public(here.get(r.read.id))[0]) for r in rows])
    texts = _masked([(r.read.text, _public(here.get(r.read.id))[1]) for r in rows])
    return [
        _experience(row, title, text, places, fictional=fictional)
        for row, title, text in zip(rows, titles, texts, strict=True)
    ]


def _public(known: Experience | None) -> tuple[str, str]:
    return (known.published_title, known.published_text) if known else ("", "")


def _masked(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Each text masked, in order; one that is what is public already is left as it is."""
    hidden = iter(redact_many([text for text, public in pairs if text != public]))
    return [public if text == public else next(hidden) for text, public in pairs]


def _experience(row: Row, title: str, text: str, places: Places, *, fictional: bool) -> Experience:
    read = row.read
    follow_up = read.follow_up or types.FollowUp()
    return Experience(
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
        fictional=fictional or read.fictional,
        **_dates(read),
        **{str(tag): str(feeling) for tag, feeling in read.tags.items()},
    )


def _dates(read: types.Experience) -> dict[str, Any]:
    published = aware(read.published or read.written)
    replies = [aware(c.reply.published) for c in read.concerns if c.reply and c.reply.published]
    answered = bool(replies) or bool(read.follow_up and read.follow_up.answered)
    return {
        "deposited_at": aware(read.written) or published,
        "written_on": read.written.date() if read.written else None,
        "published_at": published,
        "answered": answered,
        "answered_at": min((at for at in replies if at), default=None),
    }


def aware(moment: datetime | None) -> datetime | None:
    """A moment of a file, which is of Paris."""
    return timezone.make_aware(moment) if moment else None


def search_entry(experience: Experience) -> SearchEntry:
    """What makes a story findable by its words."""
    words = f"{experience.published_title} {experience.published_text}"
    return SearchEntry(experience=experience, stems=" ".join(fulltext.stems(words)))


def channels(labels: Iterable[str]) -> set[str]:
    return {_CHANNELS.get(fold(label), Channel.OTHER) for label in labels}


def concern(experience: Experience, rank: int, given: types.Concern, places: Places) -> Concern:
    """The part of one service, by its code, else its name, else its network."""
    structure = places.structure(given)
    network = places.by_number[structure.network_id] if structure else places.network(given.network)
    kind = places.typologies.get(fold(given.network))
    published = experience.published_at
    assert published is not None  # noqa: S101 (refused otherwise)
    answer = aware(given.reply.published) if given.reply else None
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


Answer = tuple[types.Reply, Concern, types.Experience]


def replies(answers: Sequence[Answer], known: Mapping[int, str] | None = None) -> list[Reply]:
    """The answers of rows, masked; `known`: number of a concern → the text public already."""
    here = known or {}
    texts = _masked([(given.text, here.get(concern.pk, "")) for given, concern, _ in answers])
    return [
        _reply(given, text, concern, read.follow_up or types.FollowUp())
        for (given, concern, read), text in zip(answers, texts, strict=True)
    ]


def _reply(given: types.Reply, text: str, concern: Concern, change: types.FollowUp) -> Reply:
    published = aware(given.published) or concern.published_at
    assert published is not None  # noqa: S101 (a row without a date is refused)
    status = Improvement.NONE
    if concern.rank == 1 and change.action:
        status = Improvement.DONE if change.done else Improvement.COMMITTED
    return Reply(
        concern=concern,
        text=text,
        signature=given.signature[:200],
        published_at=published,
        ai_similarity=given.similarity,
        kept=given.kept,
        changed=given.changed,
        written=given.written,
        cited=list(given.cited),
        improvement_status=status,
        improvement_text=change.action if status is not Improvement.NONE else "",
        committed_on=change.committed.date() if change.committed else None,
        done_on=change.done.date() if change.done else None,
        useful_count=given.useful,
        not_useful_count=given.not_useful,
        author_found_useful=given.author_found_useful,
    )
