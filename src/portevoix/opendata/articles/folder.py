"""Read every article of a folder, whatever mixture of formats it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from portevoix.errors import PortevoixError, UnreadableFileError
from portevoix.opendata.articles import dila, fiches, markdown, own
from portevoix.opendata.articles.article import Article, ArticleReading
from portevoix.opendata.articles.plain import tidy
from portevoix.opendata.reading import Refusal

_MARKDOWN: Final = frozenset({".md", ".markdown"})
_READ: Final = frozenset({".xml", ".json", ".jsonl", *_MARKDOWN})


class _Gathering:
    """Articles by identifier, the tree of titles, and what was refused."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.tree: fiches.Tree = {}
        self.refused: list[Refusal] = []

    def keep(self, article: Article | None) -> None:
        """Keep an article; of two with one identifier, the one that has a title and says more."""
        if article is None or not article.text.strip():
            return
        known = self.articles.get(article.id)
        if known is None or _worth(article) > _worth(known):
            self.articles[article.id] = article

    def refuse(self, path: Path, line: int, reason: str) -> None:
        self.refused.append(Refusal(path.name, line, reason))


def _worth(article: Article) -> tuple[bool, int]:
    return bool(article.title), len(article.text)


def read_articles(place: Path) -> ArticleReading:
    """Read a file or a folder and all below. Raises `UnreadableFileError` when nothing is there."""
    if not place.exists():
        raise UnreadableFileError(f"« {place} » n'existe pas.")
    root = place if place.is_dir() else place.parent
    gathering = _Gathering()
    for path in _files(place):
        try:
            _read(path, root, gathering)
        except (PortevoixError, OSError, ValueError, KeyError, TypeError) as error:
            gathering.refuse(path, 0, _why(error))
    found = (fiches.filed(article, gathering.tree) for article in gathering.articles.values())
    return ArticleReading(tuple(sorted(found, key=lambda a: a.id)), tuple(gathering.refused))


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    for path in sorted(place.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
        if path.is_file() and path.suffix.lower() in _READ and not hidden:
            yield path


def _why(error: Exception) -> str:
    if isinstance(error, PortevoixError):
        return error.message
    return f"format inconnu ({type(error).__name__})"


def _read(path: Path, root: Path, into: _Gathering) -> None:
    suffix = path.suffix.lower()
    if suffix == ".xml":
        into.keep(dila.read(path))
    elif suffix in _MARKDOWN:
        into.keep(markdown.read(path, root))
    elif suffix == ".jsonl":
        _read_lines(path, into)
    else:
        _read_json(path, json.loads(path.read_text("utf-8-sig")), into)


def _read_lines(path: Path, into: _Gathering) -> None:
    passages: list[dict[str, Any]] = []
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if "fiche" in row and "texte" in row:
                    passages.append(row)
                else:
                    into.keep(own.article(row))
            except (PortevoixError, ValueError, TypeError, AttributeError) as error:
                into.refuse(path, number, _why(error))
    for article in fiches.passages(passages):
        into.keep(article)


def _read_json(path: Path, content: Any, into: _Gathering) -> None:
    if isinstance(content, dict) and isinstance(content.get("data"), list):
        rows = content["data"]
        if rows and "paragraphs" not in rows[0]:
            into.tree.update(fiches.tree(rows))
            return
        for row in rows:
            into.keep(fiches.whole(row))
    elif isinstance(content, list) and all(
        isinstance(row, list) and len(row) == 3 for row in content
    ):
        for identifier, title, text in content:
            into.keep(fiches.fiche(str(identifier), tidy(str(title)), str(text)))
    elif isinstance(content, dict | list):
        for row in content if isinstance(content, list) else [content]:
            into.keep(own.article(row))
    else:
        into.refuse(path, 0, "ce JSON ne contient pas d'article")
