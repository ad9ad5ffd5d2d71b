"""Charts as plain SVG: across in per cent, down in pixels, so that words keep their size anywhere.

No inline style (the content policy refuses it): colours are those of a class, by kind of series.
A chart never goes alone: `ui/charts/figure.html` adds its sentence, its table and its method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from portevoix.note import french

_HEIGHT: Final = 200
_TOP: Final = 12
_LEFT: Final = 9.0
_RIGHT: Final = 99.0
_STEPS: Final = (1, 2, 2.5, 5, 10)
_LABELS: Final = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One colour: its kind (a class of the style sheet), its name, a value for each column."""

    kind: str
    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Rect:
    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Segment:
    kind: str
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Dot:
    kind: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid, or the name of a column; the last one ends at the edge."""

    at: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template draws."""

    series: Sequence[Series]
    grid: Sequence[Tick]
    names: Sequence[Tick]
    rects: Sequence[Rect] = ()
    segments: Sequence[Segment] = ()
    dots: Sequence[Dot] = ()
    height: int = _HEIGHT + _TOP
    total_height: int = _HEIGHT + _TOP + 28
    label_height: int = _HEIGHT + _TOP + 20


def stacked(names: Sequence[str], series: Sequence[Series], highest: float | None = None) -> Chart:
    """Columns whose parts are laid one on another, the first at the bottom."""
    sums = [sum(one.values[rank] or 0 for one in series) for rank in range(len(names))]
    top, grid = _scale(highest or max(sums, default=0), whole=highest is None)
    width = (_RIGHT - _LEFT) / max(len(names), 1)
    rects = []
    for rank in range(len(names)):
        floor = 0.0
        for one in series:
            value = one.values[rank] or 0
            if value:
                high, low = _y(floor + value, top), _y(floor, top)
                rects.append(
                    Rect(
                        one.kind,
                        _across(_LEFT + width * (rank + 0.1)),
                        _down(high),
                        _across(width * 0.8),
                        _down(max(low - high - 0.5, 0.5)),
                    )
                )
            floor += value
    return Chart(series, grid, _names(names, width), rects=rects)


def lines(names: Sequence[str], series: Sequence[Series]) -> Chart:
    """A line a series; where nothing is known the line stops."""
    known = [value for one in series for value in one.values if value is not None]
    top, grid = _scale(max(known, default=0), whole=False)
    width = (_RIGHT - _LEFT) / max(len(names), 1)
    segments, dots = [], []
    for one in series:
        before: tuple[float, float] | None = None
        for rank, value in enumerate(one.values):
            here = None if value is None else (_LEFT + width * (rank + 0.5), _y(value, top))
            if here:
                dots.append(Dot(one.kind, _across(here[0]), _down(here[1])))
            if here and before:
                ends = (_across(before[0]), _down(before[1]), _across(here[0]), _down(here[1]))
                segments.append(Segment(one.kind, *ends))
            before = here
    return Chart(series, grid, _names(names, width), segments=segments, dots=dots)


def _scale(highest: float, *, whole: bool) -> tuple[float, list[Tick]]:
    """A round top, and three or four lines below it."""
    if highest <= 0:
        highest = 1
    raw = highest / 4
    power = 10.0 ** len(str(int(raw))) / 10 if raw >= 1 else 10.0 ** -_zeros(raw)
    step = next(power * s for s in _STEPS if power * s >= raw * 0.999)
    if whole:
        step = max(1.0, float(round(step)))
    count = int(-(-highest // step))
    marks = [step * rank for rank in range(count + 1)]
    return step * count, [Tick(_down(_y(mark, step * count)), _figure(mark)) for mark in marks]


def _zeros(value: float) -> int:
    zeros = 0
    while value < 1:
        value *= 10
        zeros += 1
    return zeros


def _figure(value: float) -> str:
    if value == int(value):
        return french.number(int(value))
    return f"{value:.1f}".replace(".", ",")


def _names(names: Sequence[str], width: float) -> list[Tick]:
    """Under the columns, as many names as can be read; the last one always."""
    every = max(1, -(-len(names) // _LABELS))
    last = len(names) - 1
    ticks = [
        Tick(_across(_LEFT + width * (rank + 0.5)), name)
        for rank, name in enumerate(names[:-1])
        if (last - rank) % every == 0
    ]
    return [*ticks, *(Tick(_across(_RIGHT), name, "end") for name in names[-1:])]


def _y(value: float, top: float) -> float:
    return _TOP + _HEIGHT * (1 - value / top)


def _across(value: float) -> str:
    return f"{value:.2f}%"


def _down(value: float) -> str:
    return f"{value:.1f}"


def short_month(number: int) -> str:
    """A month counted from year 0, as it stands under a column: « janv. 26 »."""
    return f"{_(_SHORT[number % 12])} {number // 12 % 100:02}"


def whole_month(number: int) -> str:
    """« janvier 2026 »."""
    return f"{french.MONTHS[number % 12]} {number // 12}"


_SHORT: Final = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
