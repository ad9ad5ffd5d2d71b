"""Putting parts of a corpus together, and taking some experiences out of one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import Analyses, ExperienceTable, SegmentTable
from portevoix.corpus.labels import concatenate, take

_MANY = ("networks", "structures", "departements", "procedures", "channels")


def merge(parts: Sequence[Analyses]) -> Analyses:
    """Return one corpus of all the parts, in order. Associative: parts of parts give the same."""
    tables = [part.experiences for part in parts]
    experiences = ExperienceTable(
        ids=tuple(chain.from_iterable(table.ids for table in tables)),
        titles=tuple(chain.from_iterable(table.titles for table in tables)),
        texts=tuple(chain.from_iterable(table.texts for table in tables)),
        days=np.concatenate([table.days for table in tables]),
        feelings=np.concatenate([table.feelings for table in tables]),
        **{name: concatenate([getattr(table, name) for table in tables]) for name in _MANY},
    )
    shifts = np.cumsum([0, *(len(table) for table in tables)])
    segments = [part.segments for part in parts]
    owners = [s.experience + int(shift) for s, shift in zip(segments, shifts, strict=False)]
    return Analyses(
        experiences,
        SegmentTable(
            experience=np.concatenate(owners).astype(np.int32),
            spans=np.concatenate([s.spans for s in segments]),
            expectation=np.concatenate([s.expectation for s in segments]),
            polarity=np.concatenate([s.polarity for s in segments]),
            suggestion=np.concatenate([s.suggestion for s in segments]),
            terms=concatenate([s.terms for s in segments]),
            topics=concatenate([s.topics for s in segments]),
        ),
        parts[0].engine,
    )


def keep(analyses: Analyses, rows: NDArray[np.int64]) -> Analyses:
    """Return the corpus of some experiences, by increasing row."""
    table, segments = analyses.experiences, analyses.segments
    if len(rows) == len(table):
        return analyses
    place = np.full(len(table), -1, dtype=np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    own = np.flatnonzero(place[segments.experience] >= 0)
    return Analyses(
        ExperienceTable(
            ids=tuple(table.ids[row] for row in rows),
            titles=tuple(table.titles[row] for row in rows),
            texts=tuple(table.texts[row] for row in rows),
            days=table.days[rows],
            feelings=table.feelings[rows],
            **{name: take(getattr(table, name), rows) for name in _MANY},
        ),
        SegmentTable(
            experience=place[segments.experience[own]],
            spans=segments.spans[own],
            expectation=segments.expectation[own],
            polarity=segments.polarity[own],
            suggestion=segments.suggestion[own],
            terms=take(segments.terms, own),
            topics=take(segments.topics, own),
        ),
        analyses.engine,
    )
