"""What engines read in published texts, kept up to date: read what is missing, drop what left.

Nothing else needs to call us: whatever publishes, corrects, imports or withdraws a story, what is
kept is compared with what is public. Each batch is a transaction, so that a stop loses at most one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from portevoix.web.experiences.models import Concern, Experience
from portevoix.web.notes import packing
from portevoix.web.notes.models import Block, Reading
from portevoix.web.runs import corpora
from portevoix.web.runs.corpora import Text

BATCH: Final = 500
_FULL: Final = 1_000

Progress = Callable[[int, int], None]


def _silent(_done: int, _total: int) -> None:
    pass


def refresh(progress: Progress = _silent, among: QuerySet[Experience] | None = None) -> int:
    """Bring readings in step with what is public; return how many texts were read.

    With `among`, only those texts: a note does not wait for the rest of the site.
    """
    _drop_stale()
    wanted = missing() if among is None else missing().filter(pk__in=among.values("pk"))
    ordered = wanted.annotate(first=_first_network()).order_by("first", "pk")
    keys = list(ordered.values_list("pk", "first"))
    done = 0
    for batch in _batches(keys):
        progress(done, len(keys))
        done += _read(batch, batch[0][1])
    progress(done, len(keys))
    return done


def is_late() -> bool:
    """Whether something public was not read, or something read is not public."""
    return missing().exists() or _stale().exists()


def missing() -> QuerySet[Experience]:
    """Public experiences that no engine of today has read."""
    return Experience.objects.filter(published_at__isnull=False, reading__isnull=True)


def _first_network() -> Subquery:
    concerns = Concern.objects.filter(experience=OuterRef("pk"), network__isnull=False)
    return Subquery(concerns.order_by("rank").values("network")[:1])


def _batches(keys: Sequence[tuple[int, int | None]]) -> list[list[tuple[int, int | None]]]:
    """At most `BATCH` texts of one network each."""
    batches: list[list[tuple[int, int | None]]] = []
    for key in keys:
        if not batches or len(batches[-1]) == BATCH or batches[-1][0][1] != key[1]:
            batches.append([])
        batches[-1].append(key)
    return batches


def _read(batch: Sequence[tuple[int, int | None]], network: int | None) -> int:
    stories = Experience.objects.filter(
        pk__in=[pk for pk, _ in batch], published_at__isnull=False
    ).only("published_title", "published_text", "feeling", "published_at", "import_digest")
    found = list(stories.order_by("pk"))
    if not found:
        return 0
    read = corpora.read(
        [Text(e.pk, e.published_title, e.published_text, str(e.feeling)) for e in found]
    )
    _keep(found, read, network)
    return len(found)


@transaction.atomic
def _keep(found: Sequence[Experience], read: corpora.Read, network: int | None) -> None:
    """Add what was read to a block with room, or to a new one."""
    engine = corpora.engine()
    block = (
        Block.objects.select_for_update()
        .filter(network=network, engine=engine, size__lte=_FULL - len(found))
        .order_by("pk")
        .first()
    )
    keys = [e.pk for e in found]
    if Reading.objects.filter(pk__in=keys).exists():
        # Another process read them meanwhile: theirs is as good.
        return
    if block is None:
        block = Block.objects.create(
            network_id=network, engine=engine, size=len(found), content=corpora.packed(read.block)
        )
    else:
        former = corpora.unpacked(bytes(block.content))
        _rewrite(block, corpora.joined([former, read.block]))
    Reading.objects.bulk_create(
        Reading(
            experience=e,
            block=block,
            published_at=e.published_at or e.deposited_at,
            import_digest=e.import_digest,
            praise=praise,
            pain=pain,
        )
        for e, praise, pain in zip(found, read.praise, read.pain, strict=True)
    )


def _rewrite(block: Block, content: Any) -> None:
    block.content = corpora.packed(content)
    block.size = len(content.experiences)
    block.stamp = packing.stamp()
    block.save(update_fields=["content", "size", "stamp"])


def _drop_stale() -> None:
    """Forget texts that are no longer public, that changed, or that another engine read."""
    Block.objects.exclude(engine=corpora.engine()).delete()
    stale = _stale()
    blocks = set(stale.values_list("block_id", flat=True).order_by())
    for key in sorted(blocks):
        _drop(key, stale)


def _stale() -> QuerySet[Reading]:
    return Reading.objects.filter(
        Q(experience__published_at__isnull=True)
        | ~Q(published_at=F("experience__published_at"))
        | ~Q(import_digest=F("experience__import_digest"))
    )


@transaction.atomic
def _drop(key: int, stale: QuerySet[Reading]) -> None:
    block = Block.objects.select_for_update().filter(pk=key).first()
    if block is None:
        return
    gone = list(stale.filter(block=block).values_list("pk", flat=True))
    left = corpora.without(corpora.unpacked(bytes(block.content)), gone)
    if left is None:
        block.delete()
        return
    _rewrite(block, left)
    Reading.objects.filter(pk__in=gone).delete()


def gathered(blocks: QuerySet[Block]) -> Any:
    """One corpus of these blocks; None when there is none."""
    keys = list(blocks.order_by("pk").values_list("pk", "stamp"))
    held = [one for key, stamp in keys if (one := _unpacked(key, stamp)) is not None]
    return corpora.joined(held) if held else None


# A process that makes notes keeps what it unpacked: a new story changes one block of a hundred.
@lru_cache(maxsize=256)
def _unpacked(key: int, _stamp: str) -> Any:
    content = Block.objects.filter(pk=key).values_list("content", flat=True).first()
    return corpora.unpacked(bytes(content)) if content is not None else None
