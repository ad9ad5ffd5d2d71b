"""What is known of words before any label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoder:
    """`words` name the rows of `meanings` (v + 1, d), row 0 for a word unknown.

    `runs` (d, 3c) and `runs_bias` (c,) say what three words in a row mean together; `traits`
    (2c, e) and `traits_bias` (e,) what the runs of a segment say of it.
    """

    words: tuple[str, ...]
    meanings: Floats
    runs: Floats
    runs_bias: Floats
    traits: Floats
    traits_bias: Floats
