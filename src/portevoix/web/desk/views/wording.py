"""« Améliorer mon texte »: changes proposed one by one; the agent takes those they want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portevoix.errors import PortevoixError
from portevoix.web.accounts.policies import Verb
from portevoix.web.desk.checks import known_acronyms
from portevoix.web.desk.views.common import agent_of, concern_of, for_agents, to_answer, told
from portevoix.web.experiences.models import Concern
from portevoix.web.replies import queries as replies
from portevoix.web.replies import rewording
from portevoix.web.replies.models import Draft
from portevoix.web.runs.wording import (
    AIMS,
    Change,
    Offered,
    change_of,
    has_model,
    offered,
    proposals,
)

_AROUND: Final = 60
# What a model proposed travels signed in the page: asking again would give other words.
_SALT: Final = "desk.wording"
_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Shown:
    """A change with the words around it."""

    change: Change
    before: str
    said: str
    after: str

    @property
    def key(self) -> str:
        return f"{self.change.start}-{self.change.end}"


def to_wording(request: HttpRequest, concern: Concern) -> HttpResponseRedirect:
    """To the proposed changes, of the selection when there is one."""
    address = reverse("desk:wording", args=[concern.experience_id, concern.rank])
    span = {name: request.POST.get(name, "")[:6] for name in ("de", "a")}
    return redirect(f"{address}?{urlencode(span)}" if all(span.values()) else address)


@never_cache
@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
def improve(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Show what could be simpler, shorter or more correct; make the changes that were ticked."""
    concern = concern_of(request, number, rank, Verb.ANSWER)
    draft = replies.draft_of(concern)
    if not draft.text.strip():
        messages.info(request, _("Écrivez d’abord votre réponse."))
        return to_answer(concern)
    aim, sealed = request.POST.get("modele", ""), request.POST.get("propose", "")
    asked = offered(draft.text, aim, *_selection(request)) if aim else Offered()
    if request.method == "POST" and not aim:
        found = _unsealed(sealed, draft) if sealed else _ruled(draft, concern, request)
        return _changed(request, concern, draft, found)
    changes = asked.changes if aim else _ruled(draft, concern, request)
    shown = [_shown(draft.text, change) for change in changes]
    groups = [(aim, [one for one in shown if one.change.aim == aim]) for aim in AIMS]
    context = {
        "has_model": has_model(),
        "asked": asked if aim else None,
        "sealed": _sealed(asked.changes, draft) if aim else "",
        "concern": concern,
        "experience": concern.experience,
        "draft": draft,
        "groups": [(aim, changes) for aim, changes in groups if changes],
        "selection": "de" in request.GET,
    }
    return render(request, "desk/wording.html", context)


def _ruled(draft: Draft, concern: Concern, request: HttpRequest) -> Sequence[Change]:
    """What the rules propose inside the selection."""
    start, end = _selection(request)
    found = proposals(draft.text, known_acronyms(concern))
    return [one for one in found if start <= one.start and (end is None or one.end <= end)]


def _selection(request: HttpRequest) -> tuple[int, int | None]:
    """Where the chosen passage starts and ends; the whole text when there is none."""
    start, end = (request.GET.get(name, "")[:6] for name in ("de", "a"))
    if not all(bound.isascii() and bound.isdigit() for bound in (start, end)):
        return 0, None
    return int(start), int(end)


def _sealed(changes: Sequence[Change], draft: Draft) -> str:
    rows = [(c.start, c.end, c.instead, str(c.aim), c.why) for c in changes]
    return signing.dumps([draft.pk, draft.version, rows], salt=_SALT, compress=True)


def _unsealed(sealed: str, draft: Draft) -> Sequence[Change]:
    """The changes of a page we wrote for this very text; none when it is not."""
    try:
        pk, version, rows = signing.loads(sealed, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return []
    if (pk, version) != (draft.pk, draft.version):
        return []
    return [change_of(*row) for row in rows]


def _shown(text: str, change: Change) -> Shown:
    before = text[: change.start].rpartition("\n")[2]
    after = text[change.end :].partition("\n")[0]
    return Shown(change, before[-_AROUND:], text[change.start : change.end], after[:_AROUND])


def _changed(
    request: HttpRequest, concern: Concern, draft: Draft, found: Sequence[Change]
) -> HttpResponse:
    if str(draft.version) != request.POST.get("version"):
        messages.error(request, _("La réponse a changé depuis : regardez de nouveau."))
        return redirect("desk:wording", concern.experience_id, concern.rank)
    wanted = set(request.POST.getlist("change"))
    chosen = [one for one in found if f"{one.start}-{one.end}" in wanted]
    if not chosen:
        messages.info(request, _("Rien n’a été changé."))
        return to_answer(concern)
    try:
        rewording.reword(draft, chosen, agent_of(request))
    except PortevoixError as error:
        told(request, error)
    else:
        messages.success(request, _("Votre texte est changé. Relisez-le."))
    return redirect(f"{to_answer(concern).url}#reponse")
