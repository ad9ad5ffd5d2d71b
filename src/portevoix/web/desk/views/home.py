"""Where someone with an account starts the day."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portevoix.web.accounts import secondfactor
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, may, scope
from portevoix.web.experiences import queries
from portevoix.web.moderation.queries import queue
from portevoix.web.work.enums import Step
from portevoix.web.work.queries import steps


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, by what they may do."""
    agent = request.user
    assert isinstance(agent, Agent)  # noqa: S101 (login_required)
    return render(
        request,
        "desk/home.html",
        {
            "agent": agent,
            "moderation": queue() if may(agent, Verb.MODERATE) else None,
            "work": _work(agent),
            "studies": may(agent, Verb.STUDY),
            "figures": may(agent, Verb.READ_FIGURES),
            "reviews_cases": may(agent, Verb.REVIEW_CASES),
            "lends_keys": may(agent, Verb.MANAGE_API_KEYS),
            "administers": may(agent, Verb.MANAGE_ACCOUNTS),
            "keeps_pages": may(agent, Verb.IMPORT),
            "reads_journal": may(agent, Verb.READ_JOURNAL),
            "second_factor_missing": secondfactor.is_missing(agent),
        },
    )


def _work(agent: Agent) -> dict[str, int] | None:
    place = scope(agent, Verb.READ_AT_WORK)
    if not place:
        return None
    waiting = queries.at_work(place)
    late = waiting.filter(due_on__lt=timezone.localdate()).count()
    return {
        "waiting": waiting.count(),
        "late": late,
        "comments": may(agent, Verb.COMMENT),
        "to_validate": steps(agent)[Step.TO_VALIDATE] if may(agent, Verb.VALIDATE_REPLY) else 0,
    }
