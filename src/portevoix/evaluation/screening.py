"""Screening measured on cases kept aside: macro-F1, confusion table, urgencies.

    python -m portevoix.evaluation.screening [--save]

The weights are learned again without the cases measured, five times (folds by position), then
once on the first of each two cases alone (those the rules were written on) and measured on the
others: the rules never saw these, though thresholds were chosen with both scores in view.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from portevoix.text.screen import Screener, Screening, Urgency, Verdict
from portevoix.text.screening import fitting
from portevoix.text.screening.fitting import Example

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "evals" / "screening"
SYNTHETIC = ROOT / "training" / "data" / "screening.jsonl"
SHARED = Path(os.environ.get("PORTEVOIX_SHARED", ROOT.parent / "shared"))
FOLDS = 5
TOLERANCE = 0.01
_PIECE = 300


def read_lines(path: Path) -> list[dict[str, str]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def cases() -> list[Example]:
    """The cases of `evals/screening`, in their order."""
    return [
        Example(c["text"], c["moderation"], c["urgency"]) for c in read_lines(CASES / "cases.jsonl")
    ]


def background() -> list[Example]:
    """What is learned besides the cases: written examples, demonstration, real experiences."""
    written = read_lines(SYNTHETIC) if SYNTHETIC.is_file() else []
    examples = [Example(c["text"], c["moderation"], c["urgency"]) for c in written]
    return examples + demonstration() + real_experiences()


def demonstration() -> list[Example]:
    """The demonstration experiences; verdicts only where their labels follow the same guide."""
    path = SHARED / "demo" / "experiences.jsonl"
    examples = []
    for item in read_lines(path) if path.is_file() else []:
        verdict = item["moderation"] if item["moderation"] in {"publiable", "insulte"} else ""
        calm = verdict == "publiable" and item["urgency"] == "aucune"
        text = _unmark(item["text"])
        examples.append(Example(text, verdict, item["urgency"], 0.2 if calm else 1.0))
    return examples


def _unmark(text: str) -> str:
    parts = text.split("[[")
    rest = [p.partition(":")[2].replace("]]", "", 1) if "]]" in p else p for p in parts[1:]]
    return "".join([parts[0], *rest])


def real_experiences() -> list[Example]:
    """Real experiences, all published: whole and in pieces, as calm negatives."""
    examples = []
    for text in real_texts():
        examples.append(Example(text, "publiable", "aucune", 0.2))
        if len(text) > 2 * _PIECE:
            middle = text[_PIECE : 2 * _PIECE]
            examples.append(Example(middle, "publiable", "aucune", 0.1))
    return examples


def real_texts() -> list[str]:
    """The texts of the shared official file; none where it is absent."""
    path = SHARED / "data" / "spplus" / "experiences.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["Description"] for row in csv.DictReader(file) if row["Description"]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Measured on `n` cases: (expected, proposed) counts for both judgements."""

    verdicts: Counter[tuple[str, str]]
    urgencies: Counter[tuple[str, str]]

    @property
    def n(self) -> int:
        return self.verdicts.total()

    def figures(self) -> dict[str, float]:
        """The figures that the baseline keeps, as shares from 0 to 1."""
        names = [str(v) for v in Verdict]
        stopped = sum(n for (w, g), n in self.verdicts.items() if w == "publiable" != g)
        publishable = sum(n for (w, _), n in self.verdicts.items() if w == "publiable")
        acute = {"detresse", "danger"}
        found = sum(n for (w, g), n in self.urgencies.items() if w in acute and g in acute)
        real = sum(n for (w, _), n in self.urgencies.items() if w in acute)
        said = sum(n for (_, g), n in self.urgencies.items() if g in acute)
        return {
            "verdict macro-F1": float(np.mean([_f1(self.verdicts, v) for v in names])),
            **{f"F1 {v}": _f1(self.verdicts, v) for v in names},
            "publiable stopped": stopped / max(1, publishable),
            "detresse+danger recall": found / max(1, real),
            "detresse+danger precision": found / max(1, said),
            **{f"F1 {u}": _f1(self.urgencies, str(u)) for u in Urgency},
        }


