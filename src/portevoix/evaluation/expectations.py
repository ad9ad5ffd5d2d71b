"""Cross-validated scores of the reading of expectations, on whole experiences kept aside.

    python -m portevoix.evaluation.expectations [FOLDER] [--save]

FOLDER holds `segments.csv` and `synthetic.csv` (see evals/expectations/README.md).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, f1_score

from portevoix.text.expectations import SUGGESTS, ExpectationModel
from portevoix.training.expectations import folds, read_encoder, train
from portevoix.training.labelled import Labelled, join, read_labelled
from portevoix.training.sources import ENCODER, read_written

ROOT: Final = Path(__file__).resolve().parents[3]
BASELINE: Final = ROOT / "evals" / "expectations" / "baseline.json"
FOLDER: Final = ROOT.parent / "shared" / "annotations"
TOLERANCE: Final = 0.01

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def evaluate(folder: Path) -> dict[str, float]:
    """Return macro-F1 of code, polarity, suggestion, accuracy of the code, and cases."""
    real = read_labelled(folder / "segments.csv")
    scores, chosen = cross_validated(folder, real)
    polarities = scores[:, 17:20].argmax(axis=1)
    suggestions = scores[:, 21] >= SUGGESTS
    return {
        "code macro-F1": float(f1_score(real.codes, chosen, average="macro")),
        "code accuracy": float(accuracy_score(real.codes, chosen)),
        "polarity macro-F1": float(f1_score(real.polarities, polarities, average="macro")),
        "suggestion macro-F1": float(f1_score(real.suggestions, suggestions, average="macro")),
        "code calibration error": calibration_error(scores[:, :17], real.codes),
        "polarity calibration error": calibration_error(scores[:, 17:20], real.polarities),
        "segments": float(len(real.segments)),
    }


def cross_validated(folder: Path, real: Labelled) -> tuple[Floats, Ints]:
    """Return the probabilities (n, 22) and the codes of segments that the model has not met.

    What was written after an experience kept aside is kept aside with it.
    """
    written, encoder = join(read_written(folder)), read_encoder(ENCODER)
    scores = np.zeros((len(real.segments), 22), dtype=np.float32)
    chosen = np.zeros(len(real.segments), dtype=np.int64)
    for kept, aside in folds(real):
        held_out, known = real.take(aside), real.take(kept)
        data = join([known, written.without(held_out.sources.tolist())])
        model = ExpectationModel(train(data, encoder, known))
        scores[aside] = model.score(held_out.segments, held_out.lengths)
        chosen[aside] = model.choose(scores[aside, :17])
    return scores, chosen


def calibration_error(probabilities: Floats, labels: Ints, bins: int = 10) -> float:
    """Return how far, on average, the highest probability is from the share that is right."""
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bin_of = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(float((sure - right)[bin_of == b].sum())) for b in range(bins)]
    return sum(gaps) / len(labels)


def main(arguments: list[str]) -> int:
    """Print the scores beside the baseline; 1 when one has fallen."""
    folder = Path(next((a for a in arguments if not a.startswith("-")), str(FOLDER)))
    if not (folder / "segments.csv").is_file():
        click.echo(f"Segments annotés absents ({folder}) : rien n'est mesuré.")
        return 0
    scores = evaluate(folder)
    if "--save" in arguments:
        BASELINE.write_text(json.dumps(scores, indent=2, ensure_ascii=False) + "\n", "utf-8")
    known = json.loads(BASELINE.read_text("utf-8")) if BASELINE.is_file() else {}
    fallen = False
    for name, value in scores.items():
        before = known.get(name)
        worse = before - value if before is not None else 0.0
        fallen |= (-worse if "error" in name else worse) > TOLERANCE
        click.echo(f"{name:<28}{value:>9.3f}   référence {before or '–'}")
    return int(fallen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
