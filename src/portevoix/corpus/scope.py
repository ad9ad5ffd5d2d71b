"""The experiences a note is about, out of a corpus."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process

from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses, Labels
from portevoix.corpus.findings import Scope
from portevoix.corpus.merge import keep
from portevoix.errors import EmptyScopeError
from portevoix.opendata.headings import fold

_EPOCH: Final = date(1970, 1, 1)
_NAMES: Final = {
    "structure": ("structures", "structure"),
    "departement": ("departements", "département"),
    "procedure": ("procedures", "démarche"),
    "channel": ("channels", "canal"),
}


def select(analyses: Analyses, scope: Scope) -> Analyses:
    """Return the corpus of the scope. Names are matched without accents or case, then in part.

    Raises `EmptyScopeError`, with near names, when nothing matches.
    """
    inside = np.ones(len(analyses.experiences), dtype=bool)
    if scope.networks:
        labels = analyses.experiences.networks
        codes = [code for name in scope.networks for code in _matching(labels, name, "réseau")]
        inside &= _having(labels, codes)
    for field, (column, french) in _NAMES.items():
        wanted = getattr(scope, field)
        if wanted:
            labels = getattr(analyses.experiences, column)
            inside &= _having(labels, _matching(labels, wanted, french))
    inside &= _within(analyses.experiences.days, scope)
    if not inside.any():
        raise EmptyScopeError(
            "Aucune expérience ne correspond au périmètre demandé : "
            "élargissez les dates ou le lieu."
        )
    return keep(analyses, np.flatnonzero(inside))


def previous(scope: Scope) -> Scope | None:
    """Return the period of the same length just before; None when the scope has no dates."""
    if scope.start is None or scope.end is None:
        return None
    whole_years = (scope.start.month, scope.start.day, scope.end.month, scope.end.day)
    if whole_years == (1, 1, 12, 31):
        years = scope.end.year - scope.start.year + 1
        start = scope.start.replace(year=scope.start.year - years)
    else:
        start = scope.start - (scope.end - scope.start) - timedelta(days=1)
    return replace(scope, start=start, end=scope.start - timedelta(days=1))


def _matching(labels: Labels, wanted: str, french: str) -> list[int]:
    folded = [fold(value) for value in labels.values]
    key = fold(wanted)
    codes = [code for code, value in enumerate(folded) if value == key]
    codes = codes or [code for code, value in enumerate(folded) if key in value]
    if codes:
        return codes
    near = [name for name, *_ in process.extract(wanted, labels.values, limit=3, score_cutoff=50)]
    hint = f" Vouliez-vous dire {' ou '.join(f'« {name} »' for name in near)} ?" if near else ""
    raise EmptyScopeError(f"Aucune expérience pour {french} « {wanted} ».{hint}")


def _having(labels: Labels, codes: list[int]) -> NDArray[np.bool_]:
    wanted = np.zeros(len(labels.values), dtype=bool)
    wanted[codes] = True
    owners = np.repeat(np.arange(len(labels)), np.diff(labels.offsets))
    inside = np.zeros(len(labels), dtype=bool)
    inside[owners[wanted[labels.codes]]] = True
    return inside


def _within(days: NDArray[np.int32], scope: Scope) -> NDArray[np.bool_]:
    inside = np.ones(len(days), dtype=bool)
    if scope.start is not None:
        inside &= days >= (scope.start - _EPOCH).days
    if scope.end is not None:
        inside &= (days <= (scope.end - _EPOCH).days) & (days != UNKNOWN_DAY)
    return inside
