"""Départements and regions, from the list that comes with the software."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

import portevoix

DATA: Final = Path(portevoix.__file__).resolve().parent / "data" / "directory"


@cache
def departement_rows() -> tuple[dict[str, str], ...]:
    """Every département: code, name, region, region_name."""
    with (DATA / "departements.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter=";"))
