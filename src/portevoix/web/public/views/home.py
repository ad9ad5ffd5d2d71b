"""The first page: one question, three faces, and what became of what others told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portevoix.web.experiences import queries
from portevoix.web.replies.queries import latest_improvements, useful_share


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One question; what others lived recently; what changed; three honest figures."""
    return render(
        request,
        "public/home.html",
        {
            "latest": queries.latest(6),
            "improvements": latest_improvements(3),
            "figures": queries.figures(),
            "useful_share": useful_share(),
        },
    )
