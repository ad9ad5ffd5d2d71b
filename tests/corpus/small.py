"""A small corpus made by hand: one line an experience, read without any trained weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from portevoix.corpus import terms, topics
from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses, ExperienceTable, Labels, SegmentTable
from portevoix.text.readings import EXPECTATIONS
from portevoix.types import Expectation


@dataclass(frozen=True)
class Told:
    """One experience of one segment. `feeling` 0, 1, 2 or -1; `day` None when unknown."""

    text: str
    day: date | None = date(2025, 1, 1)
    feeling: int = 0
    structure: str = ""
    departement: str = ""
    procedure: str = ""
    expectation: Expectation = Expectation.DEL


def labels(rows: Sequence[Sequence[str]]) -> Labels:
    values = tuple(sorted({value for row in rows for value in row}))
    codes = [values.index(value) for row in rows for value in dict.fromkeys(row)]
    offsets = np.cumsum([0, *(len(dict.fromkeys(row)) for row in rows)])
    return Labels(values, offsets.astype(np.int32), np.array(codes, np.int32))


def corpus(told: Sequence[Told]) -> Analyses:
    days = [UNKNOWN_DAY if t.day is None else (t.day - date(1970, 1, 1)).days for t in told]
    experiences = ExperienceTable(
        ids=tuple(f"e{i}" for i in range(len(told))),
        titles=("",) * len(told),
        texts=tuple(t.text for t in told),
        days=np.array(days, np.int32),
        feelings=np.array([t.feeling for t in told], np.int8),
        networks=labels([["Réseau"] for _ in told]),
        structures=labels([[t.structure] if t.structure else [] for t in told]),
        departements=labels([[t.departement] if t.departement else [] for t in told]),
        procedures=labels([[t.procedure] if t.procedure else [] for t in told]),
        channels=labels([[] for _ in told]),
    )
    return Analyses(experiences, _segments(told), "test")


def _segments(told: Sequence[Told]) -> SegmentTable:
    expectation = np.full((len(told), len(EXPECTATIONS)), 0.01, np.float32)
    polarity = np.full((len(told), 3), 0.05, np.float32)
    for row, one in enumerate(told):
        expectation[row, EXPECTATIONS.index(one.expectation)] = 0.84
        polarity[row, {2: 0, 0: 1}.get(one.feeling, 2)] = 0.9
    return SegmentTable(
        experience=np.arange(len(told), dtype=np.int32),
        spans=np.array([(0, len(t.text)) for t in told], np.int32).reshape(-1, 2),
        expectation=expectation,
        polarity=polarity,
        suggestion=np.zeros(len(told), np.float32),
        terms=labels([list(found) for found in terms.extract([t.text for t in told])]),
        topics=labels([list(f) for f in topics.load_taxonomy().extract(t.text for t in told)]),
    )
