"""Départements and regions by their INSEE code, from the list that comes with the software."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final

import portevoix
from portevoix.opendata.headings import fold

DATA: Final = Path(portevoix.__file__).resolve().parent / "data" / "directory"


@cache
def departement_rows() -> tuple[dict[str, str], ...]:
    """Every département: code, name, region, region_name."""
    with (DATA / "departements.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter=";"))


def departement_name(code: str) -> str:
    """« Nord » for 59; empty when the code names none."""
    return _departements().get(code, {}).get("name", "")


def region_of(departement: str, region: str = "") -> tuple[str, str]:
    """The code and name of a region, by a département or by itself; a name given is kept."""
    row = _departements().get(departement)
    code, name = (
        (row["region"], row["region_name"]) if row else _regions().get(fold(region), ("", region))
    )
    return code, name if region.isdigit() or not region else region


@cache
def _departements() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in departement_rows()}


@cache
def _regions() -> dict[str, tuple[str, str]]:
    found = {}
    for row in departement_rows():
        region = (row["region"], row["region_name"])
        found[fold(row["region_name"])] = found[row["region"]] = region
    # Collectivities overseas are in no region: their rows have no code.
    found.pop("", None)
    return found
