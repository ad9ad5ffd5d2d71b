"""Networks and structures in their tree, and the search that finds them."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portevoix.web.directory import queries as directory
from portevoix.web.directory.models import Network, Structure
from portevoix.web.experiences import queries
from portevoix.web.experiences.queries import Filters
from portevoix.web.replies.gathering import current
from portevoix.web.replies.queries import latest_improvements
from portevoix.web.replies.statistics import Scope
from portevoix.web.ui.limits import limited, limited_reads
from portevoix.web.ui.pagination import paginate

_PROPOSED: Final = 8
_BELOW: Final = 60
_MONTHS: Final = 24


@require_safe
@limited_reads("services")
def networks(request: HttpRequest) -> HttpResponse:
    """Every network with its stories, and a search of one service."""
    volumes = current().volumes()
    words = request.GET.get("service", "")[:120].replace("\0", "")
    return render(
        request,
        "public/networks.html",
        {
            "networks": [(one, volumes.get(one.pk, 0)) for one in directory.active_networks()],
            "words": words,
            "found": directory.find_structures(words, limit=20) if words.strip() else (),
        },
    )


@require_safe
@limited_reads("services")
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """One network: its figures, its structures, its stories, what changed."""
    shown = get_object_or_404(Network, slug=slug)
    below = _below(directory.tops(shown), request)
    context = _place(Scope(network=shown), Filters(network=shown), below)
    changed = latest_improvements(3, network=shown)
    return render(
        request, "public/network.html", {"network": shown, "improvements": changed, **context}
    )


@require_safe
@limited_reads("services")
def structure(request: HttpRequest, code: str) -> HttpResponse:
    """One structure where it stands, with all that is below it."""
    shown = directory.structure(code)
    if shown is None:
        raise Http404
    below = _below(directory.children(shown), request)
    return render(
        request,
        "public/structure.html",
        {
            "structure": shown,
            "site": _site(shown.url),
            "above": directory.ancestors(shown),
            "departement": directory.departement_name(shown.departement),
            "improvements": latest_improvements(3, structure=shown),
            **_place(Scope(structure=shown), Filters(structure=shown), below),
        },
    )


@require_safe
@limited("find", 600, seconds=60, writes=False)
def find_services(request: HttpRequest) -> JsonResponse:
    """What a search field proposes while one types."""
    words = request.GET.get("mots", "")[:120].replace("\0", "")
    found = directory.find_structures(words, limit=_PROPOSED) if words.strip() else ()
    return JsonResponse({"services": [_proposal(one) for one in found]})


def _site(url: str) -> str:
    """The address of a service, as a link: exports hold words, mails and anything else there."""
    address = url.strip()
    if address.startswith("www."):
        address = f"https://{address}"
    return address if address.startswith(("https://", "http://")) and " " not in address else ""


def _proposal(found: Structure) -> dict[str, str]:
    town = "" if found.town in found.public_name else found.town
    where = ", ".join(part for part in (found.network.name, town) if part)
    return {"code": found.code, "name": found.public_name, "where": where}


def _below(found: Any, request: HttpRequest) -> Any:
    return paginate(found, ("public_name", "pk"), request.GET.get("page", ""), _BELOW)


def _place(scope: Scope, filters: Filters, below: Any) -> dict[str, Any]:
    """What a network and a structure both show."""
    table = current()
    since, until = table.last_months(_MONTHS)
    whole = Scope(scope.network, scope.structure, since=since, until=until)
    volumes = table.volumes_below(below.rows)
    return {
        "measure": table.measure(whole),
        "made_at": table.made_at,
        "page": below,
        "below": [(one, volumes[one.pk]) for one in below],
        "latest": queries.page(filters, size=4),
    }
