"""Départements and regions by their INSEE code, from the list that comes with the software."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
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


@cache
def communes() -> dict[str, frozenset[str]]:
    """The folded name of every commune and the codes of its départements; source: Insee."""
    found: dict[str, set[str]] = defaultdict(set)
    with gzip.open(DATA / "communes.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            found[row["name"]].add(row["departement"])
    return {name: frozenset(codes) for name, codes in found.items()}


def departement_of(code: str) -> str:
    """The département of a postcode or of the Insee code of a commune: its two or three digits."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


@cache
def ordinary_words() -> frozenset[str]:
    """Words of five letters and more that people write every day, folded: none is a place."""
    with gzip.open(DATA / "ordinary.txt.gz", "rt", encoding="utf-8") as lines:
        return frozenset(lines.read().split())


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
