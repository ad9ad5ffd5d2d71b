"""Recall, precision and F2 of redaction by kind, leaks by document, traps altered.

    python -m portevoix.evaluation.redaction [--shipped | --aside] [CASES…] [--save]

A case is a text with marks `[[KIND:value]]`. A marked element counts as hidden when every letter
and digit of it is hidden, whatever the kind given; a finding is right when it touches a mark.

The weights of names are learned again without the cases measured, three times (folds by position).
`--shipped` measures the shipped weights instead, quickly; `--aside` measures them on the cases
that nothing learns from, those whose errors were read apart from the others.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import click

from portevoix.text.redact import find
from portevoix.training.marks import Case, read_cases, read_marked, read_marks
from portevoix.types import PersonalData

FIXED = ("NIR", "PHONE", "EMAIL", "IBAN", "CARD", "PLATE", "ID_DOC", "FILE", "BIRTHDATE", "ACCOUNT")
ROOT: Final = Path(__file__).resolve().parents[3]
CASES: Final = ROOT / "evals" / "redaction"
ASIDE: Final = CASES / "aside.jsonl"
# Never learned from. Errors were read on the odd lines of these files, on none of the even ones.
FRESH: Final = CASES / "fresh.jsonl"
THIRD: Final = CASES / "third.jsonl"
KEPT: Final = (ASIDE, FRESH, THIRD)
SHARED: Final = Path(os.environ.get("PORTEVOIX_SHARED", ROOT.parent / "shared"))
FOLDS: Final = 3

Finder = Callable[[str], Sequence[PersonalData]]


@dataclass(slots=True)
class Scores:
    """Counts of elements by kind and of documents."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    marked: int = 0
    leaking: int = 0
    traps: int = 0
    altered: int = 0

    def add(self, case: Case, findings: Sequence[PersonalData]) -> None:
        missed = [m for m in case.marks if not _hidden(case.text, m, findings)]
        self.missed.update(kind for _, _, kind in missed)
        self.found.update(kind for _, _, kind in case.marks)
        self.found.subtract(kind for _, _, kind in missed)
        for finding in findings:
            kinds = [k for s, e, k in case.marks if s < finding.end and finding.start < e]
            (self.right if kinds else self.wrong)[str(finding.kind)] += 1
        if case.marks:
            self.marked += 1
            self.leaking += bool(missed)
        else:
            self.traps += 1
            self.altered += bool(findings)

    def recall(self, kinds: Iterable[str]) -> float:
        kinds = list(kinds)
        return _share(sum(self.found[k] for k in kinds), sum(self.missed[k] for k in kinds))

    def precision(self, kinds: Iterable[str]) -> float:
        kinds = list(kinds)
        return _share(sum(self.right[k] for k in kinds), sum(self.wrong[k] for k in kinds))

    @property
    def kinds(self) -> list[str]:
        return sorted(set(self.found) | set(self.missed) | set(self.wrong))

    def summary(self) -> dict[str, float]:
        """The figures that the baseline keeps, as shares from 0 to 1."""
        kinds = self.kinds
        figures = {f"recall {kind}": self.recall([kind]) for kind in kinds}
        return figures | {
            "recall fixed shapes": self.recall(FIXED),
            "recall": self.recall(kinds),
            "precision": self.precision(kinds),
            "leaking documents": self.leaking / max(1, self.marked),
            "altered traps": self.altered / max(1, self.traps),
        }


def _share(good: int, bad: int) -> float:
    return good / (good + bad) if good + bad else 1.0


def f2(recall: float, precision: float) -> float:
    """Recall counts four times precision: a leak is worse than a word too many."""
    total = 4 * precision + recall
    return 5 * precision * recall / total if total else 0.0


def _hidden(text: str, mark: tuple[int, int, str], findings: Sequence[PersonalData]) -> bool:
    start, end, _ = mark
    covered = {p for f in findings for p in range(max(start, f.start), min(end, f.end))}
    return all(p in covered or not text[p].isalnum() for p in range(start, end))


def measure(cases: Iterable[Case], finder: Finder = find) -> Scores:
    """The scores of `finder` on `cases`."""
    scores = Scores()
    for case in cases:
        scores.add(case, finder(case.text))
    return scores


def report(scores: Scores) -> str:
    """The table, one kind a line, with the number of elements."""
    lines = [f"{'genre':<12}{'cas':>6}{'rappel':>9}{'précision':>11}{'F2':>8}"]
    for kind in scores.kinds:
        recall, precision = scores.recall([kind]), scores.precision([kind])
        cases = scores.found[kind] + scores.missed[kind]
        lines.append(
            f"{kind:<12}{cases:>6}{recall:>9.3f}{precision:>11.3f}{f2(recall, precision):>8.3f}"
        )
    kinds = scores.kinds
    lines += [
        f"formes fixes : rappel {scores.recall(FIXED):.3f}",
        f"tous : rappel {scores.recall(kinds):.3f}, précision {scores.precision(kinds):.3f}",
        f"textes qui laissent passer quelque chose : {scores.leaking} sur {scores.marked}",
        f"textes sans donnée modifiés : {scores.altered} sur {scores.traps}",
    ]
    return "\n".join(lines)


def compare(figures: dict[str, float], baseline: dict[str, float]) -> list[str]:
    """The differences from the baseline of more than a hundredth, one a line."""
    return [
        f"{name} : {baseline[name]:.3f} → {value:.3f}"
        for name, value in figures.items()
        if name in baseline and abs(value - baseline[name]) > 0.01
    ]


def learned_from() -> list[Path]:
    """The files of cases that rules and weights were written on."""
    return [path for path in sorted(CASES.glob("*.jsonl")) if path not in KEPT]


def by_folds(files: Sequence[Path]) -> Scores:
    """The scores on every case, each read with weights that never saw it."""
    from portevoix.training import names  # noqa: PLC0415 (an optional extra)

    marked = [pair for path in files for pair in read_marked(path)]
    real = names.real_texts(SHARED)
    scores = Scores()
    for fold in range(FOLDS):
        known = [text for rank, (_, text) in enumerate(marked) if rank % FOLDS != fold]
        weights = names.fit(names.examples(known, real, names.frames(ROOT)))
        for identifier, text in marked[fold::FOLDS]:
            case = read_marks(identifier, text)
            scores.add(case, find(case.text, weights))
    return scores


def main(arguments: Sequence[str]) -> None:
    """Measures every case file given, or those of `evals/redaction`."""
    files = [Path(a) for a in arguments if not a.startswith("-")]
    if "--aside" in arguments:
        for path in KEPT:
            cases = read_cases(path)
            for name, part in (("lignes impaires", cases[::2]), ("lignes paires", cases[1::2])):
                click.echo(f"\n{path.name}, {name} : {len(part)} textes")
                click.echo(report(measure(part)))
        return
    if "--shipped" in arguments or files:
        click.echo(report(measure(c for path in files or learned_from() for c in read_cases(path))))
        return
    scores = by_folds(learned_from())
    click.echo(report(scores))
    path = CASES / "baseline.json"
    if "--save" in arguments:
        path.write_text(json.dumps(scores.summary(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    elif path.is_file():
        changes = compare(scores.summary(), json.loads(path.read_text("utf-8")))
        click.echo("\n".join(["", "écarts avec la référence :", *changes]) if changes else "")


if __name__ == "__main__":
    main(sys.argv[1:])
