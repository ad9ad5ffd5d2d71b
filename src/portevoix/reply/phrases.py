"""The phrases of the drafter, read once from `data/reply`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from portevoix.errors import ResourceError


def phrase(table: str, expectation: str) -> str:
    """A phrase of a table for an expectation, the general one when it has none of its own."""
    rows = _tables()[table]
    return rows.get(expectation, rows.get("GEN", ""))


def phrases(table: str) -> Mapping[str, str]:
    """A whole table, by expectation."""
    return _tables()[table]


def listed(parts: Sequence[str]) -> str:
    """« a, b et c »."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"


def situation(topic: str) -> str:
    """What to look up to answer a topic, in the words of offices; empty when no page can help."""
    return _situations().get(topic, "")


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    tables: dict[str, dict[str, str]] = _read("phrases.toml")
    return tables


@cache
def _situations() -> Mapping[str, str]:
    return _read("situations.toml")


def _read(name: str) -> dict[str, Any]:
    try:
        source = resources.files("portevoix") / "data" / "reply" / name
        return tomllib.loads(source.read_text("utf-8"))
    except FileNotFoundError as missing:
        raise ResourceError from missing
