"""Who is there, and what they may open: a study that one may not read does not exist for them."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError, Verb, may
from portevoix.web.notes.models import NoteVersion, Study
from portevoix.web.notes.policies import may_read


def agent_of(request: HttpRequest) -> Agent:
    agent = request.user
    assert isinstance(agent, Agent)  # noqa: S101 (login_required)
    return agent


def require_studies(request: HttpRequest) -> Agent:
    agent = agent_of(request)
    if not may(agent, Verb.STUDY):
        raise NotAllowedError
    return agent


def study_of(request: HttpRequest, key: int) -> Study:
    found = (
        Study.objects.filter(pk=key)
        .select_related("network", "structure__network", "typology", "author", "current")
        .first()
    )
    if found is None or not may_read(agent_of(request), found):
        raise Http404
    return found


def version_of(study: Study, number: str = "") -> NoteVersion | None:
    """The version asked for by its number, else the one people work on, else the last."""
    if number.isdigit():
        found = study.versions.filter(number=int(number)).first()
        if found is None:
            raise Http404
        return found
    return study.current or study.versions.first()


def word(found: str | None, longest: int = 120) -> str:
    """A word of an address or of a form, as a database can look for it."""
    return (found or "")[:longest].replace("\x00", "")
