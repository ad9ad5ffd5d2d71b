"""Charts as inline SVG: labels above the bars, so that they read at 360 px as on A4."""

from __future__ import annotations

from html import escape
from typing import Final

from markupsafe import Markup

from portevoix.note import french
from portevoix.note.document import Bar, Chart

WIDTH: Final = 360
INK: Final = "#161616"
# As attributes: weasyprint does not apply the classes of the page to what is drawn.
COLOURS: Final = {"good": "#18753c", "bad": "#c9191e", "neutral": "#6a6af4"}
LETTERS: Final = f'font-size="11" font-family="sans-serif" fill="{INK}"'
TICKS: Final = 'font-size="8.5" font-family="sans-serif" fill="#55565a"'
SHORT: Final = {
    "janvier": "janv.",
    "février": "févr.",
    "juillet": "juil.",
    "septembre": "sept.",
    "octobre": "oct.",
    "novembre": "nov.",
    "décembre": "déc.",
}
ROW: Final = 34
BAR: Final = 12
EDGE: Final = 12  # half the width of a month and its year
ROOM: Final = 62  # to the right of the bars, for their value


def _rect(tone: str, x: float, y: float, width: float, height: float) -> str:
    size = f'width="{width:.1f}" height="{height:.1f}"'
    return f'<rect fill="{COLOURS[tone]}" x="{x:.1f}" y="{y:.1f}" {size}/>'


def _row(bar: Bar, index: int, scale: float) -> str:
    top, length = index * ROW, (WIDTH - ROOM) * bar.share / scale
    y, middle = top + 17, top + 17 + BAR / 2
    parts = [
        f'<text {LETTERS} x="0" y="{top + 12}">{escape(bar.label)}</text>',
        _rect(bar.tone, 0, y, max(length, 1), BAR),
    ]
    end = length
    if bar.low is not None and bar.high is not None:
        low, high = ((WIDTH - ROOM) * v / scale for v in (bar.low, bar.high))
        end = max(length, high)
        parts.append(
            f'<path fill="none" stroke="{INK}" stroke-width="1.2" d="M{low:.1f} {middle}H{high:.1f}'
            f'M{low:.1f} {y + 2}v{BAR - 4}M{high:.1f} {y + 2}v{BAR - 4}"/>'
        )
    value = french.percent(bar.share)
    parts.append(
        f'<text {LETTERS} font-weight="bold" x="{end + 6:.1f}" y="{y + BAR - 1.5}">{value}</text>'
    )
    return "".join(parts)


def _rows(bars: tuple[Bar, ...]) -> tuple[str, int]:
    scale = max([bar.share for bar in bars] + [bar.high or 0.0 for bar in bars] + [0.01])
    return "".join(_row(bar, i, scale) for i, bar in enumerate(bars)), len(bars) * ROW


def _columns(bars: tuple[Bar, ...]) -> tuple[str, int]:
    """Months as columns: the count above each, the month under it when there is room."""
    tallest = max(bar.count for bar in bars)
    step = WIDTH / len(bars)
    every = -(-len(bars) // 12)
    parts = []
    for i, bar in enumerate(bars):
        height = 90 * bar.count / tallest
        x, y = i * step, 104 - height
        parts.append(_rect("neutral", x, y, step * 0.72, height))
        if i % every == 0:
            middle = x + step * 0.36
            month, year = bar.label.split(" ")
            short = SHORT.get(month, month)
            # The first and last words stay inside the drawing.
            x = min(max(middle, EDGE), WIDTH - EDGE)
            text = f'<text {TICKS} text-anchor="middle" x="{x:.1f}"'
            parts.append(f'{text} y="{y - 3:.1f}">{french.number(bar.count)}</text>')
            parts.append(f'{text} y="116">{short}</text>{text} y="127">{year}</text>')
    return "".join(parts), 132


def svg(chart: Chart) -> Markup:
    """The drawing, its caption and summary as its text alternative. Safe: all text is escaped."""
    drawn, height = (_columns if chart.key == "months" else _rows)(chart.bars)
    alternative = escape(f"{chart.caption}. {chart.summary}")
    return Markup(  # noqa: S704 (every text put in is escaped above)
        f'<svg role="img" viewBox="0 0 {WIDTH} {height}" aria-label="{alternative}">{drawn}</svg>'
    )
