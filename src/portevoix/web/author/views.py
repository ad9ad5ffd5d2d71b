"""The private pages of a story. The key of the address is the only right that is asked for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import by_key
from portevoix.web.experiences.timeline import timeline


@never_cache
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Where a story stands, and what its author may do."""
    experience = _own(token)
    return render(
        request,
        "author/page.html",
        {"experience": experience, "token": token, "steps": timeline(experience)},
    )


def _own(token: str) -> Experience:
    experience = by_key(token)
    if experience is None:
        raise Http404
    return experience
