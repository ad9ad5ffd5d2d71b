"""What people corrected in notes, read again by the engine: does it still differ?

python -m portevoix.evaluation.notes [--cases FILE] [--save]

A case is a correction that a second person retained (`portevoix-site ecrire_cas`). A quote that
was picked for a theme should be read as that theme; texts behind a theme that was taken out should
not be.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click
import numpy as np

from portevoix.errors import UnreadableFileError
from portevoix.protocols import ExpectationReader
from portevoix.text.expectations import ExpectationModel
from portevoix.text.readings import EXPECTATIONS, POLARITIES, ReadText
from portevoix.types import Expectation, Polarity

ROOT: Final = Path(__file__).resolve().parents[3]
CASES: Final = ROOT / "evals" / "notes"
TOLERANCE: Final = 0.001
QUOTE: Final = "quote"
# A segment is read as a theme when it is its likeliest expectation, said so at least this surely.
_SAID: Final = 0.5
_POLARITY: Final = {"strengths": Polarity.FAVOURABLE, "pain_points": Polarity.UNFAVOURABLE}


@dataclass(frozen=True, slots=True)
class Read:
    """One text of a case, and whether the engine now reads it as the person does."""

    case: str
    text: str
    met: bool


def measure(cases: Sequence[dict[str, Any]], reader: ExpectationReader) -> Iterator[Read]:
    """Read every text of every case again."""
    for case in cases:
        column = EXPECTATIONS.index(Expectation(case["expectation"]))
        tone = POLARITIES.index(_POLARITY[case["side"]])
        for text, found in zip(case["texts"], reader.read(case["texts"]), strict=True):
            seen = _seen(found, column, tone)
            yield Read(str(case["id"]), text, seen if case["kind"] == QUOTE else not seen)


def _seen(found: ReadText, column: int, tone: int) -> bool:
    """Whether a segment is about an expectation, and in this tone."""
    if not len(found):
        return False
    about = found.expectation.argmax(axis=1) == column
    return bool(np.any(about & (found.polarity[:, tone] >= _SAID)))


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Read cases, one a line. Raises `UnreadableFileError` with the line that is not one."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            case = json.loads(line)
            Expectation(case["expectation"])
            _ = case["id"], case["kind"], _POLARITY[case["side"]], list(case["texts"])
        except (ValueError, KeyError, TypeError):
            message = f"{path.name}, ligne {number} : attendu un cas écrit par « ecrire_cas »."
            raise UnreadableFileError(message) from None
        found.append(case)
    return found


def main(arguments: Sequence[str]) -> int:
    """Print what is still read otherwise; 1 when more is than in the baseline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--save", action="store_true")
    asked = parser.parse_known_args(arguments)[0]
    cases = read_cases(asked.cases or CASES / "cases.jsonl")
    done = list(measure(cases, ExpectationModel.load()))
    for one in done:
        if not one.met:
            click.echo(f"  lu autrement, cas {one.case} : « {one.text[:100]} »")
    share = sum(one.met for one in done) / len(done) if done else 1.0
    click.echo(f"{len(cases)} cas, {len(done)} textes, {share:.3f} lus comme la personne")
    if asked.cases:
        return 0
    baseline = CASES / "baseline.json"
    if asked.save:
        baseline.write_text(json.dumps({"met": round(share, 4)}, indent=1) + "\n", "utf-8")
    return int(share < json.loads(baseline.read_text("utf-8"))["met"] - TOLERANCE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
