"""The pages of information: which collections, what imports did, what is to be checked again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portevoix.web.accounts.policies import Verb
from portevoix.web.administration.views.common import allowed, page
from portevoix.web.knowledge import queries
from portevoix.web.ui.pagination import paginate


@allowed(Verb.IMPORT)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Collections, stale pages by title, the last imports."""
    stale = paginate(queries.stale(), ("title", "pk"), request.GET.get("page", ""))
    shown = {
        "collections": queries.collections(),
        "page": stale,
        "imports": queries.imports(),
    }
    return page(request, "articles", shown)
