"""A page of Markdown as an article: its first heading is the title, the others open sections.

An optional head between two lines of `---` gives `id`, `title`, `url`, `checked`, `network`,
`topic`, `audience`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from portevoix.opendata.articles.article import Article, Section
from portevoix.opendata.articles.own import day
from portevoix.opendata.articles.plain import opening

_HEADING: Final = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_FENCE: Final = re.compile(r"^(```|~~~)")
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_MARKS: Final = re.compile(r"(\*\*|__|`)")


def read(path: Path, root: Path) -> Article | None:
    """Read one page; its identifier is its place in the folder. None when it says nothing."""
    head, lines = _head(path.read_text("utf-8", errors="replace").splitlines())
    place = path.relative_to(root).with_suffix("").as_posix()
    title, parts = _cut(lines)
    if not parts:
        return None
    return Article(
        id=head.get("id") or place,
        title=head.get("title") or title or path.stem.replace("-", " ").replace("_", " "),
        sections=tuple(parts),
        url=head.get("url") or place,
        lead=opening(parts),
        path=tuple(filter(None, [head.get("topic", "")])),
        network=head.get("network", ""),
        audience=head.get("audience", ""),
        checked=day(head.get("checked")),
    )


def _head(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    if not lines or lines[0].strip() != "---" or "---" not in (x.strip() for x in lines[1:]):
        return {}, lines
    end = next(n for n, line in enumerate(lines[1:], 1) if line.strip() == "---")
    pairs = (line.partition(":") for line in lines[1:end])
    return {k.strip(): v.strip().strip("\"'") for k, mark, v in pairs if mark}, lines[end + 1 :]


def _cut(lines: list[str]) -> tuple[str, list[Section]]:
    """Title, sections; what comes before the first heading is one without."""
    title, fenced = "", False
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        fenced ^= bool(_FENCE.match(line))
        match = None if fenced else _HEADING.match(line)
        if match and not title and len(found) == 1 and len(match[1]) == 1:
            title = _bare(match[2])
        elif match:
            found.append((_bare(match[2]), []))
        elif line.strip() and not _FENCE.match(line):
            found[-1][1].append(_bare(line.strip()))
    return title, [Section(head, "\n".join(body)) for head, body in found if body]


def _bare(text: str) -> str:
    """Without marks of emphasis; a link keeps its words and its address."""
    return _MARKS.sub("", _LINK.sub(r"\1 (\2)", text))
