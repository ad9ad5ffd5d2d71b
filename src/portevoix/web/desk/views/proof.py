"""« Comment cette réponse a été écrite »: what the machine proposed, what people did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portevoix.web.accounts.policies import Verb
from portevoix.web.desk.views.common import concern_of, for_agents
from portevoix.web.replies.models import Reply
from portevoix.web.replies.tracing import trace


@for_agents
@require_safe
def proof(request: HttpRequest, number: int, rank: int, pk: int) -> HttpResponse:
    """The trace of one published answer, for those who answer for what a service says."""
    concern = concern_of(request, number, rank, Verb.VALIDATE_REPLY)
    reply = get_object_or_404(Reply.objects.filter(concern=concern), pk=min(pk, 2**62))
    reply.concern = concern
    shown = {"concern": concern, "experience": concern.experience, "trace": trace(reply)}
    return render(request, "desk/proof.html", shown)
