"""The heart of the note for a terminal: figures, strengths, pain points, changes, leads."""

from __future__ import annotations

import textwrap
from io import StringIO
from typing import Final

from rich.console import Console
from rich.text import Text

from portevoix.note.document import Note, Point, Section
from portevoix.note.french import NO_BREAK, lower_first

WIDTH: Final = 100
LINES: Final = 60
CHANGES: Final = 4
HEART: Final = ("figures", "strengths", "pain_points", "changes", "leads")


def _first(text: str) -> str:
    """Inside a line that goes on."""
    return lower_first(text).rstrip(".")


def _point(point: Point, key: str) -> list[str]:
    if key == "changes":
        return [sentence.text for sentence in point.details[:CHANGES]]
    if key == "leads":
        return [f"{point.title}. {point.rows[0][1].text}" if point.rows else point.title]
    return (
        [f"{point.title}{NO_BREAK}: {_first(point.sentences[0].text)}"]
        if point.sentences
        else [point.title]
    )


def _print(console: Console, text: str, *, mark: str = "", style: str = "") -> None:
    """Print a paragraph wrapped at ordinary spaces only: « 12 % » stays whole."""
    lead = f"  {mark} " if mark else "  "
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        console.print(Text(line, style=style), soft_wrap=True)


def _section(console: Console, section: Section) -> None:
    console.print(Text(section.title, style="bold blue"))
    sentences = section.sentences[:5] if section.key == "figures" else section.sentences
    for sentence in sentences:
        _print(console, sentence.text)
    for number, point in enumerate(section.points, 1):
        if section.key == "changes":
            _print(console, point.title, style="italic")
        mark = f"{number}." if section.key == "leads" else "•"
        for line in _point(point, section.key):
            _print(console, line, mark=mark)


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
