"""Make src/portevoix/data/expectations.npz from the annotated segments.

python training/expectations.py ../shared/annotations
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

from portevoix.text.expectations import WEIGHTS
from portevoix.text.readings import EXPECTATIONS, POLARITIES
from portevoix.training.expectations import Labelled, train


def read_labelled(path: Path) -> Labelled:
    """Read a CSV of segments with expectation, polarity and suggestion."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = {name: n for n, name in enumerate(dict.fromkeys(r.get("experience", "") for r in rows))}
    return Labelled(
        tuple(row["text"] for row in rows),
        np.array([names[row.get("experience", "")] for row in rows]),
        np.array([EXPECTATIONS.index(row["expectation"]) for row in rows]),
        np.array([POLARITIES.index(row["polarity"]) for row in rows]),
        np.array([int(row["suggestion"]) for row in rows]),
    )


def main(folder: Path) -> None:
    weights = train(read_labelled(folder / "segments.csv"), read_labelled(folder / "synthetic.csv"))
    weights.save(WEIGHTS)
    print(f"{len(weights.features)} traits, {WEIGHTS.stat().st_size / 1e6:.1f} Mo : {WEIGHTS}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
