"""The verbs of improvements: from a lead to what the public reads."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError, Verb, may, require
from portevoix.web.directory.models import Network
from portevoix.web.experiences import letters
from portevoix.web.experiences.models import Experience
from portevoix.web.journal.actions import record
from portevoix.web.notes import packing
from portevoix.web.notes.compositions import Told, of_scope
from portevoix.web.notes.enums import Status
from portevoix.web.notes.models import (
    ChosenLead,
    Evidence,
    Improvement,
    NoteVersion,
    ProposedLead,
    Step,
    Study,
)

FOLLOWS: Final[dict[str, frozenset[str]]] = {
    Status.PROPOSED: frozenset({Status.COMMITTED, Status.DONE, Status.ABANDONED}),
    Status.COMMITTED: frozenset({Status.DONE, Status.ABANDONED, Status.PROPOSED}),
    Status.DONE: frozenset({Status.COMMITTED}),
    Status.ABANDONED: frozenset({Status.PROPOSED}),
}
_BATCH: Final = 500
_CHANGED: Final = "title description owner due_on public_wording".split()


class ChangedMeanwhileError(PortevoixError):
    """Quelqu’un d’autre a modifié cette amélioration pendant que vous l’écriviez."""


class NotYetError(PortevoixError):
    """Il manque quelque chose avant ce changement."""


@transaction.atomic
def improve(study: Study, lead: Told, agent: Agent, network: Network | None = None) -> Improvement:
    """Make an accepted lead an improvement, with those who asked for it; once a lead and place.

    One network carries it: of a study of several, the one that is given, else its first.
    """
    if network is not None and network.pk not in study.network_ids:
        raise NotAllowedError
    made = Improvement(
        study=study,
        lead=lead.key,
        network=network or study.network,
        structure=study.structure,
        departement=study.departement,
        title=lead.title.text[:200],
        owner=agent,
        committed_on=None,
    )
    require(agent, Verb.ANNOUNCE_IMPROVEMENT, made)
    known = of_scope(study).filter(lead=lead.key, network=made.network).first()
    if known is not None:
        return known
    version = study.current
    if version is None:
        raise NotYetError
    proposed = version.leads.filter(key=lead.key).first()
    _describe(made, version, proposed, study.chosen_leads.filter(key=lead.key).first())
    rows = dict(lead.rows)
    what = rows.get(_("Ce que nous proposons"))
    made.description = what.text if what else ""
    made.save()
    first = rows.get("Premier pas")
    if first:
        Step.objects.create(improvement=made, text=first.text[:300])
    record("propose_improvement", made, actor=agent, study=study.pk)
    return made


def _describe(
    made: Improvement,
    version: NoteVersion,
    proposed: ProposedLead | None,
    own: ChosenLead | None,
) -> None:
    """What it answers, in words, codes and experiences."""
    keys: list[str] = []
    if proposed is not None:
        made.origin, made.expectation = proposed.origin, proposed.expectation
        made.topic = proposed.topic
        keys = [f"{proposed.key}/ce-que-vivent-les-usagers"]
    elif own is not None and own.theme:
        theme = version.themes.filter(key=own.theme).first()
        if theme is not None:
            made.origin, made.expectation, made.topic = theme.label, theme.expectation, theme.topic
            keys = [theme.key]
    numbers: set[int] = set()
    for one in Evidence.objects.filter(version=version, key__in=keys):
        numbers |= set(one.numbers)
    made.concerned, made.asked_by = packing.pack(sorted(numbers)), len(numbers)


@transaction.atomic
def change(improvement: Improvement, fields: dict[str, Any], revision: int, agent: Agent) -> None:
    """Change the words, the owner, the due date. Raises `ChangedMeanwhileError` when somebody did
    since `revision`."""
    require(agent, Verb.ANNOUNCE_IMPROVEMENT, improvement)
    owner = fields.get("owner")
    if owner is not None and not may(owner, Verb.READ_FIGURES, improvement):
        raise NotAllowedError
    moved = Improvement.objects.filter(pk=improvement.pk, revision=revision).update(
        revision=F("revision") + 1, **{name: fields[name] for name in _CHANGED if name in fields}
    )
    if not moved:
        raise ChangedMeanwhileError
    improvement.refresh_from_db()
    record("change_improvement", improvement, actor=agent)


@transaction.atomic
def move(
    improvement: Improvement, status: str, agent: Agent, on: date | None = None, why: str = ""
) -> None:
    """Commit, finish, abandon, take up again; those who asked are told once it is done."""
    require(agent, Verb.ANNOUNCE_IMPROVEMENT, improvement)
    if status not in FOLLOWS[improvement.status]:
        raise NotYetError(_("Cette amélioration n’est plus à l’étape que vous voyez."))
    if status in {Status.COMMITTED, Status.DONE} and not improvement.public_wording.strip():
        raise NotYetError(_("Écrivez d’abord ce que le public lira."))
    today = timezone.localdate()
    improvement.status = Status(status)
    if status == Status.COMMITTED and improvement.committed_on is None:
        improvement.committed_on = today
    if status == Status.COMMITTED:
        improvement.done_on = None
    if status == Status.DONE:
        improvement.done_on = min(on or today, today)
        improvement.committed_on = improvement.committed_on or improvement.done_on
    improvement.abandoned_why = why[:500] if status == Status.ABANDONED else ""
    improvement.revision += 1
    improvement.save()
    record("move_improvement", improvement, actor=agent, status=status)
    if status == Status.DONE:
        tell(improvement)


def tell(improvement: Improvement) -> int:
    """Owe « votre avis a fait bouger les choses » to those concerned, once; return how many."""
    if improvement.told_at is not None:
        return 0
    by = _by(improvement)
    told, numbers = 0, improvement.numbers
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        found = Experience.objects.filter(pk__in=batch, published_at__isnull=False)
        for experience in found:
            letters.improved(experience, by, improvement.public_wording)
            told += 1
    improvement.told_at = timezone.now()
    improvement.save(update_fields=["told_at"])
    return told


def _by(improvement: Improvement) -> str:
    if improvement.structure is not None:
        return improvement.structure.public_name
    return improvement.network.name if improvement.network else _("le service")


@transaction.atomic
def add_step(improvement: Improvement, text: str, agent: Agent) -> Step:
    require(agent, Verb.ANNOUNCE_IMPROVEMENT, improvement)
    step = Step.objects.create(improvement=improvement, text=text[:300])
    record("add_step", improvement, actor=agent)
    return step


@transaction.atomic
def tick(step: Step, agent: Agent) -> None:
    """Say a step done, or not after all."""
    require(agent, Verb.ANNOUNCE_IMPROVEMENT, step.improvement)
    step.done_on = None if step.done_on else timezone.localdate()
    step.save(update_fields=["done_on"])
    record("tick_step", step.improvement, actor=agent)
