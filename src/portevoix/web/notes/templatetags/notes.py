"""What the templates of notes need: drawings, anchors."""

from __future__ import annotations

from typing import Any

from django import template

from portevoix.note import french, written
from portevoix.note.render.charts import svg
from portevoix.web.notes import queries
from portevoix.web.notes.models import Study

register = template.Library()


@register.filter
def drawing(chart: dict[str, Any]) -> str:
    """The chart as inline SVG; its text is escaped by the library."""
    return str(svg(written.chart(chart)).__html__())


@register.filter
def anchor(key: str) -> str:
    """The identifier of an item in the page of its note."""
    return "-".join(key.split("/")[:2])


@register.filter
def said_as(study: Study) -> str:
    """The scope and period of a study, in a sentence."""
    return queries.sentence(study)


@register.filter
def spread(bar: dict[str, Any]) -> str:
    return french.between(bar["low"], bar["high"]) if bar["low"] is not None else ""


@register.filter
def points(difference: float) -> str:
    """−0.123 → « −12,3 points »."""
    value = round(difference * 100, 1)
    sign = "+" if value > 0 else "−" if value < 0 else ""
    shown = f"{abs(value):g}".replace(".", ",")
    return f"{sign}{shown}{french.NO_BREAK}{french.plural(int(abs(value)), 'point')}"


@register.simple_tag
def behind(chart: str, bar: dict[str, Any]) -> str:
    """The key of the experiences that a bar counts, empty when it is not kept."""
    kinds = {"feelings": "feeling", "months": "month"}
    return f"figure/{kinds[chart]}/{bar['label']}" if chart in kinds else ""