def _f1(counts: Counter[tuple[str, str]], label: str) -> float:
    right = counts[label, label]
    wanted = sum(n for (w, _), n in counts.items() if w == label)
    given = sum(n for (_, g), n in counts.items() if g == label)
    return 2 * right / (wanted + given) if wanted + given else 1.0


def measure(examples: Sequence[Example], screenings: Sequence[Screening]) -> Outcome:
    """Count expected against proposed."""
    pairs = list(zip(examples, screenings, strict=True))
    return Outcome(
        Counter((e.verdict, str(s.likely)) for e, s in pairs),
        Counter((e.urgency, str(s.urgency)) for e, s in pairs),
    )


class Bench:
    """The cases and their background, read once; learned again for each part kept aside."""

    def __init__(self) -> None:
        self.cases = cases()
        self.everything = [*self.cases, *background()]
        self.features = fitting.table([e.text for e in self.everything])

    def without(self, aside: set[int]) -> list[Screening]:
        """The proposals for the cases kept aside, in order."""
        kept = np.array([i for i in range(len(self.everything)) if i not in aside])
        weights = fitting.fit([self.everything[i] for i in kept], self.features.rows(kept))
        screener = Screener(weights)
        return [screener.screen(self.cases[i].text) for i in sorted(aside)]

    def cross_validated(self) -> Outcome:
        """Every case judged by weights that did not see it."""
        examples: list[Example] = []
        screenings: list[Screening] = []
        for fold in range(FOLDS):
            aside = set(range(fold, len(self.cases), FOLDS))
            screenings += self.without(aside)
            examples += [self.cases[i] for i in sorted(aside)]
        return measure(examples, screenings)

    def other_half(self) -> Outcome:
        """The cases that neither the rules nor the weights saw."""
        aside = set(range(1, len(self.cases), 2))
        return measure([self.cases[i] for i in sorted(aside)], self.without(aside))


def table(counts: Counter[tuple[str, str]], labels: Sequence[str]) -> str:
    """The confusion table: expected in rows, proposed in columns."""
    lines = [f"{'attendu, proposé':<20}" + "".join(f"{x[:11]:>12}" for x in labels)]
    lines += [f"{w:<20}" + "".join(f"{counts[w, g]:>12}" for g in labels) for w in labels]
    return "\n".join(lines)


def report(name: str, outcome: Outcome) -> str:
    """The figures and both tables of a measure."""
    lines = [f"{name} : {outcome.n} cas"]
    lines += [f"  {key:<28}{value:.3f}" for key, value in outcome.figures().items()]
    lines += ["", table(outcome.verdicts, [str(v) for v in Verdict])]
    return "\n".join([*lines, "", table(outcome.urgencies, [str(u) for u in Urgency]), ""])


def compare(figures: dict[str, float], baseline: dict[str, float]) -> list[str]:
    """The figures that moved by more than a hundredth, one a line."""
    return [
        f"{name} : {baseline[name]:.3f} → {value:.3f}"
        for name, value in figures.items()
        if name in baseline and abs(value - baseline[name]) > TOLERANCE
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the scores; 1 when macro-F1 or recall of urgencies fell below the baseline."""
    bench = Bench()
    outcomes = {
        "validation croisée": bench.cross_validated(),
        "moitié jamais vue": bench.other_half(),
    }
    for name, outcome in outcomes.items():
        click.echo(report(name, outcome))
    figures = {f"{n} · {k}": v for n, o in outcomes.items() for k, v in o.figures().items()}
    path = CASES / "baseline.json"
    if "--save" in arguments:
        rounded = {key: round(value, 4) for key, value in figures.items()}
        path.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return 0
    baseline = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    click.echo("\n".join(["écarts avec la référence :", *compare(figures, baseline)]))
    watched = [k for k in baseline if k.endswith(("macro-F1", "danger recall"))]
    return int(any(figures[k] < baseline[k] - TOLERANCE for k in watched))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
