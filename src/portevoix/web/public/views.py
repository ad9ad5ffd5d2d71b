"""Pages that anyone may read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portevoix.web.experiences import queries
from portevoix.web.experiences.queries import Filters
from portevoix.web.replies.queries import for_experiences, useful_share


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One question; what others lived recently; three honest figures."""
    return render(
        request,
        "public/home.html",
        {
            "latest": queries.latest(6),
            "figures": queries.figures(),
            "useful_share": useful_share(),
        },
    )


@require_safe
def experiences(request: HttpRequest) -> HttpResponse:
    """Public experiences, the latest first, by their words."""
    words = request.GET.get("mots", "")[:200]
    page = queries.page(Filters(words=words), request.GET.get("page", ""))
    return render(request, "public/experiences.html", {"page": page, "words": words})


@require_safe
def experience(request: HttpRequest, number: int) -> HttpResponse:
    """One story, and what services answered."""
    shown = queries.one(number)
    if shown is None:
        raise Http404
    replies = for_experiences([shown])
    return render(request, "public/experience.html", {"experience": shown, "replies": replies})
