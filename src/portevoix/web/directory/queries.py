"""What other parts ask the directory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.db.models import Q, QuerySet

from portevoix.web.directory import search
from portevoix.web.directory.models import Departement, Network, Structure
from portevoix.web.directory.territories import departement_rows


def find_structures(
    words: str, network: Network | None = None, limit: int = 10
) -> Sequence[Structure]:
    """Return the open structures that these words name, the likeliest first.

    Understands typing errors, missing accents, acronyms, towns and postcodes. Two queries.
    """
    keys = search.current().find(words, network.pk if network else None, limit)
    found = Structure.objects.select_related("network", "typology").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def active_networks() -> Sequence[Network]:
    return tuple(Network.objects.filter(active=True))


@cache
def _departements() -> dict[str, Departement]:
    return {row["code"]: Departement(**row) for row in departement_rows()}


def departements() -> Sequence[Departement]:
    """Every département by its code, as the table was filled: nothing is read again."""
    return tuple(_departements().values())


def departement_choices() -> list[tuple[str, str]]:
    """Each code with « Nord (59) », for lists."""
    return [(place.code, str(place)) for place in departements()]


def departement(code: str) -> Departement | None:
    return _departements().get(code)


def departement_name(code: str) -> str:
    """« Nord » for 59; the code itself when it is unknown."""
    found = departement(code)
    return found.name if found else code


def structure(code: str) -> Structure | None:
    """Return a structure by its SP+ code, with its network."""
    return Structure.objects.filter(code=code).select_related("network", "typology").first()


def ancestors(structure: Structure) -> Sequence[Structure]:
    """What stands above a structure, from the top of the tree."""
    codes = structure.path.strip("/").split("/")[:-1]
    found = {above.code: above for above in Structure.objects.filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def children(structure: Structure) -> QuerySet[Structure]:
    """The open structures just below one."""
    return Structure.objects.filter(parent=structure, active=True).order_by("public_name", "pk")


def tops(network: Network) -> QuerySet[Structure]:
    """The open structures of a network that stand under none."""
    found = Structure.objects.filter(network=network, parent=None, active=True)
    return found.order_by("public_name", "pk")


def by_tracking_key(key: str) -> Structure | None:
    """Return the open structure whose button carries this key, or the SP+ code of its own page."""
    if not key:
        return None
    named = Q(tracking_key=key) | Q(code=key)
    return Structure.objects.filter(named, active=True).first()


def open_structure(number: int) -> Structure | None:
    """Return an open structure by its number."""
    return Structure.objects.filter(pk=number, active=True).first()
