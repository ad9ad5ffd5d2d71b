"""Judging a proposed answer, and reading the judgements again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portevoix.errors import PortevoixError
from portevoix.web.accounts.policies import Verb, may
from portevoix.web.desk.judging_forms import HELPS, JudgementForm, ReviewForm
from portevoix.web.desk.views.common import agent_of, concern_of, for_agents, to_answer, told
from portevoix.web.replies import judging
from portevoix.web.replies import queries as replies
from portevoix.web.ui.pagination import paginate

_A_PAGE = 10


@for_agents
@require_POST
def judge(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Say whether the last proposal helps."""
    concern = concern_of(request, number, rank, Verb.ANSWER)
    proposal = replies.proposal_of(concern)
    form = JudgementForm(request.POST)
    if proposal is None or not form.is_valid():
        messages.error(request, _("Cet avis n’a pas pu être gardé : il est trop long."))
        return to_answer(concern)
    proposal.concern = concern
    try:
        judging.judge(
            proposal,
            agent_of(request),
            helpful=request.POST.get("utile") == HELPS,
            faults=form.cleaned_data["faults"],
            comment=form.cleaned_data["comment"],
        )
    except PortevoixError as error:
        told(request, error)
    else:
        messages.success(request, _("Merci, votre avis sur ce brouillon est gardé."))
    return redirect(f"{to_answer(concern).url}#assistance")


@for_agents
@require_safe
def to_review(request: HttpRequest) -> HttpResponse:
    """The judgements that nobody has read again, the oldest first."""
    agent = agent_of(request)
    if not may(agent, Verb.REVIEW_CASES):
        raise PermissionDenied
    page = paginate(judging.to_review(agent), ("at", "pk"), request.GET.get("page", ""), _A_PAGE)
    shown = [(judgement, ReviewForm(judgement)) for judgement in page.rows]
    return render(request, "desk/judgements.html", {"page": page, "shown": shown})


@for_agents
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Retain a judgement as a case, or set it aside."""
    agent = agent_of(request)
    judgement = get_object_or_404(judging.to_review(agent), pk=min(pk, 2**62))
    form = ReviewForm(judgement, request.POST)
    if not form.is_valid():
        messages.error(
            request, " ".join(str(error) for found in form.errors.values() for error in found)
        )
        return redirect("desk:judgements")
    retained = "retenir" in request.POST
    try:
        judging.review(
            judgement,
            agent,
            retained=retained,
            faulty=form.cleaned_data.get("faulty", ()),
            page=form.cleaned_data.get("page", ""),
        )
    except PortevoixError as error:
        told(request, error)
    else:
        kept, aside = _("Avis retenu comme cas d’évaluation."), _("Avis écarté.")
        messages.success(request, kept if retained else aside)
    return redirect("desk:judgements")
