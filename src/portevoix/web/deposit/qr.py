"""A link as a code that a telephone reads."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def code_of(address: str) -> SafeString:
    """Draw a QR code; it holds nothing but black modules, whatever the address."""
    # Any of the eight masks is read; looking for the best one costs eight times the drawing. Read
    # on a screen, nothing of it is stained or torn: the least correction, the largest modules.
    code = segno.make(address, error="l", boost_error=False, micro=False, mask=2)
    drawn = code.svg_inline(scale=4, border=2, svgclass=None, lineclass=None)
    return mark_safe(drawn)  # noqa: S308
