"""Small readings of what surrounds a candidate, shared by the recognisers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

SPACE: Final = "[ \u00a0\u202f]"


def before(text: str, start: int, width: int = 50) -> str:
    """Up to `width` characters before `start`, lower-cased."""
    return text[max(0, start - width) : start].lower()


@lru_cache(maxsize=8)
def _any_of(patterns: tuple[re.Pattern[str], ...]) -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern in patterns))


def nearest(patterns: dict[str, re.Pattern[str]], window: str) -> str | None:
    """The key of the pattern whose last match in `window` ends nearest to its end, if any."""
    # Most numbers are announced by nothing: one look says so.
    if not _any_of(tuple(patterns.values())).search(window):
        return None
    best, best_end = None, -1
    for key, pattern in patterns.items():
        for match in pattern.finditer(window):
            if match.end() > best_end:
                best, best_end = key, match.end()
    return best


def digits_of(value: str) -> str:
    return "".join(c for c in value if c.isdigit())
