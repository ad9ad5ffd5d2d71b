"""Texts whose personal data is marked `[[KIND:value]]`, read and changed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MARK: Final = re.compile(r"\[\[([A-Z_]+):(.*?)\]\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Case:
    """A text without its marks, and what they marked: (start, end, kind)."""

    id: str
    text: str
    marks: tuple[tuple[int, int, str], ...]


def read_marks(identifier: str, marked: str) -> Case:
    """Strips the marks of a text and keeps their positions."""
    marks: list[tuple[int, int, str]] = []
    text, read = "", 0
    for match in MARK.finditer(marked):
        text += marked[read : match.start()]
        marks.append((len(text), len(text) + len(match.group(2)), match.group(1)))
        text += match.group(2)
        read = match.end()
    return Case(identifier, text + marked[read:], tuple(marks))


def read_marked(path: Path) -> list[tuple[str, str]]:
    """The identifiers and marked texts of a JSON Lines file with `id` and `text`."""
    with path.open(encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines if line.strip()]
    return [(item["id"], item["text"]) for item in items]


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file with `id` and marked `text`."""
    return [read_marks(identifier, text) for identifier, text in read_marked(path)]
