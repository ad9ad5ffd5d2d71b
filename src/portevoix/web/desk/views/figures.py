"""The dashboard: what needs attention, then charts, each with its table and its file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError, Verb, may
from portevoix.web.desk import drawings
from portevoix.web.desk.figures import SMALL, Asked, Figures, attention, figures
from portevoix.web.desk.views.common import agent_of, for_agents
from portevoix.web.directory.models import Network, Structure
from portevoix.web.directory.queries import departement_choices, departements
from portevoix.web.experiences.queries import silent_since
from portevoix.web.notes.forms import day_field, last_year_told, places

# Overseas collectivities: their outlines are not published with those of the départements.
_UNMAPPED: Final = frozenset({"975", "977", "978", "986", "987", "988"})


class PlaceForm(forms.Form):
    """What is looked at; the address says it all, so that it can be sent."""

    lieu = forms.ChoiceField(label=_("Service"), required=False)
    departement = forms.ChoiceField(label=_("Département"), required=False)
    du = day_field(_("Du"))
    au = day_field(_("Au"))

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = places(agent, Verb.READ_FIGURES)
        self.first = choices[0][0] if choices else ""
        fields: Any = self.fields
        fields["lieu"].choices = choices
        fields["departement"].choices = [
            ("", _("toute la France")),
            *departement_choices(),
        ]

    def asked(self) -> Asked:
        data = self.cleaned_data
        network = structure = None
        departement = data["departement"]
        kind, _sep, key = (data["lieu"] or self.first).partition(":")
        if kind == "reseau":
            network = Network.objects.filter(pk=key).first()
        elif kind == "structure":
            structure = Structure.objects.select_related("network").filter(pk=key).first()
        elif kind == "departement":
            departement = key
        return Asked(network, structure, departement, data["du"], data["au"])


def _form(request: HttpRequest) -> PlaceForm:
    agent = agent_of(request)
    if not may(agent, Verb.READ_FIGURES):
        raise NotAllowedError
    data = request.GET.copy()
    if not {"du", "au"} & set(data):
        year = last_year_told()
        data["du"] = year["start"].isoformat()
    form = PlaceForm(data, agent=agent)
    if not data.get("lieu"):
        data["lieu"] = form.first
    return form


@for_agents
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures of one place and period."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "desk/figures.html", {"form": form}, status=200)
    asked = form.asked()
    found = figures(asked)
    own = str(asked.structure.pk) if asked.structure else ""
    context = {
        "form": form,
        "silent_since": silent_since(),
        "asked": asked,
        "figures": found,
        "attention": attention(found),
        "columns": drawings.columns(found.months),
        "lines": drawings.lines(found.pains()),
        "pains": [label for label, _count, _shares in found.pains()],
        "pain_rows": _pain_rows(found),
        "areas": drawings.areas(found.departements),
        "funnel": drawings.funnel(found.peers, own),
        "small": SMALL,
        "negatives": found.feeling("negative") / found.total if found.total else None,
        "votes": found.useful + found.useless,
        "every": [place.code for place in departements() if place.code not in _UNMAPPED],
    }
    return render(request, "desk/figures.html", context)


def _pain_rows(found: Figures) -> list[tuple[Any, list[float]]]:
    pains = found.pains()
    return [
        (month.start, [shares[i] for _label, _count, shares in pains])
        for i, month in enumerate(found.months)
    ]


@for_agents
@require_safe
def table(request: HttpRequest, what: str) -> HttpResponse:
    """The numbers of one chart as a file."""
    form = _form(request)
    if what not in _TABLES or not form.is_valid():
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{what}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerows(_TABLES[what](figures(form.asked())))
    return response


Rows = Iterable[tuple[Any, ...]]


def _months(found: Figures) -> Rows:
    yield _("Mois"), _("Positif"), _("Neutre"), _("Négatif")
    for month in found.months:
        yield month.start.strftime("%Y-%m"), month.positive, month.neutral, month.negative


def _pains(found: Figures) -> Rows:
    yield (_("Mois"), *(label for label, _count, _shares in found.pains()))
    for start, shares in _pain_rows(found):
        yield (start.strftime("%Y-%m"), *(f"{share:.4f}" for share in shares))


def _spots(found: Figures) -> Rows:
    yield _("Code"), _("Département"), _("Récits"), _("Négatifs")
    for spot in found.departements:
        if spot.total >= SMALL:
            yield spot.key, spot.name, spot.total, spot.negative


def _services(found: Figures) -> Rows:
    yield _("Service"), _("Récits"), _("Négatifs")
    for spot in found.peers:
        name = f"'{spot.name}" if spot.name[:1] in "=+-@" else spot.name
        yield name, spot.total, spot.negative


_TABLES: Final = {
    "mois": _months,
    "attentes": _pains,
    "departements": _spots,
    "services": _services,
}
