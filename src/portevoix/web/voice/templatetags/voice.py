"""`{% microphone "id_text" %}`: the microphone of a field, or why there is none."""

from __future__ import annotations

from typing import Any

from django import template

from portevoix.web.runs import dictation
from portevoix.web.voice.socket import PATH

register = template.Library()


@register.inclusion_tag("voice/microphone.html")
def microphone(field: str) -> dict[str, Any]:
    """The microphone of the field whose `id` is `field`; it shows itself when the browser can."""
    return {
        "field": field,
        "path": PATH,
        "unavailable": bool(dictation.unavailable()),
        "sends_to": dictation.sends_to(),
    }
