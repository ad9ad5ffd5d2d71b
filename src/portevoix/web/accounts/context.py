"""What the page header knows of the person at work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, may

WORK_AREA = "espace/"


def workspace(request: HttpRequest) -> dict[str, Any]:
    """Which screens of the work area the menu offers; nothing on the pages everyone reads.

    A function, so that a fragment of a page, which has no menu, asks nothing of the database.
    """
    return {"workspace": lambda: _menu(request)}


def _menu(request: HttpRequest) -> dict[str, bool] | None:
    match, agent = request.resolver_match, getattr(request, "user", None)
    if match is None or not match.route.startswith(WORK_AREA) or not isinstance(agent, Agent):
        return None
    return {
        "moderates": may(agent, Verb.MODERATE),
        "answers": may(agent, Verb.READ_AT_WORK),
        "studies": may(agent, Verb.STUDY),
        "reads_figures": may(agent, Verb.READ_FIGURES),
        "administers": may(agent, Verb.MANAGE_ACCOUNTS),
    }
