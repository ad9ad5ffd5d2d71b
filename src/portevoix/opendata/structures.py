"""The official tree of structures: network, typology, structure and its parent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from portevoix.errors import MissingColumnError
from portevoix.opendata import repairs
from portevoix.opendata.headings import fold
from portevoix.opendata.reading import Refusal, Row
from portevoix.opendata.sources import rows_of

HEADINGS: Final[dict[str, str]] = {
    "id": "Code SP+ de la structure",
    "name": "Intitulé de la structure",
    "public_name": "Intitulé structure usager",
    "network": "Intitulé du réseau",
    "typology": "Intitulé de la typologie",
    "typology_id": "Code sp+ de la typologie",
    "parent_id": "Code SP+ structure parent",
    "address": "Adresse",
    "postcode": "Code postal de la structure",
    "town": "Ville",
    "country": "PAYS",
    "url": "URL du site internet",
    "mailbox": "Boîte à lettre fonctionnelle",
    "tracking_key": "Clé de tracking",
    "active": "Actif",
    "commune": "INSEE Ville",
    "departement": "INSEE Département",
    "region": "INSEE Région",
    "arrondissement": "INSEE Arrondissement",
}
PREFIXES: Final = {
    "commune": "com",
    "departement": "dep",
    "region": "reg",
    "arrondissement": "arr",
}


@dataclass(frozen=True, slots=True)
class Structure:
    """One service that receives users. INSEE codes are without their `com`, `dep`… prefix."""

    id: str
    name: str
    public_name: str = ""
    network: str = ""
    typology: str = ""
    typology_id: str = ""
    parent_id: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    url: str = ""
    mailbox: str = ""
    tracking_key: str = ""
    active: bool = True
    commune: str = ""
    departement: str = ""
    region: str = ""
    arrondissement: str = ""


@dataclass(frozen=True)
class StructureTree:
    """Structures by code, in the order of the file.

    `orphans` name a parent that the file does not hold, `loops` are in a circle of parents; both
    are treated as roots.
    """

    structures: dict[str, Structure]
    refused: tuple[Refusal, ...] = ()
    repaired: Counter[str] = field(default_factory=Counter)

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Code of a parent → codes of its children; the roots are under the empty code."""
        found: dict[str, list[str]] = {}
        for code in self.structures:
            found.setdefault(self.parent(code), []).append(code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    @cached_property
    def orphans(self) -> tuple[str, ...]:
        return tuple(
            code
            for code, structure in self.structures.items()
            if structure.parent_id and structure.parent_id not in self.structures
        )

    @cached_property
    def loops(self) -> tuple[str, ...]:
        """Codes that are their own ancestor."""
        in_loop: set[str] = set()
        clear: set[str] = set()
        for start in self.structures:
            path: list[str] = []
            code = start
            while code in self.structures and code not in clear and code not in path:
                path.append(code)
                code = self.structures[code].parent_id
            if code in path:
                in_loop.update(path[path.index(code) :])
            clear.update(path)
        return tuple(code for code in self.structures if code in in_loop)

    @cached_property
    def _looped(self) -> frozenset[str]:
        return frozenset(self.loops)

    def parent(self, code: str) -> str:
        """Return the code of the parent; empty for a root, an orphan or a loop."""
        parent = self.structures[code].parent_id
        return parent if parent in self.structures and code not in self._looped else ""

    def descendants(self, code: str) -> Iterator[str]:
        """Yield the codes below a structure, nearest first."""
        waiting = list(self.children.get(code, ()))
        while waiting:
            below = waiting.pop(0)
            yield below
            waiting += self.children.get(below, ())

    def named(self, name: str) -> Sequence[Structure]:
        """Return the structures with this name, whatever accents and case."""
        return self._by_name.get(fold(name), ())

    @cached_property
    def _by_name(self) -> dict[str, list[Structure]]:
        found: dict[str, list[Structure]] = {}
        for structure in self.structures.values():
            for name in dict.fromkeys((structure.name, structure.public_name)):
                if name:
                    found.setdefault(fold(name), []).append(structure)
        return found


def read_structures(path: Path) -> StructureTree:
    """Read the official export. A row without code or name, or a code met again, is refused.

    Raises `UnreadableFileError` and `MissingColumnError`.
    """
    rows = list(rows_of(path))
    headings = _headings(path, [row for row in rows if isinstance(row, Row)])
    repaired: Counter[str] = Counter()
    refused: list[Refusal] = []
    kept: dict[str, Structure] = {}
    for row in rows:
        result = row if isinstance(row, Refusal) else _structure(path, row, headings, repaired)
        if isinstance(result, Refusal):
            refused.append(result)
        elif result.id in kept:
            line = row.line
            refused.append(Refusal(path.name, line, f"le code {result.id} a déjà été lu"))
        else:
            kept[result.id] = result
    return StructureTree(kept, tuple(refused), repaired)


def _headings(path: Path, rows: list[Row]) -> dict[str, str]:
    by_fold = {fold(heading): heading for row in rows[:1] for heading in row.cells}
    found = {name: by_fold[fold(h)] for name, h in HEADINGS.items() if fold(h) in by_fold}
    for name in ("id", "name"):
        if name not in found:
            raise MissingColumnError(f"« {path.name} » n'a pas de colonne « {HEADINGS[name]} ».")
    return found


def _structure(
    path: Path, row: Row, headings: dict[str, str], repaired: Counter[str]
) -> Structure | Refusal:
    cells = {
        name: repairs.mend(row.cell(heading), repaired)
        for name, heading in headings.items()
        if name != "active"
    }
    if not cells["id"] or not cells["name"]:
        return Refusal(path.name, row.line, "une structure a un code et un intitulé")
    for name, prefix in PREFIXES.items():
        cells[name] = cells.get(name, "").removeprefix(prefix)
    active = fold(row.cell(headings.get("active"))) != "non"
    return Structure(**cells, active=active)
