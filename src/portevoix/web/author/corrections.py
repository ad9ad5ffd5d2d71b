"""A story given back to its author: changed on a draft of its own, so that nothing is lost."""

from __future__ import annotations

from django.http import HttpRequest

from portevoix.web.deposit import actions as drafts
from portevoix.web.deposit.actions import Saved
from portevoix.web.deposit.models import Draft
from portevoix.web.deposit.queries import draft_of
from portevoix.web.deposit.words import kept
from portevoix.web.experiences import actions
from portevoix.web.experiences.enums import State
from portevoix.web.experiences.models import Experience


def require_given_back(experience: Experience) -> None:
    if experience.state != State.TO_CORRECT:
        raise actions.WrongStateError


def typed(token: str) -> Draft | None:
    """What the author has already changed, from whichever device holds the link."""
    return draft_of(_key(token))


def keep(request: HttpRequest, token: str) -> Saved:
    """Save a correction as it is typed."""
    draft = typed(token) or drafts.begin(token=_key(token))[0]
    title, text = kept(request.POST.get("title", "")), kept(request.POST.get("text", ""))
    version = request.POST.get("version", "")
    known = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return drafts.tell_story(draft, title, text, known)


def send(experience: Experience, token: str, title: str, text: str) -> None:
    """Give the corrected story to the moderators; its draft is of no use any more."""
    actions.correct(experience, title or experience.title, text)
    draft = typed(token)
    if draft is not None:
        drafts.forget(draft)


def _key(token: str) -> str:
    return f"correction.{token}"
