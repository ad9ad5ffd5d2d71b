"""What people corrected in notes, read again by the engine: does it still differ?

python -m portevoix.evaluation.notes [--cases FILE] [--save]

A case is a correction that a second person retained (`portevoix-site ecrire_cas`). A quote that
was picked for a theme should be read as that theme; texts behind a theme that was taken out should
not be.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np

from portevoix.evaluation.cases import Case, fallen, options, read_cases
from portevoix.protocols import ExpectationReader
from portevoix.text.expectations import ExpectationModel
from portevoix.text.readings import EXPECTATIONS, POLARITIES, ReadText
from portevoix.types import Expectation, Polarity

ROOT: Final = Path(__file__).resolve().parents[3]
CASES: Final = ROOT / "evals" / "notes"
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


def measure(cases: Sequence[Case], reader: ExpectationReader) -> Iterator[Read]:
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


def whole(case: Case) -> object:
    """What a case of a note must hold. Raises `KeyError`, `ValueError`, `TypeError`."""
    Expectation(case["expectation"])
    return case["id"], case["kind"], _POLARITY[case["side"]], list(case["texts"])


def main(arguments: Sequence[str]) -> int:
    """Print what is still read otherwise; 1 when more is than in the baseline."""
    asked = options(__doc__).parse_known_args(arguments)[0]
    cases = read_cases(asked.cases or CASES / "cases.jsonl", whole)
    done = list(measure(cases, ExpectationModel.load()))
    for one in done:
        if not one.met:
            click.echo(f"  lu autrement, cas {one.case} : « {one.text[:100]} »")
    share = sum(one.met for one in done) / len(done) if done else 1.0
    click.echo(f"{len(cases)} cas, {len(done)} textes, {share:.3f} lus comme la personne")
    if asked.cases:
        return 0
    return int(fallen({"met": round(share, 4)}, CASES / "baseline.json", save=asked.save))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
