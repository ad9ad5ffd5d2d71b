"""Cut the running text of a fiche into its lead and its sections: headings are short bare lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from portevoix.opendata.articles.article import Section

_SPACES: Final = re.compile(r"[^\S\n]+")
_LONGEST_HEADING: Final = 80
_CLOSED: Final = tuple(".,;:!…")
_LEAD_WORDS: Final = 50


def tidy(text: str) -> str:
    """Single spaces, no blank line, no space before a full stop or a comma."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\u00a0", " ").split("\n"))
    joined = "\n".join(line for line in lines if line)
    return re.sub(r" +([.,)])", r"\1", joined).replace("( ", "(")


def sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a fiche; what stands before the first heading is one without."""
    lines = tidy(text).split("\n")
    found: list[tuple[str, list[str]]] = [("", [])]
    for number, line in enumerate(lines):
        if _is_heading(line, lines[number + 1 : number + 2]):
            found.append((line, []))
        else:
            found[-1][1].append(line)
    return tuple(Section(head, "\n".join(body)) for head, body in found if body)


def opening(parts: Sequence[Section]) -> str:
    """The first lines of an article, long enough to say what it is about."""
    lines = [line for part in parts[:3] for line in part.text.split("\n")]
    taken: list[str] = []
    for line in lines:
        taken.append(line)
        if sum(len(one.split()) for one in taken) >= _LEAD_WORDS:
            break
    return "\n".join(taken)


def _is_heading(line: str, following: list[str]) -> bool:
    if len(line) > _LONGEST_HEADING or not line[:1].isupper() or line.endswith(_CLOSED):
        return False
    return bool(following) and len(following[0]) > len(line) // 2
