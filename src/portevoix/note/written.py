"""A note put back together from plain data, after people worked on it, to be rendered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from portevoix.corpus.findings import Quote
from portevoix.errors import InputError
from portevoix.note.document import Bar, Chart, Options, Point, Section, Sentence, Source

PAGES: Final = ("html", "pdf", "odt")


@dataclass(frozen=True, slots=True)
class Written:
    """What renderers of pages need of a note."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    options: Options
    sources: Mapping[str, Source]


def render(note: Written, form: str) -> str | bytes:
    """The note as html, pdf or odt."""
    if form not in PAGES:
        raise InputError(f"Format inconnu : {form}. Formats possibles : {', '.join(PAGES)}.")
    produced: str | bytes = import_module(f"portevoix.note.render.{form}").render(note)
    return produced


def section(key: str, title: str, data: Mapping[str, Any]) -> Section:
    """A section of plain data: `sentences`, `points` and `charts` as `statements` stores them."""
    return Section(
        key,
        title,
        tuple(_sentences(data["sentences"])),
        tuple(_point(point) for point in data["points"]),
        tuple(_chart(chart) for chart in data["charts"]),
    )


def _sentences(found: Iterable[Mapping[str, Any]]) -> Iterable[Sentence]:
    for one in found:
        yield _sentence(one)


def _sentence(one: Mapping[str, Any]) -> Sentence:
    return Sentence(one["text"], one["count"], tuple(map(str, one["evidence"])))


def _point(point: Mapping[str, Any]) -> Point:
    return Point(
        point["title"],
        tuple(_sentences(point["sentences"])),
        tuple(_sentences(point["details"])),
        tuple((name, _sentence(one)) for name, one in point["rows"]),
        tuple(
            Quote(str(one["experience"]), one["start"], one["end"], one["text"])
            for one in point["quotes"]
        ),
    )


def _chart(chart: Mapping[str, Any]) -> Chart:
    bars = tuple(Bar(**bar) for bar in chart["bars"])
    return Chart(chart["key"], chart["caption"], chart["summary"], bars)


def chart(data: Mapping[str, Any]) -> Chart:
    """A chart of plain data, to be drawn."""
    return _chart(data)
