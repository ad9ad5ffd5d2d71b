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
from sklearn.metrics import accuracy_score, f1_score

from portevoix.text.expectations import SUGGESTS, ExpectationModel
from portevoix.training.expectations import folds, read_labelled, train

ROOT: Final = Path(__file__).resolve().parents[3]
BASELINE: Final = ROOT / "evals" / "expectations" / "baseline.json"
FOLDER: Final = ROOT.parent / "shared" / "annotations"
TOLERANCE: Final = 0.01


def evaluate(folder: Path) -> dict[str, float]:
    """Return macro-F1 of code, polarity, suggestion, accuracy of the code, and cases."""
    real, extra = read_labelled(folder / "segments.csv"), read_labelled(folder / "synthetic.csv")
    scores = np.zeros((len(real.segments), 22), dtype=np.float32)
    chosen = np.zeros(len(real.segments), dtype=np.int64)
    for kept, aside in folds(real):
        model = ExpectationModel(train(real.take(kept), extra))
        held_out = real.take(aside)
        scores[aside] = model.score(held_out.segments, held_out.lengths)
        chosen[aside] = model.choose(scores[aside, :17])
    polarities = scores[:, 17:20].argmax(axis=1)
    suggestions = scores[:, 21] >= SUGGESTS
    return {
        "code macro-F1": float(f1_score(real.codes, chosen, average="macro")),
        "code accuracy": float(accuracy_score(real.codes, chosen)),
        "polarity macro-F1": float(f1_score(real.polarities, polarities, average="macro")),
        "suggestion macro-F1": float(f1_score(real.suggestions, suggestions, average="macro")),
        "segments": float(len(real.segments)),
    }


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
        fallen |= before is not None and value < before - TOLERANCE
        click.echo(f"{name:<22}{value:>9.3f}   référence {before or '–'}")
    return int(fallen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
