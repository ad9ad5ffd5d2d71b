"""The journal of actions: read and filtered, never changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portevoix.web.accounts.policies import Verb
from portevoix.web.administration import queries, words
from portevoix.web.administration.forms import JournalForm
from portevoix.web.administration.queries import JournalFilters
from portevoix.web.administration.views.common import allowed, page


@allowed(Verb.READ_JOURNAL)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Who did what to what, the latest first."""
    form = JournalForm(request.GET or None)
    filters = JournalFilters(**form.cleaned_data) if form.is_valid() else JournalFilters()
    found = queries.journal(filters, request.GET.get("page", ""))
    names = queries.named(found)
    lines = [
        {
            "entry": entry,
            "verb": words.verb(entry.verb),
            "subject": words.subject(entry.subject_type),
            "who": names.get(entry.actor_id or 0, ""),
        }
        for entry in found.rows
    ]
    shown = {"form": form, "page": found, "lines": lines}
    return page(request, "journal", shown)
