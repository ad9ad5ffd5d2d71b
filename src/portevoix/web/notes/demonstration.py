"""A study ready to read in the demonstration, with one improvement promised and one done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent, Membership
from portevoix.web.journal.models import Entry
from portevoix.web.notes import actions, compositions, effects, improvements, making
from portevoix.web.notes.enums import Choice, Status, Visibility
from portevoix.web.notes.models import Study
from portevoix.web.notes.policies import may_study
from portevoix.web.replies.demonstration import MANAGER

_YEAR: Final = (date(2025, 1, 1), date(2025, 12, 31))
_DONE_ON: Final = date(2025, 7, 1)
_SOON: Final = timedelta(days=90)


def load() -> Study | None:
    """Make the study of the demonstration, once; None when it was made or cannot be."""
    managing = Membership.objects.filter(agent__email=MANAGER, role=Role.NETWORK_MANAGER)
    place = managing.select_related("agent", "network").first()
    if place is None:
        return None
    manager = place.agent
    study = Study(network=place.network, start=_YEAR[0], end=_YEAR[1])
    made = Entry.objects.filter(verb="start_study", actor_id=manager.pk)
    if made.exists() or not may_study(manager, study):
        return None
    making.make(actions.start(study, manager))
    study.refresh_from_db()
    if study.current is not None:
        _decide(study, manager)
    return study


@transaction.atomic
def _decide(study: Study, manager: Agent) -> None:
    """Two leads are kept; the first becomes a promise, the second was done in the year."""
    assert study.current is not None  # noqa: S101 (checked by `load`)
    leads = compositions.compose(study, study.current).part("leads").points[:2]
    for lead, status in zip(leads, (Status.COMMITTED, Status.DONE), strict=False):
        actions.judge(study, lead.key, Choice.ACCEPTED, manager)
        made = improvements.improve(study, lead, manager)
        words = {
            "public_wording": _("Vous l’avez demandé. %(what)s") % {"what": made.description},
            "due_on": timezone.localdate() + _SOON if status == Status.COMMITTED else None,
        }
        improvements.change(made, words, made.revision, manager)
        improvements.move(made, status, manager, on=_DONE_ON if status == Status.DONE else None)
        effect = effects.measured(made, timezone.localdate())
        if effect is not None:
            effect.save()
    actions.sign(study, manager)
    actions.show_to(study, Visibility.PUBLIC, manager)
