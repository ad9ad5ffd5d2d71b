"""The directory: networks, the tree of structures, what a person may change in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portevoix.web.accounts.policies import Verb
from portevoix.web.administration import queries
from portevoix.web.administration.forms import MoveForm, StructureForm
from portevoix.web.administration.views.common import agent_of, allowed, page, told
from portevoix.web.directory import edits
from portevoix.web.directory.models import Network, Structure
from portevoix.web.directory.queries import find_structures

_edit = allowed(Verb.EDIT_STRUCTURE)


def _structure(request: HttpRequest, code: str) -> Structure:
    """A structure that this person may edit; elsewhere, 404: they see their networks alone."""
    found = Structure.objects.select_related("network", "typology", "parent")
    structure = get_object_or_404(found, code=code)
    if not queries.may_edit(agent_of(request), structure):
        return get_object_or_404(found.none())
    return structure


@_edit
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Networks, and a search over all their structures."""
    words = request.GET.get("mots", "")[:120]
    by = agent_of(request)
    found = find_structures(words, limit=20) if words.strip() else ()
    shown = {
        "networks": queries.networks(by),
        "words": words,
        "found": [structure for structure in found if queries.may_edit(by, structure)],
    }
    return page(request, "directory", shown)


@_edit
@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """The structures at the top of a network."""
    shown_network = get_object_or_404(Network, slug=slug)
    _require_network(request, shown_network)
    shown = {"network": shown_network, "structures": queries.heads(shown_network)}
    return page(request, "network", shown)


def _require_network(request: HttpRequest, shown: Network) -> None:
    if shown.pk not in {known.pk for known in queries.networks(agent_of(request))}:
        get_object_or_404(Network.objects.none())


@_edit
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One structure: what is above and below, what may be changed."""
    structure = _structure(request, code)
    form = StructureForm(
        request.POST if request.method == "POST" else None,
        initial={
            "public_name": structure.public_name,
            "url": structure.url,
            "mailbox": structure.mailbox,
        },
    )
    if request.method == "POST" and form.is_valid():
        changes = form.cleaned_data
        by = agent_of(request)
        if told(request, lambda: edits.change(structure, changes, by), _("Structure modifiée.")):
            return redirect("administration:structure", code)
    return _page(request, structure, form, MoveForm())


def _page(
    request: HttpRequest, structure: Structure, form: StructureForm, move_form: MoveForm
) -> HttpResponse:
    shown = {
        "structure": structure,
        "above": queries.ancestors(structure),
        "below": queries.children(structure),
        "form": form,
        "move_form": move_form,
    }
    return page(request, "structure", shown)


@_edit
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Put a structure, with all below it, under another."""
    structure = _structure(request, code)
    form = MoveForm(request.POST)
    if not form.is_valid():
        initial = {"public_name": structure.public_name}
        return _page(request, structure, StructureForm(initial=initial), form)
    parent, by = form.cleaned_data["parent"], agent_of(request)
    told(request, lambda: edits.move(structure, parent, by), _("Structure déplacée."))
    return redirect("administration:structure", code)


@_edit
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Nobody chooses it any more; its stories stay."""
    structure, by = _structure(request, code), agent_of(request)
    told(request, lambda: edits.close(structure, by), _("Structure fermée."))
    return redirect("administration:structure", code)


@_edit
@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """It may be chosen again."""
    structure, by = _structure(request, code), agent_of(request)
    told(request, lambda: edits.reopen(structure, by), _("Structure rouverte."))
    return redirect("administration:structure", code)
