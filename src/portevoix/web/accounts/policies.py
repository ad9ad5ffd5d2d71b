"""Who may what, where: one table, read by every action and every list.

`may(agent, Verb.ANSWER, concern)` for one thing, `scope(agent, Verb.ANSWER)` to filter many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Final, Protocol

from django.core.exceptions import PermissionDenied

from portevoix.errors import PortevoixError
from portevoix.web.accounts.enums import Role

if TYPE_CHECKING:
    from portevoix.web.accounts.models import Agent, Membership


class NotAllowedError(PortevoixError, PermissionDenied):
    """Votre rôle ne permet pas cette action ici."""


class Verb(StrEnum):
    """What the site lets people with an account do. Values are written in the journal."""

    # Moderation
    READ_AS_WRITTEN = "read_as_written"
    MODERATE = "moderate"
    # Experiences and replies
    READ_AT_WORK = "read_at_work"
    CORRECT = "correct"
    ASSIGN = "assign"
    COMMENT = "comment"
    REASSIGN = "reassign"
    ANSWER = "answer"
    VALIDATE_REPLY = "validate_reply"
    WRITE_TEMPLATE = "write_template"
    ANNOUNCE_IMPROVEMENT = "announce_improvement"
    REVIEW_CASES = "review_cases"
    # Steering
    READ_FIGURES = "read_figures"
    STUDY = "study"
    # Administration
    MANAGE_ACCOUNTS = "manage_accounts"
    GRANT_NATIONAL_ROLE = "grant_national_role"
    EDIT_STRUCTURE = "edit_structure"
    IMPORT = "import"
    MANAGE_API_KEYS = "manage_api_keys"
    READ_JOURNAL = "read_journal"


class Reach(Enum):
    """How far a role goes with a verb."""

    INSIDE = auto()
    EVERYWHERE = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its network, its path in the tree of structures, its département."""

    network: int | None = None
    path: str = ""
    departement: str = ""


class Placed(Protocol):
    """Whatever stands somewhere. Nothing stands nowhere: an empty answer is outside of all."""

    def places(self) -> Sequence[Place]: ...


_INSIDE: Final = Reach.INSIDE
_ALL: Final = Reach.EVERYWHERE

MATRIX: Final[Mapping[str, Mapping[Verb, Reach]]] = {
    Role.AGENT: {
        Verb.READ_AT_WORK: _INSIDE,
        Verb.CORRECT: _INSIDE,
        Verb.COMMENT: _INSIDE,
        Verb.REASSIGN: _INSIDE,
        Verb.ANSWER: _INSIDE,
        Verb.ANNOUNCE_IMPROVEMENT: _INSIDE,
        Verb.READ_FIGURES: _INSIDE,
    },
    Role.SUPER_AGENT: {
        Verb.READ_AT_WORK: _INSIDE,
        Verb.CORRECT: _INSIDE,
        Verb.ASSIGN: _INSIDE,
        Verb.COMMENT: _INSIDE,
        Verb.REASSIGN: _INSIDE,
        Verb.ANSWER: _INSIDE,
        Verb.VALIDATE_REPLY: _INSIDE,
        Verb.ANNOUNCE_IMPROVEMENT: _INSIDE,
        Verb.READ_FIGURES: _INSIDE,
        Verb.STUDY: _INSIDE,
    },
    Role.NETWORK_MANAGER: {
        Verb.READ_AT_WORK: _INSIDE,
        Verb.ASSIGN: _INSIDE,
        Verb.COMMENT: _INSIDE,
        Verb.REASSIGN: _INSIDE,
        Verb.VALIDATE_REPLY: _INSIDE,
        Verb.WRITE_TEMPLATE: _INSIDE,
        Verb.REVIEW_CASES: _INSIDE,
        Verb.ANNOUNCE_IMPROVEMENT: _INSIDE,
        Verb.READ_FIGURES: _INSIDE,
        Verb.STUDY: _INSIDE,
        Verb.MANAGE_ACCOUNTS: _INSIDE,
        Verb.EDIT_STRUCTURE: _INSIDE,
        Verb.MANAGE_API_KEYS: _INSIDE,
    },
    Role.MODERATOR: {
        Verb.READ_AS_WRITTEN: _ALL,
        Verb.MODERATE: _ALL,
        Verb.REASSIGN: _ALL,
        Verb.READ_FIGURES: _ALL,
    },
    Role.ADMINISTRATOR: {
        Verb.REVIEW_CASES: _ALL,
        Verb.READ_FIGURES: _ALL,
        Verb.STUDY: _ALL,
        Verb.MANAGE_ACCOUNTS: _ALL,
        Verb.GRANT_NATIONAL_ROLE: _ALL,
        Verb.EDIT_STRUCTURE: _ALL,
        Verb.IMPORT: _ALL,
        Verb.MANAGE_API_KEYS: _ALL,
        Verb.READ_JOURNAL: _ALL,
    },
    Role.OBSERVER: {
        Verb.READ_AT_WORK: _INSIDE,
        Verb.READ_FIGURES: _INSIDE,
        Verb.STUDY: _INSIDE,
    },
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where someone may do something: everywhere, or in these networks, paths, départements."""

    everywhere: bool = False
    networks: frozenset[int] = field(default_factory=frozenset)
    paths: frozenset[str] = field(default_factory=frozenset)
    departements: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.everywhere or self.networks or self.paths or self.departements)

    def holds(self, place: Place) -> bool:
        return (
            self.everywhere
            or place.network in self.networks
            or any(place.path.startswith(path) for path in self.paths)
            or place.departement in self.departements
        )


def scope(agent: Agent, verb: Verb) -> Scope:
    """Return where `agent` may do `verb`; empty when nowhere. An inactive account may nothing."""
    if not agent.is_active:
        return Scope()
    granted = [(m, reach) for m in agent.roles if (reach := MATRIX[m.role].get(verb))]
    if any(reach is Reach.EVERYWHERE for _, reach in granted):
        return Scope(everywhere=True)
    held = [membership for membership, _ in granted]
    return Scope(
        networks=frozenset(m.network_id for m in held if m.network_id and not m.structure_id),
        paths=frozenset(path for m in held if (path := _path(m))),
        departements=frozenset(m.departement for m in held if m.departement),
    )


def _path(membership: Membership) -> str:
    return membership.structure.path if membership.structure else ""


def may(agent: Agent | None, verb: Verb, target: Placed | None = None) -> bool:
    """Tell whether `agent` may do `verb` to `target`; without a target, whether anywhere."""
    if agent is None:
        return False
    reach = scope(agent, verb)
    if target is None or reach.everywhere:
        return bool(reach)
    return any(reach.holds(place) for place in target.places())


def require(agent: Agent | None, verb: Verb, target: Placed | None = None) -> None:
    """Raise `NotAllowedError` unless `may`."""
    if not may(agent, verb, target):
        raise NotAllowedError
