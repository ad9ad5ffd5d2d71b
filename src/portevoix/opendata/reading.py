"""What was read of a set of files: experiences, refusals, repairs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from portevoix.types import Experience


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that could not be used: where it is and why, in French."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, ligne {self.line} : {self.reason}"


@dataclass(frozen=True, slots=True)
class Row:
    """One record by heading, with the line it starts on."""

    line: int
    cells: dict[str, str]

    def cell(self, heading: str | None) -> str:
        """Return what stands under a heading, trimmed; nothing when the file lacks it."""
        return (self.cells.get(heading) or "").strip() if heading is not None else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """As many results as rows: each an experience or a refusal."""

    experiences: tuple[Experience, ...]
    refused: tuple[Refusal, ...] = ()
    repaired: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return len(self.experiences) + len(self.refused)

    @property
    def summary(self) -> str:
        """« 801 lignes lues, 801 expériences retenues, 0 refusée »."""
        return (
            f"{_count(self.total, 'ligne lue', 'lignes lues')}, "
            f"{_count(len(self.experiences), 'expérience retenue', 'expériences retenues')}, "
            f"{_count(len(self.refused), 'refusée', 'refusées')}"
        )


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number < 2 else many}".replace(",", "\u202f")
