"""How a network answers: within how many days, and whether a super-agent agrees first."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, require
from portevoix.web.directory.models import Network
from portevoix.web.journal.actions import record

LONGEST: Final = 90
MOST_UNASSISTED: Final = 50


class WrongDelayError(PortevoixError):
    """Le délai de réponse va de 1 à 90 jours."""


@transaction.atomic
def set_rules(
    network: Network,
    *,
    answer_days: int,
    validates_replies: bool,
    by: Agent,
    unassisted_percent: int = 0,
) -> None:
    """Change them for what comes: deadlines already given stay."""
    require(by, Verb.EDIT_STRUCTURE, network)
    if not 1 <= answer_days <= LONGEST:
        raise WrongDelayError
    network.answer_days, network.validates_replies = answer_days, validates_replies
    network.unassisted_percent = min(unassisted_percent, MOST_UNASSISTED)
    network.save(update_fields=["answer_days", "validates_replies", "unassisted_percent"])
    record(
        "set_rules",
        network,
        actor=by,
        answer_days=answer_days,
        validates=int(validates_replies),
        unassisted_percent=network.unassisted_percent,
    )
