"""Segments labelled by hand, in the order of their experiences."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.text.network import WIDTH
from portevoix.text.readings import EXPECTATIONS, POLARITIES

# What a second code takes of the probability of the first.
SECOND_SHARE: Final = 0.25
NONE: Final = -1

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Segments in order with their labels.

    `groups` (n,) tells the segments of one experience, which stand together. `sources` (n,) is the
    experience that a segment is of or was written after: what is kept aside of one is kept aside
    of the other. `seconds` (n,) is a second code or -1. `weights` (n,): how much each counts.
    """

    segments: tuple[str, ...]
    groups: Ints
    sources: NDArray[np.str_]
    codes: Ints
    seconds: Ints
    polarities: Ints
    suggestions: Ints
    weights: NDArray[np.float32]

    def take(self, rows: Ints) -> Labelled:
        return Labelled(
            tuple(self.segments[row] for row in rows),
            self.groups[rows],
            self.sources[rows],
            self.codes[rows],
            self.seconds[rows],
            self.polarities[rows],
            self.suggestions[rows],
            self.weights[rows],
        )

    def without(self, sources: Iterable[str]) -> Labelled:
        """Return the segments that come from none of `sources`."""
        return self.take(np.flatnonzero(~np.isin(self.sources, sorted(set(sources)))))

    @property
    def lengths(self) -> Ints:
        """How many segments each experience has, in order."""
        starts = np.flatnonzero(np.r_[True, self.groups[1:] != self.groups[:-1]])
        return np.asarray(np.diff(np.r_[starts, len(self.groups)]), dtype=np.int64)

    @property
    def keys(self) -> list[str]:
        """What each segment must be kept aside with: its source, or its own group."""
        pairs = zip(self.sources.tolist(), self.groups.tolist(), strict=True)
        return [source or f"group {group}" for source, group in pairs]

    def targets(self) -> NDArray[np.float32]:
        """Return the answers wanted, as probabilities (n, 22)."""
        rows = np.arange(len(self.codes))
        wanted = np.zeros((len(rows), WIDTH), dtype=np.float32)
        wanted[rows, self.codes] = 1
        both = np.flatnonzero(self.seconds != NONE)
        wanted[both, self.codes[both]] -= SECOND_SHARE
        wanted[both, self.seconds[both]] += SECOND_SHARE
        wanted[rows, 17 + self.polarities] = 1
        wanted[rows, 20 + self.suggestions] = 1
        return wanted


def read_labelled(path: Path, weight: float = 1.0) -> Labelled:
    """Read a CSV of segments with expectation, polarity and suggestion.

    Rows that name no `experience` stand alone; `seed` names the experience they were written after.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    owners = [row.get("experience") or f"row {number}" for number, row in enumerate(rows)]
    number_of = {name: number for number, name in enumerate(dict.fromkeys(owners))}
    seconds = [row.get("expectation_2") for row in rows]
    return Labelled(
        tuple(row["text"] for row in rows),
        np.array([number_of[owner] for owner in owners], dtype=np.int64),
        np.array([row.get("seed") or row.get("experience") or "" for row in rows], dtype=np.str_),
        np.array([EXPECTATIONS.index(row["expectation"]) for row in rows], dtype=np.int64),
        np.array([_CODES.index(code) if code else NONE for code in seconds], dtype=np.int64),
        np.array([POLARITIES.index(row["polarity"]) for row in rows], dtype=np.int64),
        np.array([int(row["suggestion"]) for row in rows], dtype=np.int64),
        np.full(len(rows), weight, dtype=np.float32),
    )


_CODES: Final = [str(code) for code in EXPECTATIONS]


def join(parts: Sequence[Labelled]) -> Labelled:
    """Return the segments of every part, their groups kept apart."""
    shifts = np.cumsum([0, *(part.groups.max(initial=-1) + 1 for part in parts)])
    return Labelled(
        tuple(text for part in parts for text in part.segments),
        np.concatenate([p.groups + shift for p, shift in zip(parts, shifts, strict=False)]),
        np.concatenate([part.sources for part in parts]),
        np.concatenate([part.codes for part in parts]),
        np.concatenate([part.seconds for part in parts]),
        np.concatenate([part.polarities for part in parts]),
        np.concatenate([part.suggestions for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )
