"""DILA fiches in JSON, in the three shapes in which they circulate, and the tree that files them.

- whole fiches: {"data": [{"id", "title", "theme", "dossier", "paragraphs": [{"context"}]}]};
- a list of [id, title, text];
- passages, one a line: {"fiche", "sous_fiche", "texte"}.
The tree ({"data": [{"id", "type", "name", "data"}]}) gives titles and paths to the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from portevoix.opendata.articles.article import Article, Section
from portevoix.opendata.articles.plain import opening, sections, tidy

_PAGE: Final = "https://www.service-public.fr/particuliers/vosdroits/"
Tree = dict[str, tuple[str, tuple[str, ...]]]


def fiche(identifier: str, title: str, text: str, path: Sequence[str] = ()) -> Article:
    """One fiche from its running text."""
    parts = sections(text)
    return Article(
        id=identifier,
        title=title,
        sections=parts,
        lead=opening(parts),
        url=_PAGE + identifier,
        path=tuple(path),
    )


def whole(item: Mapping[str, Any]) -> Article:
    """One fiche of a file of whole fiches."""
    text = "\n".join(str(p.get("context") or "") for p in item.get("paragraphs") or ())
    path = [str(item.get(key) or "") for key in ("theme", "sous_theme", "dossier", "sous_dossier")]
    found = fiche(str(item["id"]), str(item.get("title") or ""), text, [p for p in path if p])
    return replace(found, url=str(item.get("link") or found.url))


def passages(rows: Iterable[Mapping[str, Any]]) -> list[Article]:
    """Fiches put together from their passages, in the order of the file."""
    gathered: dict[str, list[str]] = {}
    for row in rows:
        gathered.setdefault(str(row["fiche"]), []).append(tidy(str(row["texte"])))
    return [_from_passages(identifier, texts) for identifier, texts in gathered.items()]


def _from_passages(identifier: str, texts: Sequence[str]) -> Article:
    return Article(
        id=identifier,
        title="",
        sections=tuple(Section(*_headed(text)) for text in texts),
        lead=opening(sections(texts[0])),
        url=_PAGE + identifier,
    )


def _headed(text: str) -> tuple[str, str]:
    head, _, rest = text.partition("\n")
    return (head, rest) if rest else ("", head)


def tree(
    nodes: Iterable[Mapping[str, Any]], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any]]:
    """Yield (identifier, (title, path)) of each fiche of the tree."""
    for node in nodes:
        name, below = str(node.get("name") or ""), node.get("data")
        if below:
            yield from tree(below, above if name == "Autre" else (*above, name))
        elif node.get("id"):
            yield str(node["id"]), (tidy(name), above)


def filed(article: Article, known: Tree) -> Article:
    """The article with the title and path that the tree gives it, where it has none."""
    if article.id not in known:
        return article
    title, path = known[article.id]
    return replace(article, title=article.title or title, path=article.path or path)
