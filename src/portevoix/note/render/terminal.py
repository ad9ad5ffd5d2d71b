"""The heart of the note for a terminal: figures, strengths, pain points, changes, leads."""

from __future__ import annotations

from io import StringIO
from typing import Final

from rich.console import Console
from rich.text import Text

from portevoix.note.document import Note, Point, Section, Sentence

WIDTH: Final = 100
LINES: Final = 60
CHANGES: Final = 4
HEART: Final = ("figures", "strengths", "pain_points", "changes", "leads")


def _first(text: str) -> str:
    """Inside a line that goes on."""
    return text.rstrip(".")


def _point(point: Point, key: str) -> list[str]:
    if key == "changes":
        return [_short(sentence) for sentence in point.details[:CHANGES]]
    if key == "leads":
        return [f"{point.title}. {_short(point.rows[0][1])}" if point.rows else point.title]
    return (
        [f"{point.title} : {_first(point.sentences[0].text)}"] if point.sentences else [point.title]
    )


def _short(sentence: Sentence) -> str:
    limit = 2 * WIDTH - 20
    text = sentence.text
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def _section(console: Console, section: Section) -> None:
    console.print(Text(section.title, style="bold blue"))
    sentences = section.sentences[:5] if section.key == "figures" else section.sentences
    for sentence in sentences:
        console.print(Text(f"  {_short(sentence)}"))
    for number, point in enumerate(section.points, 1):
        if section.key == "changes":
            console.print(Text(f"  {point.title}", style="italic"))
        mark = f"{number}." if section.key == "leads" else "•"
        for line in _point(point, section.key):
            console.print(Text(f"  {mark} {line}"))


def render(note: Note, *, colours: bool = False) -> str:
    """At most 60 lines of 100 columns; `colours` for a terminal that shows them."""
    out = StringIO()
    console = Console(
        file=out,
        width=WIDTH,
        force_terminal=colours,
        highlight=False,
        color_system="standard" if colours else None,
    )
    console.print(Text(note.title, style="bold"))
    console.print(Text(note.subtitle))
    if note.options.fictional:
        console.print(Text("Données fictives", style="bold magenta"))
    for key in HEART:
        _section(console, note.section(key))
    return "\n".join(out.getvalue().splitlines()[:LINES]) + "\n"
