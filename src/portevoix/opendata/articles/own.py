"""Our own format: one article a line.

{"id", "title", "url", "checked": "2025-10-15", "network", "topic", "audience",
 "sections": [{"heading", "text"}], "acronyms": {"APL": "…"}, "questions": ["…"]}
Only `id`, `title` and `sections` are needed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from portevoix.errors import InputError
from portevoix.opendata.articles.article import Article, Section

# How a network is not named.
_EVERYBODY: Final = (None, "", "Tous", "tous")


class ArticleError(InputError):
    """Cet article ne peut pas être lu."""


def article(row: Mapping[str, Any]) -> Article:
    """Read one article. Raises `ArticleError` when something needed is missing."""
    if not (row.get("id") and row.get("title") and isinstance(row.get("sections"), list)):
        raise ArticleError("il manque « id », « title » ou « sections »")
    topic = row.get("topic")
    return Article(
        id=str(row["id"]),
        title=str(row["title"]),
        sections=tuple(_section(item) for item in row["sections"]),
        url=str(row.get("url") or ""),
        lead=str(row.get("lead") or ""),
        path=tuple(map(str, topic))
        if isinstance(topic, list)
        else ((str(topic),) if topic else ()),
        network="" if row.get("network") in _EVERYBODY else str(row["network"]),
        audience=str(row.get("audience") or ""),
        checked=day(row.get("checked")),
        acronyms={str(k): str(v) for k, v in (row.get("acronyms") or {}).items()},
        questions=tuple(map(str, row.get("questions") or ())),
    )


def day(value: object) -> date | None:
    """An ISO day, None when absent. Raises `ArticleError` for anything else."""
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise ArticleError(f"« {value} » n'est pas une date comme 2025-10-15") from None


def _section(item: object) -> Section:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise ArticleError('une section attend {"heading": "…", "text": "…"}')
    return Section(str(item.get("heading") or ""), item["text"])
