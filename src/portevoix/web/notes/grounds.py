"""Where the effect of an improvement is looked for: here, and in which comparable places.

A structure is compared with those of its kind in its network, a département with the others, a
whole network with the other networks; never with places that have done the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from django.db.models import Q, QuerySet

from portevoix.web.directory.models import Structure
from portevoix.web.notes.enums import Status
from portevoix.web.notes.models import Improvement


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of a story is about: `path` of its structure, empty when it names none."""

    network: int | None
    path: str
    departement: str


@dataclass(frozen=True, slots=True)
class Ground:
    """`among` chooses the parts of stories to count; `place` is empty for one told here, the name
    of a comparable place, or None for neither."""

    among: Q
    place: Callable[[Part], str | None]


def ground_of(improvement: Improvement) -> Ground:
    """The ground on which an improvement is judged."""
    if improvement.structure is not None:
        return _structures(improvement, improvement.structure)
    if improvement.departement:
        return _departements(improvement)
    return _networks(improvement)


def _structures(improvement: Improvement, own: Structure) -> Ground:
    kind = Q(typology=own.typology_id) if own.typology_id else Q(parent=own.parent_id)
    alike = Structure.objects.filter(kind, network=own.network_id).exclude(path__under=own.path)
    taken = set(_alike(improvement).values_list("structure__path", flat=True))
    # A place above this one is told of here too: it is not compared.
    peers = {
        path
        for path in alike.values_list("path", flat=True)
        if not own.path.startswith(path) and path not in taken
    }

    def place(part: Part) -> str | None:
        if part.path.startswith(own.path):
            return ""
        above = [f"/{one}/" for one in accumulate(part.path.strip("/").split("/"), "{}/{}".format)]
        # The nearest: a comparable place may stand under another.
        return next((path for path in reversed(above) if path in peers), None)

    return Ground(Q(network=own.network_id), place)


def _departements(improvement: Improvement) -> Ground:
    same = _alike(improvement).filter(structure=None, network=improvement.network_id)
    taken = set(same.values_list("departement", flat=True))

    def place(part: Part) -> str | None:
        if part.departement == improvement.departement:
            return ""
        return None if not part.departement or part.departement in taken else part.departement

    network = Q(network=improvement.network_id) if improvement.network_id else Q()
    return Ground(network, place)


def _networks(improvement: Improvement) -> Ground:
    same = _alike(improvement).filter(structure=None, departement="")
    taken = set(same.values_list("network", flat=True))

    def place(part: Part) -> str | None:
        if part.network == improvement.network_id:
            return ""
        return None if part.network is None or part.network in taken else str(part.network)

    return Ground(Q(), place)


def _alike(improvement: Improvement) -> QuerySet[Improvement]:
    """The other improvements that are done and answer the same expectation."""
    done = Improvement.objects.filter(status=Status.DONE, expectation=improvement.expectation)
    return done.exclude(pk=improvement.pk)
