"""Whether time grows with the text only, on any machine, slow or busy."""

from __future__ import annotations

import time
from collections.abc import Callable

# Under this nothing can be told from noise, and nobody waits.
_NOTHING = 0.2
# What no text may take, in processor time, on the slowest machine in use.
_LONGEST = 5.0


def seconds(run: Callable[[], object]) -> float:
    """The least of three measures, in processor time: what disturbs only adds."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
        if best < _NOTHING:
            break
    return best


def in_proportion(run: Callable[[int], object], size: int) -> bool:
    """Whether twice the size takes about twice the time: a square would take four times."""
    whole = seconds(lambda: run(2 * size))
    return whole < _NOTHING or (whole < _LONGEST and whole < 3 * seconds(lambda: run(size)))
