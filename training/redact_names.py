"""Trains the weights of names: marked texts of this project, and identities put into real texts.

    python training/redact_names.py [../shared]

Real experiences hold no name (they were moderated): they teach what is not one, and where invented
identities are put into them, what is. None of their sentences is kept in the weights. The cases of
`evals/redaction/aside.jsonl` are never learned from.
"""

from __future__ import annotations

import sys
from pathlib import Path

from portevoix.evaluation.redaction import ROOT, SHARED, learned_from
from portevoix.training.marks import read_marked
from portevoix.training.names import examples, fit, frames, real_texts, save


def main(shared: Path) -> None:
    marked = [text for path in learned_from() for _, text in read_marked(path)]
    weights = fit(examples(marked, real_texts(shared), frames(ROOT)))
    out = ROOT / "src" / "portevoix" / "data" / "redact" / "names.json.gz"
    save(weights, out)
    print(len(weights.first), len(weights.second), out, out.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
