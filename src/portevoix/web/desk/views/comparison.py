"""What the help to answer changes: two groups of stories drawn by lot, and their file."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portevoix.web.accounts.policies import NotAllowedError, Verb, may
from portevoix.web.desk.views.common import agent_of, for_agents
from portevoix.web.directory.models import Network
from portevoix.web.replies.comparison import ENOUGH, Estimate, compare, share
from portevoix.web.replies.judging import judged


@for_agents
@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures with and without the help, and whether chance could make them."""
    network = _network(request, slug)
    drafts = judged(network)
    context = {
        "network": network,
        "judged": drafts,
        "helpful": share(drafts.helpful, drafts.total),
        "reviews_cases": may(agent_of(request), Verb.REVIEW_CASES, network),
        "found": compare(network),
        "enough": ENOUGH,
        "rules": may(agent_of(request), Verb.EDIT_STRUCTURE, network),
    }
    return render(request, "desk/comparison.html", context)


@for_agents
@require_safe
def comparison_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, as a file."""
    found = compare(_network(request, slug))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="aide-a-la-reponse.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        (_("Mesure"), _("Groupe"), _("Valeur"), _("Bas (95 %)"), _("Haut (95 %)"), _("Nombre"))
    )
    for measure in found.measures:
        groups = (
            (_("avec l’aide"), measure.assisted),
            (_("sans l’aide"), measure.alone),
            (_("écart"), measure.difference),
        )
        writer.writerows((measure.label, name, *_cells(one)) for name, one in groups)
    return response


def _cells(found: Estimate | None) -> tuple[str, ...]:
    if found is None:
        return "", "", "", "0"
    return f"{found.value:.4f}", f"{found.low:.4f}", f"{found.high:.4f}", str(found.count)


def _network(request: HttpRequest, slug: str) -> Network:
    network = get_object_or_404(Network, slug=slug)
    if not may(agent_of(request), Verb.READ_FIGURES, network):
        raise NotAllowedError
    return network
