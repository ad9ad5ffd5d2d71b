"""« Vous l'avez demandé, on l'a fait »: what services changed after a story."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portevoix.web.notes.queries import after_many
from portevoix.web.public.forms import ScopeForm
from portevoix.web.replies.enums import Improvement
from portevoix.web.replies.queries import IMPROVED_FIRST, improvements
from portevoix.web.ui.limits import limited_reads
from portevoix.web.ui.pagination import paginate

_STATUS = {"engagees": Improvement.COMMITTED}


@require_safe
@limited_reads("done")
def done(request: HttpRequest) -> HttpResponse:
    """What is done, or promised (`?etat=engagees`), everywhere or for one service."""
    form = ScopeForm(request.GET)
    form.is_valid()
    status = _STATUS.get(request.GET.get("etat", ""), Improvement.DONE)
    network, structure = form.network_chosen(), form.structure_chosen()
    found = improvements(status, network=network, structure=structure)
    return render(
        request,
        "public/done.html",
        {
            "form": form,
            "status": status,
            "network": network,
            "structure": structure,
            "together": after_many(status == Improvement.DONE, network, structure),
            "page": paginate(found, IMPROVED_FIRST[status], request.GET.get("page", "")),
        },
    )
