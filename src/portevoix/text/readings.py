"""What is read in one text, segment by segment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from portevoix.types import Expectation, Polarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXPECTATIONS: tuple[Expectation, ...] = tuple(Expectation)
POLARITIES: tuple[Polarity, ...] = (Polarity.FAVOURABLE, Polarity.UNFAVOURABLE, Polarity.NEUTRAL)


@dataclass(frozen=True, slots=True)
class ReadText:
    """The segments of one text and their calibrated probabilities.

    `spans` int32 (n, 2): start and end of each segment in the text given, in code points.
    `expectation` float32 (n, 17): columns in the order of `Expectation`, rows sum to 1.
    `polarity` float32 (n, 3): columns P, N, 0, rows sum to 1.
    `suggestion` float32 (n,): probability that the segment proposes an improvement.
    """

    spans: NDArray[np.int32]
    expectation: NDArray[np.float32]
    polarity: NDArray[np.float32]
    suggestion: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.spans)
