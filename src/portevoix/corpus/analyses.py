"""Per-text analyses of a corpus, by columns: what the map produces and every finding reads.

Nothing here is computed: these are the shapes. All positions are code points of the *redacted*
text of the experience, which is the only text an `Analyses` holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNKNOWN_DAY = np.iinfo(np.int32).min


@dataclass(frozen=True, slots=True)
class Labels:
    """Zero, one or several labels per row (CSR).

    `values` the distinct labels, sorted; `offsets` int32 (rows + 1); `codes` int32 (total): the
    labels of row i are `values[c] for c in codes[offsets[i]:offsets[i + 1]]`, without repetition.
    """

    values: tuple[str, ...]
    offsets: NDArray[np.int32]
    codes: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def of(self, row: int) -> tuple[str, ...]:
        return tuple(self.values[c] for c in self.codes[self.offsets[row] : self.offsets[row + 1]])


@dataclass(frozen=True, slots=True)
class ExperienceTable:
    """One row an experience, in the order of the input.

    `days` int32: days since 1970-01-01, `UNKNOWN_DAY` when unknown. `feelings` int8: 0 negative,
    1 neutral, 2 positive, -1 not declared.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    days: NDArray[np.int32]
    feelings: NDArray[np.int8]
    networks: Labels
    structures: Labels
    departements: Labels
    procedures: Labels
    channels: Labels

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class SegmentTable:
    """One row a segment, grouped by experience in order.

    `experience` int32: row in the experience table. `spans` int32 (m, 2). `expectation` float32
    (m, 17), `polarity` float32 (m, 3: P, N, 0), `suggestion` float32 (m,): probabilities as in
    `portevoix.text.readings.ReadText`. `terms`: the candidate named things and phrases of each
    segment, as normalised keys (stems joined by a space), from which subjects are found.
    `topics`: the codes of the precise sub-subjects whose words it has (`portevoix.corpus.topics`).
    """

    experience: NDArray[np.int32]
    spans: NDArray[np.int32]
    expectation: NDArray[np.float32]
    polarity: NDArray[np.float32]
    suggestion: NDArray[np.float32]
    terms: Labels
    topics: Labels

    def __len__(self) -> int:
        return len(self.experience)


@dataclass(frozen=True, slots=True, eq=False)
class Analyses:
    """A corpus read: experiences, their segments, and the version of the engine that read them.

    Compared by identity, so that what is computed of a corpus can be remembered with it.
    """

    experiences: ExperienceTable
    segments: SegmentTable
    engine: str
