"""Templates of a network, and the formulas of a structure."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, may, scope
from portevoix.web.desk.forms import FormulasForm, RulesForm, TemplateForm
from portevoix.web.desk.views.common import agent_of, for_agents, told
from portevoix.web.directory.models import Network, Structure
from portevoix.web.directory.rules import set_rules
from portevoix.web.replies import blocks
from portevoix.web.replies import queries as replies
from portevoix.web.replies.models import ReplyTemplate
from portevoix.web.runs import actions as runs


@for_agents
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """The templates of each network where this person works."""
    agent = agent_of(request)
    networks = _networks(agent)
    if not networks:
        raise PermissionDenied
    shown = [
        {
            "network": network,
            "blocks": replies.blocks_of(network),
            "writes": may(agent, Verb.WRITE_TEMPLATE, network),
            "rules": may(agent, Verb.EDIT_STRUCTURE, network),
            "figures": may(agent, Verb.READ_FIGURES, network),
        }
        for network in networks
    ]
    structures = _structures(agent)
    return render(request, "desk/templates.html", {"shown": shown, "structures": structures})


def _networks(agent: Agent) -> list[Network]:
    place = scope(agent, Verb.COMMENT)
    codes = [path.strip("/").split("/")[-1] for path in place.paths]
    through = Structure.objects.filter(code__in=codes).values_list("network", flat=True)
    return list(Network.objects.filter(pk__in={*place.networks, *through}))


def _structures(agent: Agent) -> list[Structure]:
    """The structures whose formulas this person writes: the top of each of their places."""
    place = scope(agent, Verb.VALIDATE_REPLY)
    codes = [path.strip("/").split("/")[-1] for path in place.paths]
    heads = Structure.objects.filter(network__in=place.networks, parent=None)
    return [*Structure.objects.filter(code__in=codes), *heads]


@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
def write_template(request: HttpRequest, slug: str = "", pk: int = 0) -> HttpResponse:
    """Add a template to a network, or change one."""
    agent = agent_of(request)
    template = _template(pk) if pk else None
    network = template.network if template else get_object_or_404(Network, slug=slug)
    if not may(agent, Verb.WRITE_TEMPLATE, network):
        raise PermissionDenied
    form = TemplateForm(request.POST or None, initial=_fields(template))
    if request.method == "POST" and form.is_valid():
        try:
            blocks.write_template(network, form.cleaned_data, agent, template)
        except PortevoixError as error:
            form.add_error("label", str(error))
        else:
            messages.success(request, _("Modèle enregistré."))
            return redirect("desk:templates")
    text = form["text"].value() or ""
    context = {
        "network": network,
        "template": template,
        "form": form,
        "reading": runs.plainness(text, [network.acronym]) if text else None,
    }
    return render(request, "desk/template.html", context)


def _template(pk: int) -> ReplyTemplate:
    if pk > 2**62:
        raise Http404
    return get_object_or_404(ReplyTemplate.objects.select_related("network"), pk=pk)


def _fields(template: ReplyTemplate | None) -> dict[str, str]:
    names = ("kind", "label", "text", "use", "avoid")
    return {name: getattr(template, name) for name in names} if template else {}


@for_agents
@require_POST
def delete_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a template away."""
    try:
        blocks.delete_template(_template(pk), agent_of(request))
    except PortevoixError as error:
        told(request, error)
    else:
        messages.success(request, _("Modèle supprimé."))
    return redirect("desk:templates")


@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
def formulas(request: HttpRequest, code: str) -> HttpResponse:
    """How the letters of a structure begin, end and are signed."""
    agent = agent_of(request)
    structure = get_object_or_404(Structure, code=code)
    if not may(agent, Verb.VALIDATE_REPLY, structure):
        raise PermissionDenied
    known = replies.formulas_of(structure)
    initial = {name: getattr(known, name) for name in ("salutation", "closing", "signature")}
    form = FormulasForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        blocks.write_formulas(structure, form.cleaned_data, agent)
        messages.success(request, _("Formules enregistrées."))
        return redirect("desk:templates")
    return render(request, "desk/formulas.html", {"structure": structure, "form": form})


@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Within how many days a network answers, and whether a super-agent agrees first."""
    agent = agent_of(request)
    network = get_object_or_404(Network, slug=slug)
    if not may(agent, Verb.EDIT_STRUCTURE, network):
        raise PermissionDenied
    names = ("answer_days", "validates_replies", "unassisted_percent")
    initial = {name: getattr(network, name) for name in names}
    form = RulesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_rules(network, by=agent, **form.cleaned_data)
        messages.success(request, _("Règles enregistrées."))
        return redirect("desk:templates" if may(agent, Verb.COMMENT) else "desk:home")
    return render(request, "desk/rules.html", {"network": network, "form": form})
