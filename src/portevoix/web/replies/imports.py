"""Official experiences and their answers into the site: in batches, and only what changed.

`actions.import_experiences` is the door; `official` says what a row becomes, `merging` what it
changes of a story that is here already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from portevoix import types
from portevoix.opendata.reading import Refusal
from portevoix.web.experiences.models import ChannelUse, Concern, Experience, SearchEntry
from portevoix.web.replies import official
from portevoix.web.replies.merging import Merge
from portevoix.web.replies.models import Reply
from portevoix.web.replies.official import Places, Row

__all__ = ["Places", "Report", "Row", "take"]


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


@transaction.atomic
def take(rows: Sequence[Row], places: Places, report: Report, *, fictional: bool) -> None:
    """Add or update one batch of rows. A story told here is never changed by a file."""
    digests = dict(
        Experience.objects.filter(official_id__in=[row.read.id for row in rows]).values_list(
            "official_id", "import_digest"
        )
    )
    fresh = [row for row in rows if row.read.id not in digests]
    differing = [row for row in rows if digests.get(row.read.id, "") not in {"", row.digest}]
    _add(fresh, places, report, fictional=fictional)
    changed = Merge(differing, places).apply() if differing else 0
    report.added += len(fresh)
    report.changed += changed
    report.unchanged += len(rows) - len(fresh) - changed


def _add(rows: Sequence[Row], places: Places, report: Report, *, fictional: bool) -> None:
    """The stories of new rows, with what hangs on them."""
    if not rows:
        return
    made = official.experiences(rows, places, fictional=fictional)
    Experience.objects.bulk_create(made)
    pairs = [
        (given, official.concern(experience, rank, given, places), row.read)
        for row, experience in zip(rows, made, strict=True)
        for rank, given in enumerate(row.read.concerns, 1)
    ]
    Concern.objects.bulk_create(concern for _, concern, _ in pairs)
    ChannelUse.objects.bulk_create(
        ChannelUse(concern=concern, channel=channel)
        for given, concern, _ in pairs
        for channel in sorted(official.channels(given.channels))
    )
    replies = official.replies(
        [
            (given.reply, concern, read)
            for given, concern, read in pairs
            if given.reply and given.reply.text
        ]
    )
    Reply.objects.bulk_create(replies)
    SearchEntry.objects.bulk_create(official.search_entry(e) for e in made)
    report.replies += len(replies)
    _count([(given, concern) for given, concern, _ in pairs], report)


def _count(pairs: Sequence[tuple[types.Concern, Concern]], report: Report) -> None:
    """How many structures the directory knew."""
    for given, concern in pairs:
        report.structures_found += concern.structure is not None
        report.structures_unknown += concern.structure is None and bool(given.structure)
