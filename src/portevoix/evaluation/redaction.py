"""Recall, precision and F2 of redaction by kind, leaks by document, traps altered.

    python -m portevoix.evaluation.redaction [CASES…] [--save]

A case is a text with marks `[[KIND:value]]`. A marked element counts as hidden when every letter
and digit of it is hidden, whatever the kind given; a finding is right when it touches a mark.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from portevoix.text.redact import find
from portevoix.types import PersonalData

MARK = re.compile(r"\[\[([A-Z_]+):(.*?)\]\]", re.DOTALL)
FIXED = ("NIR", "PHONE", "EMAIL", "IBAN", "CARD", "PLATE", "ID_DOC", "FILE", "BIRTHDATE", "ACCOUNT")
CASES = Path(__file__).resolve().parents[3] / "evals" / "redaction"

Finder = Callable[[str], Sequence[PersonalData]]


@dataclass(frozen=True, slots=True)
class Case:
    """A text without its marks, and what they marked: (start, end, kind)."""

    id: str
    text: str
    marks: tuple[tuple[int, int, str], ...]


def read_marks(identifier: str, marked: str) -> Case:
    """Strips the marks of a text and keeps their positions."""
    marks: list[tuple[int, int, str]] = []
    text, read = "", 0
    for match in MARK.finditer(marked):
        text += marked[read : match.start()]
        marks.append((len(text), len(text) + len(match.group(2)), match.group(1)))
        text += match.group(2)
        read = match.end()
    return Case(identifier, text + marked[read:], tuple(marks))


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file with `id` and marked `text`."""
    with path.open(encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines if line.strip()]
    return [read_marks(item["id"], item["text"]) for item in items]


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


def main(arguments: Sequence[str]) -> None:
    """Measures every case file given, or those of `evals/redaction`."""
    files = [Path(a) for a in arguments if not a.startswith("-")] or sorted(CASES.glob("*.jsonl"))
    scores = measure(case for path in files for case in read_cases(path))
    click.echo(report(scores))
    path = CASES / "baseline.json"
    if "--save" in arguments:
        path.write_text(json.dumps(scores.summary(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    elif path.is_file():
        changes = compare(scores.summary(), json.loads(path.read_text("utf-8")))
        click.echo("\n".join(["", "écarts avec la référence :", *changes]) if changes else "")


if __name__ == "__main__":
    main(sys.argv[1:])
