"""Make src/portevoix/data/expectations.npz from the labelled segments.

python training/expectations.py ../shared/annotations
"""

from __future__ import annotations

import sys
from pathlib import Path

from portevoix.text.weights import WEIGHTS
from portevoix.training.expectations import read_encoder, train
from portevoix.training.labelled import join, read_labelled
from portevoix.training.sources import ENCODER, read_written


def main(folder: Path) -> None:
    real = read_labelled(folder / "segments.csv")
    weights = train(join([real, *read_written(folder)]), read_encoder(ENCODER), real)
    weights.save(WEIGHTS)
    print(f"{len(weights.features)} traits, {WEIGHTS.stat().st_size / 1e6:.1f} Mo : {WEIGHTS}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
