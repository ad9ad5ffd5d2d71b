"""Where the texts written for training lie in the repository, and how much each counts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from portevoix.training.labelled import Labelled, read_labelled

_DATA: Final = Path(__file__).resolve().parents[3] / "training" / "data"
ENCODER: Final = _DATA / "word_meanings.npz"
SIBLINGS: Final = _DATA / "siblings.csv"
# Beside a real segment, which counts one.
_SIBLING, _ALONE = 0.7, 0.5


def read_written(folder: Path) -> list[Labelled]:
    """Return experiences written after real ones, and the lone segments of `folder`."""
    return [
        read_labelled(SIBLINGS, _SIBLING),
        read_labelled(folder / "synthetic.csv", _ALONE),
    ]
