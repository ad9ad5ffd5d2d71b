"""Cases that people retained on a site, one a line (`portevoix-site ecrire_cas`)."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from portevoix.errors import UnreadableFileError

# What a share may lose before an evaluation fails.
TOLERANCE: Final = 0.001
Case = dict[str, Any]


def read_cases(path: Path, check: Callable[[Case], object]) -> list[Case]:
    """Read the cases of a file. `check` reads what a case must hold.

    Raises `UnreadableFileError` with the line that is not one.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            case = json.loads(line)
            check(case)
        except (ValueError, KeyError, TypeError):
            message = f"{path.name}, ligne {number} : attendu un cas écrit par « ecrire_cas »."
            raise UnreadableFileError(message) from None
        found.append(case)
    return found


def options(description: str | None) -> argparse.ArgumentParser:
    """`--cases` and `--save`. Read with `parse_known_args`: under `portevoix evaluate` the words of
    that command come first.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--save", action="store_true")
    return parser


def fallen(figures: Mapping[str, float], baseline: Path, *, save: bool) -> bool:
    """Whether a figure is below its baseline, which is written first with `save`."""
    if save:
        baseline.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    former: dict[str, float] = json.loads(baseline.read_text("utf-8"))
    return any(figures[key] < former[key] - TOLERANCE for key in former)
