"""Weak labels: what the author declared and ticked, crossed with what the shipped model reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from portevoix.text.expectations import ExpectationModel
from portevoix.text.readings import EXPECTATIONS
from portevoix.training.labelled import NONE, Labelled
from portevoix.types import Expectation, Experience, Feeling, Tag

FEWEST: Final = 200
SURE: Final = 0.6
# How much a segment labelled so counts beside one labelled by hand.
WEIGHT: Final = 0.5
WRITTEN: Final = Path(__file__).resolve().parent.parent / "data" / "annotations" / "synthetic.csv"

# Likelihood of P, N, 0 under each declared feeling (annotated segments).
_FEELING: Final = {
    Feeling.NEGATIVE: np.array([0.10, 1.37, 0.94]),
    Feeling.NEUTRAL: np.array([0.53, 1.07, 1.18]),
    Feeling.POSITIVE: np.array([3.14, 0.28, 0.84]),
    None: np.ones(3),
}
_TAGS: Final = {
    Tag.RELATION: (Expectation.ACC, Expectation.ECO, Expectation.PRO),
    Tag.ACCESSIBILITY: (Expectation.TEL, Expectation.RDV, Expectation.ATT, Expectation.ACS),
    Tag.REACTIVITY: (Expectation.DEL, Expectation.SUI),
    Tag.INFORMATION: (Expectation.INF,),
    Tag.SIMPLICITY: (Expectation.SIM, Expectation.NUM),
}
# A ticked tag makes its codes likelier; an empty tag is not a "no".
_TICKED: Final = 2.0


def label(experiences: Sequence[Experience]) -> Labelled:
    """Return the segments whose code and polarity are sure once the declarations are known."""
    segments: list[str] = []
    rows: list[tuple[int, int, int, int]] = []
    readings = ExpectationModel.load().read([experience.text for experience in experiences])
    for number, (experience, read) in enumerate(zip(experiences, readings, strict=True)):
        codes = read.expectation * _ticked(experience)
        codes /= codes.sum(axis=1, keepdims=True)
        sides = read.polarity * _FEELING[experience.feeling]
        sides /= sides.sum(axis=1, keepdims=True)
        for row in np.flatnonzero((codes.max(axis=1) >= SURE) & (sides.max(axis=1) >= SURE)):
            start, end = read.spans[row]
            segments.append(experience.text[start:end])
            suggests = int(read.suggestion[row] >= 0.5)
            rows.append((number, int(codes[row].argmax()), int(sides[row].argmax()), suggests))
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Labelled(
        tuple(segments),
        table[:, 0],
        np.array([f"weak {number}" for number in table[:, 0]], dtype=np.str_),
        table[:, 1],
        np.full(len(table), NONE),
        table[:, 2],
        table[:, 3],
        np.full(len(table), WEIGHT, dtype=np.float32),
    )


def _ticked(experience: Experience) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    weight = np.ones(len(EXPECTATIONS))
    for tag in experience.tags:
        weight[[EXPECTATIONS.index(code) for code in _TAGS[tag]]] = _TICKED
    return weight
