"""The directory kept in step with the official list: added, renamed, moved, closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from portevoix.opendata.headings import fold
from portevoix.opendata.structures import Structure as Official
from portevoix.opendata.structures import StructureTree, read_structures
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.directory import territories
from portevoix.web.directory.models import Departement, Network, Structure, Typology, Version
from portevoix.web.directory.names import as_read
from portevoix.web.directory.networks import known, official_fold
from portevoix.web.journal.actions import record

_BATCH: Final = 1_000
_FIELDS: Final = (
    "official_name public_name network_id typology_id parent_id path address postcode town "
    "country commune departement arrondissement region url mailbox tracking_key active closed_on"
).split()
_COPIED: Final = (
    "address town country commune departement arrondissement region url mailbox tracking_key"
).split()


@dataclass
class Report:
    """What an import of structures did."""

    read: int = 0
    added: int = 0
    renamed: int = 0
    moved: int = 0
    closed: int = 0
    reopened: int = 0
    otherwise_changed: int = 0
    unchanged: int = 0
    refused: tuple[str, ...] = ()
    orphans: int = 0
    repaired: Counter[str] = field(default_factory=Counter)

    @property
    def changed(self) -> int:
        return (
            self.added
            + self.renamed
            + self.moved
            + self.closed
            + self.reopened
            + (self.otherwise_changed)
        )


def import_structures(path: Path, actor: Agent | None = None, day: date | None = None) -> Report:
    """Bring the directory in step with an official export. Read twice, it changes nothing.

    A structure that the export no longer holds is closed, not deleted: stories name it. Fictional
    structures are left alone. Without an actor it is the system (a command); an account needs the
    right to import.
    """
    if actor is not None:
        require(actor, Verb.IMPORT)
    tree = read_structures(path)
    with transaction.atomic():
        _make_departements()
        report = _bring_in_step(tree, day or timezone.localdate())
        if report.changed:
            touch()
            record(
                "import_structures",
                actor=actor,
                added=report.added,
                renamed=report.renamed,
                moved=report.moved,
                closed=report.closed,
            )
    return report


def touch() -> None:
    """Say that the directory changed, so that the indexes in memory are made again."""
    Version.objects.get_or_create(pk=1)
    Version.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())


def _make_departements() -> None:
    if not Departement.objects.exists():
        rows = territories.departement_rows()
        Departement.objects.bulk_create(Departement(**row) for row in rows)


def _bring_in_step(tree: StructureTree, day: date) -> Report:
    step = _Step(tree, day)
    for level in _levels(tree):
        # Parents first: their numbers are known when their children are made.
        step.take(level)
    step.close_the_others()
    Structure.objects.bulk_update(step.changed, _FIELDS, batch_size=200)
    return step.report


class _Step:
    """One import under way: what the export says, what is here, what changes."""

    def __init__(self, tree: StructureTree, day: date) -> None:
        self.tree, self.day = tree, day
        self.networks = _networks(tree)
        self.typologies = _typologies(tree, self.networks)
        self.here = {s.code: s for s in Structure.objects.filter(fictional=False)}
        self.changed: list[Structure] = []
        self.report = Report(
            read=len(tree.structures) + len(tree.refused),
            refused=tuple(str(refusal) for refusal in tree.refused),
            orphans=len(tree.orphans),
            repaired=tree.repaired,
        )

    def take(self, codes: Sequence[str]) -> None:
        """Add or update structures whose parents are here."""
        said = [self._as_exported(code) for code in codes]
        added = [structure for structure in said if structure.code not in self.here]
        Structure.objects.bulk_create(added, batch_size=_BATCH)
        self.report.added += len(added)
        for structure in said:
            old = self.here.setdefault(structure.code, structure)
            if old is not structure and _update(old, structure, self.report):
                self.changed.append(old)

    def close_the_others(self) -> None:
        for code, structure in self.here.items():
            if code in self.tree.structures or not structure.active:
                continue
            if "active" not in structure.edited:
                structure.active, structure.closed_on = False, self.day
                self.report.closed += 1
                self.changed.append(structure)

    def _as_exported(self, code: str) -> Structure:
        """The structure as the export says it is, not saved."""
        official = self.tree.structures[code]
        above = self.tree.parent(code)
        parent = self.here[above] if above else None
        return Structure(
            code=code,
            official_name=official.name[:255],
            public_name=as_read(official.name, official.public_name, official.typology)[:255],
            network=self.networks[fold(official.network)],
            typology=self.typologies.get(official.typology_id),
            parent=parent,
            path=f"{parent.path if parent else '/'}{code}/",
            postcode=_postcode(official),
            active=official.active,
            closed_on=None if official.active else self.day,
            **{name: getattr(official, name) for name in _COPIED},
        )


def _networks(tree: StructureTree) -> dict[str, Network]:
    found = {fold(n.official_name): n for n in Network.objects.all()}
    for name in dict.fromkeys(s.network for s in tree.structures.values()):
        if fold(name) not in found:
            found[fold(name)] = _network(name)
    return found


def _network(official: str) -> Network:
    public = known(official)
    network, _ = Network.objects.get_or_create(
        slug=slugify(public.name)[:60],
        defaults={
            "name": public.name,
            "official_name": official,
            "acronym": public.acronym,
            "also_known_as": public.also,
        },
    )
    return network


def network_named(name: str) -> Network | None:
    """Return the network with this name, official, public or of another export."""
    wanted = official_fold(name)
    for network in Network.objects.all():
        if wanted in {fold(network.official_name), fold(network.name)}:
            return network
    return None


def _typologies(tree: StructureTree, networks: dict[str, Network]) -> dict[str, Typology]:
    found = {typology.code: typology for typology in Typology.objects.all()}
    for official in tree.structures.values():
        if official.typology_id and official.typology_id not in found:
            found[official.typology_id] = Typology.objects.create(
                code=official.typology_id,
                name=official.typology,
                network=networks[fold(official.network)],
            )
    return found


def _levels(tree: StructureTree) -> list[list[str]]:
    """Codes by depth, the roots first."""
    level = list(tree.children.get("", ()))
    levels = []
    while level:
        levels.append(level)
        level = [child for code in level for child in tree.children.get(code, ())]
    return levels


def _postcode(official: Official) -> str:
    """Exports drop the leading zero of postcodes; those of consulates are not postcodes."""
    if official.country not in {"", "France"} or not official.postcode.isdigit():
        return ""
    return official.postcode.zfill(5)


def _update(old: Structure, new: Structure, report: Report) -> bool:
    """Copy onto `old` what differs; tell whether anything did, and count it once."""
    if new.closed_on and old.closed_on:
        new.closed_on = old.closed_on
    differing = [
        name
        for name in _FIELDS
        if name not in old.edited and getattr(old, name) != getattr(new, name)
    ]
    if not differing:
        report.unchanged += 1
        return False
    if old.active != new.active:
        report.closed += old.active
        report.reopened += new.active
    elif "parent_id" in differing or "path" in differing:
        report.moved += 1
    elif "public_name" in differing or "official_name" in differing:
        report.renamed += 1
    else:
        report.otherwise_changed += 1
    for name in differing:
        setattr(old, name, getattr(new, name))
    return True
