"""Screening measured on cases kept aside: macro-F1, confusion table, urgencies.

    python -m portevoix.evaluation.screening [--save]

The weights are learned again without the cases measured, five times (folds by position), then
once on the first of each two cases alone (those the rules were written on) and measured on the
others: the rules never saw these, though thresholds were chosen with both scores in view.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import click
import numpy as np

from portevoix.evaluation.screening_texts import CASES, background, cases, meanings
from portevoix.text.screen import Screener, Screening, Urgency, Verdict
from portevoix.text.screening import fitting
from portevoix.text.screening.fitting import Example

FOLDS: Final = 5
TOLERANCE: Final = 0.01
# What is measured by cross-validation, by the kind of the texts.
MEASURES: Final = {
    "tous les cas": ("cases", "implicit", "varied"),
    "cas écrits": ("cases",),
    "sous-entendus et sosies": ("implicit",),
    "voilés, hors sujet et sosies": ("varied",),
    "démonstration": ("demo",),
    "expériences réelles": ("real",),
}
# What is measured on the half of each file that neither the rules nor the weights saw.
UNSEEN: Final = {
    "moitié jamais vue": ("cases", "implicit", "varied"),
    "moitié jamais vue, cas et sous-entendus": ("cases", "implicit"),
    "moitié jamais vue, voilés et hors sujet": ("varied",),
}


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
        names = [str(v) for v in Verdict if any(w == v for w, _ in self.verdicts)]
        stopped = sum(n for (w, g), n in self.verdicts.items() if w == "publiable" != g)
        publishable = sum(n for (w, _), n in self.verdicts.items() if w == "publiable")
        calm = sum(n for (w, _), n in self.urgencies.items() if w == "aucune")
        alarms = sum(n for (w, g), n in self.urgencies.items() if w == "aucune" != g)
        acute = {"detresse", "danger"}
        found = sum(n for (w, g), n in self.urgencies.items() if w in acute and g in acute)
        real = sum(n for (w, _), n in self.urgencies.items() if w in acute)
        said = sum(n for (_, g), n in self.urgencies.items() if g in acute)
        return {
            "verdict macro-F1": float(np.mean([_f1(self.verdicts, v) for v in names])),
            **{f"F1 {v}": _f1(self.verdicts, v) for v in names},
            "publiable stopped": stopped / max(1, publishable),
            "alarm on calm": alarms / max(1, calm),
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
    """The texts read once; weights learned again for each part kept aside."""

    def __init__(self) -> None:
        self.cases = cases()
        self.texts = [*self.cases, *background()]
        self.meanings = meanings(self.texts)
        self.features = fitting.table([t.example.text for t in self.texts], self.meanings)

    def without(self, aside: set[int]) -> Screener:
        """A screener that saw none of the texts kept aside."""
        kept = np.array([i for i in range(len(self.texts)) if i not in aside])
        examples = [self.texts[i].example for i in kept]
        return Screener(fitting.fit(examples, self.meanings, self.features.rows(kept)))

    def cross_validated(self) -> dict[str, Outcome]:
        """Every text judged by weights that saw nothing of the same source."""
        said: dict[int, Screening] = {}
        for part in range(FOLDS):
            aside = {i for i, t in enumerate(self.texts) if t.measured and t.fold(FOLDS) == part}
            screener = self.without(aside)
            told = [i for i in sorted(aside) if self.texts[i].kind]
            said |= {i: screener.screen(self.texts[i].example.text) for i in told}
        return {name: self._outcome(said, kinds) for name, kinds in MEASURES.items()}

    def _outcome(self, said: dict[int, Screening], kinds: tuple[str, ...]) -> Outcome:
        rows = [i for i in said if self.texts[i].kind in kinds]
        return measure([self.texts[i].example for i in rows], [said[i] for i in rows])

    def other_half(self) -> dict[str, Outcome]:
        """The cases that neither the rules nor the weights saw: each second of a file."""
        aside = [i for i, text in enumerate(self.cases) if text.unread]
        screener = self.without(set(aside))
        said = {i: screener.screen(self.cases[i].example.text) for i in aside}
        return {name: self._outcome(said, kinds) for name, kinds in UNSEEN.items()}


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
    outcomes = {**bench.cross_validated(), **bench.other_half()}
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
