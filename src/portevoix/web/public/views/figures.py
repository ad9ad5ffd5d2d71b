"""Statistics of the whole site, a network, a structure or a département."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portevoix.web.directory.queries import departement_name, find_structures
from portevoix.web.public import downloads
from portevoix.web.public.figures import ENOUGH, Figure, all_figures
from portevoix.web.public.forms import ScopeForm
from portevoix.web.replies.gathering import current
from portevoix.web.replies.statistics import Scope, Table, month_of
from portevoix.web.ui.limits import limited_reads

PERIODS: Final = {
    "12": (12, _("les 12 derniers mois")),
    "24": (24, _("les 24 derniers mois")),
    "60": (60, _("les 5 dernières années")),
}
_USUAL: Final = "24"


@require_safe
@limited_reads("statistics")
def statistics(request: HttpRequest) -> HttpResponse:
    """Volumes, feelings, delays, answers, usefulness; filters are in the address."""
    form = ScopeForm(request.GET)
    table = current()
    scope = _scope(form, table)
    measure = table.measure(scope)
    asked = request.GET.urlencode()
    figures = [replace(figure, csv_url=_csv(figure, asked)) for figure in all_figures(measure)]
    typed = form.cleaned_data.get("service") or ""
    return render(
        request,
        "public/statistics.html",
        {
            "form": form,
            "scope": scope,
            "departement": departement_name(scope.departement),
            "period": PERIODS.get(form.cleaned_data.get("periode") or "", PERIODS[_USUAL])[1],
            "measure": measure,
            "figures": figures,
            "enough": ENOUGH,
            "made_at": table.made_at,
            "silent_since": _day(scope.until) if scope.until < month_of(table.made_at) else None,
            "unsettled": bool(typed) and scope.structure is None,
            "proposals": find_structures(typed, scope.network, 6)
            if typed and scope.structure is None
            else (),
        },
    )


@require_safe
@limited_reads("statistics")
def statistics_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The figures of one chart."""
    table = current()
    measure = table.measure(_scope(ScopeForm(request.GET), table))
    figure = next((one for one in all_figures(measure) if one.key == key), None)
    if figure is None:
        raise Http404
    return downloads.table(f"statistiques-{key}", figure.headings, figure.raw)


def _scope(form: ScopeForm, table: Table) -> Scope:
    form.is_valid()
    chosen = form.cleaned_data
    months, _words = PERIODS.get(chosen.get("periode") or "", PERIODS[_USUAL])
    since, until = table.last_months(months)
    return Scope(
        network=form.network_chosen(),
        structure=form.structure_chosen(),
        departement=chosen.get("departement") or "",
        since=since,
        until=until,
    )


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _csv(figure: Figure, asked: str) -> str:
    address = reverse("public:statistics_csv", args=[figure.key])
    return f"{address}?{asked}" if asked else address
