"""The columns of an export of structures: those of Services Publics+."""

from __future__ import annotations

from typing import Final

from portevoix.opendata.columns import Column, Kind
from portevoix.opendata.structures import HEADINGS, PREFIXES, Structure

_TOLD: Final = {
    "id": "Code SP+ : l'identité de la structure d'un export à l'autre.",
    "network": "Réseau, tel qu'écrit dans l'annuaire officiel.",
    "typology": "Type de structure au sein du réseau.",
    "name": "Nom dans l'annuaire officiel.",
    "public_name": "Nom que lisent les usagers.",
    "parent_id": "Code SP+ de la structure dont elle dépend. Vide : aucune.",
    "address": "Adresse postale.",
    "postcode": "Code postal.",
    "town": "Commune.",
    "country": "Pays.",
    "url": "Site internet.",
    "mailbox": "Adresse électronique du service, jamais celle d'une personne.",
    "tracking_key": "Clé du bouton « Je donne mon avis » posé sur le site du service.",
    "typology_id": "Code SP+ du type de structure.",
    "commune": "Commune, code INSEE précédé de « com ».",
    "departement": "Département, code INSEE précédé de « dep ».",
    "region": "Région, code INSEE précédé de « reg ».",
    "arrondissement": "Arrondissement, code INSEE précédé de « arr ».",
}
_BEFORE_ACTIVE: Final = (
    "id network typology name public_name parent_id address postcode town country url mailbox "
    "tracking_key"
).split()
_AFTER_ACTIVE: Final = "typology_id commune departement region arrondissement".split()
KEY: Final = HEADINGS["id"]


def structure_columns() -> tuple[Column[Structure], ...]:
    """Every column, in the order of the official file."""
    return (
        *(_column(name) for name in _BEFORE_ACTIVE),
        Column(
            HEADINGS["active"],
            Kind.YES_NO,
            "« Non » : structure fermée, gardée parce que des récits la nomment.",
            lambda structure: structure.active,
        ),
        *(_column(name) for name in _AFTER_ACTIVE),
    )


def _column(name: str) -> Column[Structure]:
    prefix = PREFIXES.get(name, "")

    def read(structure: Structure) -> str:
        value: str = getattr(structure, name)
        return f"{prefix}{value}" if value else ""

    return Column(
        HEADINGS[name], Kind.TEXT, _TOLD[name], read, required=name in {"id", "name", "network"}
    )
