"""Make src/portevoix/data/expectations.npz from the annotated segments.

python training/expectations.py ../shared/annotations
"""

from __future__ import annotations

import sys
from pathlib import Path

from portevoix.text.expectations import WEIGHTS
from portevoix.training.expectations import read_labelled, train


def main(folder: Path) -> None:
    weights = train(read_labelled(folder / "segments.csv"), read_labelled(folder / "synthetic.csv"))
    weights.save(WEIGHTS)
    print(f"{len(weights.features)} traits, {WEIGHTS.stat().st_size / 1e6:.1f} Mo : {WEIGHTS}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
