"""What people change in the directory by hand; imports then leave those fields alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.directory.actions import touch
from portevoix.web.directory.models import Structure
from portevoix.web.journal.actions import record

EDITABLE: Final = ("public_name", "url", "mailbox")
_PLACE: Final = ("parent_id", "path")
_OPEN: Final = ("active", "closed_on")
_LONGEST_PATH: Final = 255


class WrongParentError(PortevoixError):
    """Une structure ne peut être déplacée que sous une autre, ouverte, du même réseau."""


class OpenBelowError(PortevoixError):
    """Des structures ouvertes sont en dessous : fermez-les ou déplacez-les d'abord."""


@transaction.atomic
def change(structure: Structure, values: Mapping[str, str], by: Agent) -> None:
    """Rename a structure, or correct how it is reached."""
    require(by, Verb.EDIT_STRUCTURE, structure)
    changed = [name for name in EDITABLE if values.get(name, "") != getattr(structure, name)]
    if not changed:
        return
    for name in changed:
        setattr(structure, name, values.get(name, ""))
    _save(structure, changed)
    record("rename_structure", structure, actor=by, fields=changed)


@transaction.atomic
def close(structure: Structure, by: Agent) -> None:
    """Take a structure out of the searches; the stories about it stay."""
    require(by, Verb.EDIT_STRUCTURE, structure)
    if Structure.objects.filter(parent=structure, active=True).exists():
        raise OpenBelowError
    structure.active, structure.closed_on = False, timezone.localdate()
    _save(structure, _OPEN)
    record("close_structure", structure, actor=by)


@transaction.atomic
def reopen(structure: Structure, by: Agent) -> None:
    """Let it be chosen again."""
    require(by, Verb.EDIT_STRUCTURE, structure)
    structure.active, structure.closed_on = True, None
    _save(structure, _OPEN)
    record("reopen_structure", structure, actor=by)


@transaction.atomic
def move(structure: Structure, parent: Structure, by: Agent) -> None:
    """Put a structure, with all below it, under another of its network."""
    require(by, Verb.EDIT_STRUCTURE, structure)
    require(by, Verb.EDIT_STRUCTURE, parent)
    inside = parent.path.startswith(structure.path)
    if inside or parent.network_id != structure.network_id or not parent.active:
        raise WrongParentError
    old, new = structure.path, f"{parent.path}{structure.code}/"
    below = Structure.objects.filter(path__under=old)
    longest = max(len(path) for path in below.values_list("path", flat=True))
    if longest - len(old) + len(new) > _LONGEST_PATH:
        raise WrongParentError
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    structure.parent, structure.path = parent, new
    _save(structure, _PLACE)
    record("move_structure", structure, actor=by, parent=parent.code)


def _save(structure: Structure, fields: tuple[str, ...] | list[str]) -> None:
    structure.edited = sorted({*structure.edited, *fields})
    structure.save()
    touch()
