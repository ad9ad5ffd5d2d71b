"""Where things are drawn on the charts of a dashboard; the templates write the SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from portevoix.note import french
from portevoix.web.desk.figures import SMALL, Month, Spot

WIDTH: Final = 720
_TALL: Final = 180
_Z95: Final = 1.96
_Z998: Final = 3.09


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of a column."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under or beside a chart."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Months, each a column cut by feeling."""

    pieces: Sequence[Piece]
    ticks: Sequence[Tick]
    height: int = _TALL + 40


def columns(months: Sequence[Month]) -> Columns:
    """Negative at the foot, so that its height is read from the same line."""
    tallest = max((month.total for month in months), default=0) or 1
    step = WIDTH / max(1, len(months))
    every = max(1, -(-len(months) // 12))
    pieces, ticks = [], []
    for i, month in enumerate(months):
        foot = float(_TALL + 16)
        for kind in ("negative", "neutral", "positive"):
            height = _TALL * getattr(month, kind) / tallest
            foot -= height
            where = (round(i * step, 1), round(foot, 1), round(step * 0.7, 1), round(height, 1))
            pieces.append(Piece(kind, *where))
        if i % every == 0:
            short = f"{month.start.month:02}/{month.start.year % 100:02}"
            ticks.append(Tick(round(i * step + step * 0.35, 1), _TALL + 34, short))
    return Columns(pieces, ticks)


@dataclass(frozen=True, slots=True)
class Line:
    """One expectation over the months."""

    label: str
    count: int
    points: str
    last: float
    highest: float


def lines(pains: Sequence[tuple[str, int, tuple[float, ...]]]) -> list[Line]:
    """Small lines on one scale, so that they compare."""
    top = max((share for _, _, shares in pains for share in shares), default=0.0) or 1.0
    made = []
    for label, count, shares in pains:
        step = 300 / max(1, len(shares) - 1)
        points = " ".join(
            f"{i * step:.1f},{64 - 56 * share / top:.1f}" for i, share in enumerate(shares)
        )
        made.append(Line(label, count, points, shares[-1], max(shares)))
    return made


@dataclass(frozen=True, slots=True)
class Area:
    """A département on the map: how dark, and what is said of it."""

    code: str
    level: int
    text: str
    zoomed: bool = False


_ZOOMED: Final = frozenset({"75", "92", "93", "94"})


def areas(spots: Sequence[Spot]) -> list[Area]:
    """Five shades by share of negative stories; too few stories are left white."""
    made = []
    for spot in spots:
        if spot.total < SMALL:
            level, text = 0, f"{spot.name} : moins de {SMALL} récits"
        else:
            level = min(5, 1 + int(spot.share * 5))
            said = french.percent(spot.share)
            text = f"{spot.name} : {said} de récits négatifs, sur {french.number(spot.total)}"
        made.append(Area(spot.key, level, french.typeset(text)))
        if spot.key in _ZOOMED:
            made.append(Area(spot.key, level, french.typeset(text), zoomed=True))
    return made


@dataclass(frozen=True, slots=True)
class Dot:
    """A structure on the funnel; `apart` when it is beyond what chance explains."""

    x: float
    y: float
    name: str
    own: bool
    apart: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """Structures by number of stories and share of negative ones, between the limits of chance."""

    dots: Sequence[Dot]
    mean: float
    mean_y: float
    curves: Sequence[str]
    ticks: Sequence[Tick]
    rows: Sequence[tuple[Spot, str]]


def funnel(spots: Sequence[Spot], own: str) -> Funnel | None:
    """None under five structures: there is nothing to compare."""
    if len(spots) < 5:
        return None
    total = sum(spot.total for spot in spots)
    mean = sum(spot.negative for spot in spots) / total
    widest = max(spot.total for spot in spots)
    dots = [
        Dot(_x(s.total, widest), _y(s.share), s.name, s.key == own, apart(s, mean)) for s in spots
    ]
    steps = [8 + (widest - 8) * i / 60 for i in range(61)]
    curves = [
        " ".join(
            f"{_x(n, widest):.1f},{_y(mean + sign * z * sqrt(mean * (1 - mean) / n)):.1f}"
            for n in steps
        )
        for z in (_Z95, _Z998)
        for sign in (-1, 1)
    ]
    marks = sorted({10, round(widest / 4), widest})
    ticks = [Tick(_x(n, widest), 236, french.number(n)) for n in marks if n <= widest]
    rows = [(spot, apart(spot, mean)) for spot in spots]
    return Funnel(dots, mean, _y(mean), curves, ticks, rows)


def apart(spot: Spot, mean: float) -> str:
    """« high » or « low » beyond 998 chances in a thousand, « watch » beyond 95 in a hundred."""
    spread = sqrt(mean * (1 - mean) / spot.total) or 1e-9
    z = (spot.share - mean) / spread
    if z > _Z998:
        return "high"
    if z < -_Z998:
        return "low"
    return "watch" if abs(z) > _Z95 else ""


def _x(total: float, widest: int) -> float:
    return round(46 + (WIDTH - 66) * sqrt(total / widest), 1)


def _y(share: float) -> float:
    return round(12 + 200 * (1 - min(1.0, max(0.0, share))), 1)
