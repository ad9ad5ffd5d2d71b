"""What other parts ask the directory."""

from __future__ import annotations

from collections.abc import Sequence

from portevoix.web.directory import search
from portevoix.web.directory.models import Departement, Network, Structure


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


def departements() -> Sequence[Departement]:
    return tuple(Departement.objects.all())


def by_tracking_key(key: str) -> Structure | None:
    """Return the open structure whose button on another site carries this key."""
    if not key:
        return None
    return Structure.objects.filter(tracking_key=key, active=True).first()


def open_structure(number: int) -> Structure | None:
    """Return an open structure by its number."""
    return Structure.objects.filter(pk=number, active=True).first()
