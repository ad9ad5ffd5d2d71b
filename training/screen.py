"""Makes src/portevoix/data/screen.npz and docs/reference/charte.md.

    .venv/bin/python training/screen.py

Learned from the cases of evals/screening, training/data/screening.jsonl and, as calm examples,
the demonstration experiences, training/data/siblings.csv and real Services Publics+ experiences
(Licence Ouverte 2.0).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from portevoix.evaluation.screening_texts import background, cases, meanings
from portevoix.text.screening.charter import charter_page
from portevoix.text.screening.fitting import fit
from portevoix.text.screening.model import pack

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    texts = [*cases(), *background()]
    examples = [text.example for text in texts]
    target = ROOT / "src" / "portevoix" / "data" / "screen.npz"
    np.savez_compressed(target, **pack(fit(examples, meanings(texts))))  # type: ignore[arg-type]
    (ROOT / "docs" / "reference" / "charte.md").write_text(charter_page(), "utf-8")
    print(f"{len(examples)} textes appris, {target.stat().st_size / 1e6:.1f} Mo")


if __name__ == "__main__":
    main()
