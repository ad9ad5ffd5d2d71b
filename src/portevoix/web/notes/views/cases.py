"""Reading corrections again: which become evaluation cases."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portevoix.web.accounts.policies import NotAllowedError, Verb, may
from portevoix.web.notes import cases
from portevoix.web.notes.enums import Correction
from portevoix.web.notes.views.access import agent_of


@login_required
@require_safe
def to_review(request: HttpRequest) -> HttpResponse:
    """The corrections that nobody has read again."""
    agent = agent_of(request)
    if not may(agent, Verb.REVIEW_CASES):
        raise NotAllowedError
    shown = cases.to_review(agent)
    return render(request, "notes/corrections.html", {"shown": shown, "most": cases.SHOWN})


@login_required
@require_POST
def review(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Retain a correction, or set it aside."""
    if kind not in Correction.values:
        raise Http404
    retained = "retenir" in request.POST
    try:
        cases.review(kind, min(key, 2**62), agent_of(request), retained=retained)
    except cases.AlreadyReviewedError as error:
        messages.info(request, error.message)
    else:
        kept, aside = _("Correction retenue comme cas d’évaluation."), _("Correction écartée.")
        messages.success(request, kept if retained else aside)
    return redirect("notes:corrections")
