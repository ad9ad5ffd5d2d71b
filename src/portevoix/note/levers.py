"""The library of improvement levers: concrete measures, each with who, when and how to see it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from portevoix.errors import ResourceError
from portevoix.types import Expectation


@dataclass(frozen=True, slots=True)
class Lever:
    """A measure that answers an expectation.

    `topics` are the precise sub-subjects that call for it (codes of `data/topics.txt`); the code
    of an expectation there makes it the one to propose when nothing more precise is known.
    """

    id: str
    expectation: Expectation
    also: tuple[Expectation, ...]
    commitment: int
    title: str
    what: str
    first_step: str
    effect: str
    not_when: str
    topics: tuple[str, ...]
    who: str = ""
    when: str = ""
    effort: str = ""
    scale: str = ""


def _lever(record: dict[str, Any]) -> Lever:
    return Lever(
        id=record["id"],
        expectation=Expectation(record["expectation"]),
        also=tuple(Expectation(code) for code in record.get("also", ())),
        commitment=int(record.get("commitment") or 0),
        title=record["title"],
        what=record["what"],
        first_step=record["first_step"],
        effect=record["effect"],
        not_when=record.get("not_when", ""),
        topics=tuple(record.get("topics", ())),
        who=record.get("who", ""),
        when=record.get("when", ""),
        effort=record.get("effort", ""),
        scale=record.get("scale", ""),
    )


def read_levers(lines: Iterable[str]) -> tuple[Lever, ...]:
    """Levers of a JSON Lines file, in its order.

    Raises ResourceError for a line that is not a lever.
    """
    try:
        return tuple(_lever(json.loads(line)) for line in lines if line.strip())
    except (KeyError, ValueError) as error:
        raise ResourceError(f"La bibliothèque de leviers est abîmée ({error}).") from error


def load_levers(path: Path | None = None) -> tuple[Lever, ...]:
    """The levers shipped with the package, or those of a file of one's own."""
    source = path or files("portevoix.data") / "levers.jsonl"
    if not source.is_file():
        raise ResourceError("La bibliothèque de leviers manque : réinstallez Porte-voix.")
    return read_levers(source.read_text(encoding="utf-8").splitlines())
