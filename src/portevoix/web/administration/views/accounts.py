"""Accounts: open, invite, give and take roles, close."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portevoix.web.accounts import actions, secondfactor
from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent, Membership
from portevoix.web.accounts.policies import Verb
from portevoix.web.administration import queries
from portevoix.web.administration.forms import InviteForm, RoleForm
from portevoix.web.administration.queries import AccountFilters
from portevoix.web.administration.views.common import agent_of, allowed, page, told
from portevoix.web.directory.queries import find_structures

_manage = allowed(Verb.MANAGE_ACCOUNTS)


@_manage
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The accounts that this person manages."""
    role = request.GET.get("role", "")
    filters = AccountFilters(
        words=request.GET.get("mots", "")[:100],
        role=role if role in Role.values else "",
        closed=request.GET.get("etat") == "fermes",
    )
    found = queries.accounts(agent_of(request), filters, request.GET.get("page", ""))
    shown = {"page": found, "filters": filters, "roles": Role.choices}
    return page(request, "accounts", shown)


@_manage
def invite(request: HttpRequest) -> HttpResponse:
    """Open an account with its first role, and send the link to choose a password."""
    by = agent_of(request)
    posted = request.POST if request.method == "POST" else None
    person, role = InviteForm(posted), RoleForm(by, posted)
    valid = posted is not None and all([person.is_valid(), role.is_valid()])
    if valid and told(request, lambda: _open(person, role, by), _("Invitation envoyée.")):
        return redirect("administration:accounts")
    shown = {"person": person, "role": role, **_search(request)}
    return page(request, "invite", shown)


def _open(person: InviteForm, role: RoleForm, by: Agent) -> None:
    said = person.cleaned_data
    actions.open_with_role(
        said["email"],
        said["name"],
        role.cleaned_data["role"],
        role.where,
        by=by,
        function=said["function"],
    )


def _search(request: HttpRequest) -> dict[str, object]:
    """Structures found by name, to read their code: without scripts, a second form does it."""
    words = request.GET.get("service", "")[:120]
    found = find_structures(words, limit=8) if words.strip() else ()
    return {"searched": words, "services": found}


@_manage
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One account: its roles, and a form to give another."""
    by = agent_of(request)
    person = get_object_or_404(queries.managed(by), pk=number)
    posted = request.POST if request.method == "POST" else None
    form = RoleForm(by, posted)
    if posted is not None and form.is_valid():
        role = form.cleaned_data["role"]
        if told(request, lambda: actions.grant(person, role, form.where, by), _("Rôle donné.")):
            return redirect("administration:account", number)
    shown = {
        "person": person,
        "has_second_factor": secondfactor.has_one(person),
        "form": form,
        **_search(request),
    }
    return page(request, "account", shown)


@_manage
@require_POST
def invite_again(request: HttpRequest, number: int) -> HttpResponse:
    """Send a new link to choose a password."""
    person = get_object_or_404(queries.managed(agent_of(request)), pk=number, is_active=True)
    told(request, lambda: actions.invite(person), _("Un nouveau lien est envoyé."))
    return redirect("administration:account", number)


@_manage
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Take a role back."""
    by = agent_of(request)
    membership = get_object_or_404(
        Membership.objects.select_related("agent", "structure", "network"),
        pk=number,
        agent__in=queries.managed(by),
    )
    told(request, lambda: actions.revoke(membership, by), _("Rôle retiré."))
    return redirect("administration:account", membership.agent_id)


@_manage
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Keep someone out from now on."""
    by = agent_of(request)
    person = get_object_or_404(queries.managed(by), pk=number)
    told(request, lambda: actions.close_account(person, by), _("Compte fermé."))
    return redirect("administration:account", number)


@_manage
@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Let someone in again."""
    by = agent_of(request)
    person = get_object_or_404(queries.managed(by), pk=number)
    told(request, lambda: actions.reopen_account(person, by), _("Compte rouvert."))
    return redirect("administration:account", number)
