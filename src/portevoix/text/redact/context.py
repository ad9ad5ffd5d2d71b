"""Small readings of what surrounds a candidate, shared by the recognisers."""

from __future__ import annotations

import re
from typing import Final

SPACE: Final = "[ \u00a0\u202f]"


def before(text: str, start: int, width: int = 50) -> str:
    """Up to `width` characters before `start`, lower-cased."""
    return text[max(0, start - width) : start].lower()


def nearest(patterns: dict[str, re.Pattern[str]], window: str) -> str | None:
    """The key of the pattern whose last match in `window` ends nearest to its end, if any."""
    best, best_end = None, -1
    for key, pattern in patterns.items():
        for match in pattern.finditer(window):
            if match.end() > best_end:
                best, best_end = key, match.end()
    return best


def digits_of(value: str) -> str:
    return "".join(c for c in value if c.isdigit())
