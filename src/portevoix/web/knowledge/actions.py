"""The one verb of articles: bring them in step with a folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from portevoix.opendata import articles as folder
from portevoix.opendata.reading import Refusal
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.journal.actions import record
from portevoix.web.knowledge.models import DEFAULT, Article, Import, Passage
from portevoix.web.runs.drafts import keep_articles

_BATCH: Final = 500
_REFUSALS_KEPT: Final = 100
_LONGEST: Final = {"title": 300, "url": 500, "network": 160, "audience": 80}
_IDENTIFIER: Final = 200


def import_articles(place: Path, actor: Agent | None = None, collection: str = DEFAULT) -> Import:
    """Bring one collection in step with a folder, and leave the others as they are.

    Without an actor it is the system (a command). Raises `UnreadableFileError`.
    """
    if actor is not None:
        require(actor, Verb.IMPORT)
    reading = folder.read_articles(place)
    with transaction.atomic():
        done = _in_step(reading, collection, actor)
        if done.added or done.changed or done.gone:
            record(
                "import_articles",
                actor=actor,
                added=done.added,
                changed=done.changed,
                gone=done.gone,
            )
    index()
    return done


def index() -> None:
    """Bring the search index in step with the rows; one thrown away comes back whole."""
    keep_articles(_present())


def _in_step(reading: folder.ArticleReading, collection: str, actor: Agent | None) -> Import:
    known = {one.identifier: one for one in Article.objects.only(*_KNOWN)}
    done = Import(collection=collection, by=actor)
    refused = list(reading.refused)
    fresh: list[folder.Article] = []
    for article in reading.articles:
        row = known.get(article.id)
        why = _refusal(article, row, collection)
        if why:
            refused.append(Refusal(article.id[:80], 0, why))
        elif row is None:
            done.added += 1
            fresh.append(article)
        elif row.digest != _digest(article) or row.gone_at:
            done.changed += 1
            fresh.append(article)
        else:
            done.kept += 1
    _write(fresh, known, collection)
    done.gone = _retire({a.id for a in reading.articles}, collection)
    done.refused = len(refused)
    done.refusals = [str(one)[:300] for one in refused[:_REFUSALS_KEPT]]
    done.save()
    return done


_KNOWN: Final = ("identifier", "collection", "digest", "gone_at")


def _refusal(article: folder.Article, row: Article | None, collection: str) -> str:
    if len(article.id) > _IDENTIFIER:
        return "son identifiant est trop long"
    if row is not None and row.collection != collection and row.gone_at is None:
        return f"cet identifiant est déjà celui d’un article de « {row.collection} »"
    return ""


def _digest(article: folder.Article) -> str:
    packed = json.dumps(asdict(article), ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.blake2b(packed.encode(), digest_size=16).hexdigest()


def _write(
    articles: Collection[folder.Article], known: dict[str, Article], collection: str
) -> None:
    """Put rows in the place of those known under the same identifiers, their passages too."""
    rows = [_row(article, collection) for article in articles]
    Article.objects.bulk_create(
        rows,
        _BATCH,
        update_conflicts=True,
        unique_fields=["identifier"],
        update_fields=_WRITTEN,
    )
    numbers = dict(_numbers([article.id for article in articles]))
    changed = [numbers[article.id] for article in articles if article.id in known]
    for start in range(0, len(changed), _BATCH):
        Passage.objects.filter(article__in=changed[start : start + _BATCH]).delete()
    passages = (
        Passage(article_id=numbers[one.id], rank=rank, heading=part.heading[:300], text=part.text)
        for one in articles
        for rank, part in enumerate(one.sections, 1)
    )
    Passage.objects.bulk_create(passages, _BATCH)


_WRITTEN: Final = (
    "collection title url lead path network audience checked acronyms questions digest "
    "imported_at gone_at"
).split()


def _row(article: folder.Article, collection: str) -> Article:
    cut = {name: getattr(article, name)[:most] for name, most in _LONGEST.items()}
    return Article(
        identifier=article.id,
        collection=collection,
        lead=article.lead,
        path=list(article.path),
        checked=article.checked,
        acronyms=dict(article.acronyms),
        questions=list(article.questions),
        digest=_digest(article),
        **cut,
    )


def _numbers(identifiers: list[str]) -> Iterator[tuple[str, int]]:
    for start in range(0, len(identifiers), _BATCH):
        found = Article.objects.filter(identifier__in=identifiers[start : start + _BATCH])
        yield from found.values_list("identifier", "pk")


def _retire(seen: Collection[str], collection: str) -> int:
    """Those that the folder does not hold any more: kept to be read, no longer found."""
    there = Article.objects.filter(collection=collection, gone_at=None)
    left = [
        pk for pk, identifier in there.values_list("pk", "identifier") if identifier not in seen
    ]
    for start in range(0, len(left), _BATCH):
        Article.objects.filter(pk__in=left[start : start + _BATCH]).update(gone_at=timezone.now())
    return len(left)


def _present() -> Iterable[folder.Article]:
    rows = Article.objects.filter(gone_at=None).order_by("identifier")
    for row in rows.prefetch_related("passages").iterator(chunk_size=_BATCH):
        yield folder.Article(
            id=row.identifier,
            title=row.title,
            sections=tuple(folder.Section(p.heading, p.text) for p in row.passages.all()),
            url=row.url,
            lead=row.lead,
            path=tuple(row.path),
            network=row.network,
            audience=row.audience,
            checked=row.checked,
            acronyms=row.acronyms,
            questions=tuple(row.questions),
        )
