"""Départements and regions, from the list that comes with the software."""

from __future__ import annotations

from portevoix.opendata.territories import DATA, departement_rows

__all__ = ["DATA", "departement_rows"]
