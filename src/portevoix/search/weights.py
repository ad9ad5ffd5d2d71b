"""What a word is worth where it stands, and what nearness of meaning adds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """A word of the body is worth 1. How these were chosen: `evals/search/README.md`."""

    title: float = 0.7
    also: float = 0.4
    lead: float = 0.4
    path: float = 0.3
    near: float = 0.35

    def by_field(self) -> dict[str, float]:
        """The weight of each field of the index."""
        return {
            "body": 1.0,
            "title": self.title,
            "also": self.also,
            "lead": self.lead,
            "path": self.path,
        }
