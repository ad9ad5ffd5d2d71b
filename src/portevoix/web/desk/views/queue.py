"""« À traiter »: the list, its filters in the address, assignment of many, saved searches."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portevoix.errors import PortevoixError
from portevoix.web.accounts.policies import NotAllowedError, Verb, may, scope
from portevoix.web.desk.forms import TAG_LABELS, AssignForm, SearchNameForm
from portevoix.web.desk.views.common import agent_of, for_agents, told
from portevoix.web.experiences import handling
from portevoix.web.experiences.enums import Feeling
from portevoix.web.experiences.models import Concern
from portevoix.web.experiences.queries import within
from portevoix.web.work import actions, queries
from portevoix.web.work.enums import Deadline, Holder, Step
from portevoix.web.work.queries import Wanted

_MOST_AT_ONCE = 100


@for_agents
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What waits, the nearest deadline first."""
    agent = agent_of(request)
    if not scope(agent, Verb.READ_AT_WORK):
        raise NotAllowedError
    wanted = Wanted.read(request.GET.dict())
    colleagues = tuple(queries.colleagues(agent))
    return render(
        request,
        "desk/work.html",
        {
            "wanted": wanted,
            "page": queries.page(agent, wanted, request.GET.get("page", "")),
            "total": queries.total(agent, wanted),
            "steps": _steps(queries.steps(agent), wanted),
            "filters": _choices(),
            "structures": queries.structures_of(agent),
            "colleagues": colleagues,
            "assigns": may(agent, Verb.ASSIGN),
            "assign_form": AssignForm(colleagues=colleagues),
            "searches": queries.saved_searches(agent),
            "search_form": SearchNameForm(initial={"query": _query(request)}),
            "query": _query(request),
        },
    )


def _steps(counted: dict[Step, int], wanted: Wanted) -> list[dict[str, object]]:
    return [
        {
            "label": step.label,
            "address": f"{reverse('desk:work')}?{urlencode({'etape': step.value})}",
            "current": step == wanted.step,
            "number": counted.get(step),
        }
        for step in Step
    ]


def _choices() -> dict[str, object]:
    return {
        "feelings": Feeling.choices,
        "deadlines": Deadline.choices,
        "holders": Holder.choices,
        "tags": tuple(TAG_LABELS.items()),
    }


def _query(request: HttpRequest) -> str:
    """The filters of the address, without the page one has reached."""
    given = request.GET.copy()
    given.pop("page", None)
    return given.urlencode()[:500]


@for_agents
@require_safe
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The same list, whole, as a table; public words only."""
    agent = agent_of(request)
    if not scope(agent, Verb.READ_AT_WORK):
        raise NotAllowedError
    rows = queries.rows(agent, Wanted.read(request.GET.dict()))
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="a-traiter.csv"'
    return response


def _lines(rows: Iterable[Concern]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    head = ["Numéro", "Titre", "Service", "Ressenti", "Publié le", "Réponse attendue le"]
    # The mark by which spreadsheets know that accents are UTF-8.
    yield "\ufeff" + writer.writerow([*head, "Étape", "Confié à", "Adresse"])
    for row in rows:
        told = row.experience
        yield writer.writerow(
            [
                told.pk,
                _plain(told.published_title),
                _plain(row.name),
                told.get_feeling_display(),
                timezone.localdate(row.published_at).isoformat(),
                row.due_on,
                row.get_state_display(),
                _plain(row.assigned_to.name) if row.assigned_to else "",
                settings.PORTEVOIX_BASE_URL + reverse("desk:answer", args=[told.pk, row.rank]),
            ]
        )


class _Echo:
    """A file that gives back what is written in it, line by line."""

    def write(self, line: str) -> str:
        return line


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in set("=+-@\t\r") else cell


@for_agents
@require_POST
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the ticked parts to someone, or to nobody."""
    agent = agent_of(request)
    form = AssignForm(request.POST, colleagues=tuple(queries.colleagues(agent)))
    ticked = [key for key in request.POST.getlist("part") if key.isascii() and key.isdigit()]
    if not form.is_valid() or not ticked:
        messages.error(request, _("Cochez au moins un récit, puis choisissez à qui le confier."))
        return _back(request)
    mine = Concern.objects.filter(within(scope(agent, Verb.ASSIGN)), published_at__isnull=False)
    chosen = mine.filter(pk__in=[int(key) for key in ticked[:_MOST_AT_ONCE] if len(key) < 18])
    rows = chosen.select_related("experience", "structure", "network")
    try:
        number = handling.assign(rows, form.chosen(), agent)
    except PortevoixError as error:
        told(request, error)
    else:
        messages.success(
            request,
            ngettext("%(n)s récit confié.", "%(n)s récits confiés.", number) % {"n": number},
        )
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the same list: its filters come back with the form, never an address."""
    query = request.POST.get("query", "")[:500]
    return redirect(f"{reverse('desk:work')}?{query}" if query else reverse("desk:work"))


@for_agents
@require_POST
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep these filters under a name."""
    form = SearchNameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Donnez un nom à cette recherche."))
        return _back(request)
    given = form.cleaned_data
    try:
        actions.save_search(agent_of(request), given["name"], given["query"])
    except PortevoixError as error:
        told(request, error)
    else:
        messages.success(request, _("Recherche enregistrée."))
    return _back(request)


@for_agents
@require_POST
def forget_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved search."""
    actions.forget_search(agent_of(request), pk)
    return redirect("desk:work")
