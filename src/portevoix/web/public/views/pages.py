"""Pages of plain text: how it works, the charter; and the feed."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from portevoix.web.directory.queries import active_networks
from portevoix.web.experiences import queries
from portevoix.web.public.forms import FilterForm
from portevoix.web.ui.limits import limited_reads

_FEED: Final = 30


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """From a story to what changes, step by step."""
    days = sorted({network.answer_days for network in active_networks()}) or [15]
    return render(
        request, "public/how_it_works.html", {"least_days": days[0], "most_days": days[-1]}
    )


@require_safe
def charter(request: HttpRequest) -> HttpResponse:
    """What is published, what is not, and what can be done about it."""
    return render(request, "public/charter.html")


@require_safe
@limited_reads("feed")
def feed(request: HttpRequest) -> HttpResponse:
    """The experiences published last (Atom); takes the filters of the list."""
    base = settings.PORTEVOIX_BASE_URL
    made = Atom1Feed(
        title=f"{settings.PORTEVOIX_NAME} – les dernières expériences",
        link=base + reverse("public:experiences"),
        description="",
        language="fr",
        feed_url=base + request.get_full_path(),
    )
    for shown in queries.page(FilterForm(request.GET).filters(), size=_FEED):
        made.add_item(
            title=shown.published_title or f"Récit {shown.pk}",
            link=base + shown.get_absolute_url(),
            description=shown.published_text,
            pubdate=shown.published_at,
            updateddate=shown.published_at,
            categories=[concern.name for concern in shown.concerns.all()],
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
