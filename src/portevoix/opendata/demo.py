"""Where the demonstration data lies: fictional experiences in the official columns."""

from __future__ import annotations

from pathlib import Path

from portevoix.errors import ResourceError


def demo_path() -> Path:
    """Return the path of the demonstration experiences (CSV, official headings)."""
    path = Path(__file__).resolve().parent.parent / "data" / "demo" / "experiences.csv"
    if not path.is_file():
        raise ResourceError
    return path
