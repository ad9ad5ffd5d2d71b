"""« Chercher dans les pages d’information »: a question, the passages that answer, one page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.knowledge import queries
from portevoix.web.knowledge.forms import AskForm

View = Callable[..., HttpResponse]


def _for_readers(view: View) -> View:
    """Signed in, with a role that answers people or brings articles in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.may_read(_agent(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(guarded)


def _agent(request: HttpRequest) -> Agent:
    agent = request.user
    assert isinstance(agent, Agent)  # noqa: S101 (login_required)
    return agent


@_for_readers
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Ask the pages a question; what answers is quoted, and nothing is made up."""
    asked = "question" in request.GET
    form = AskForm(request.GET if asked else None)
    if not asked:
        form.fields["network"].initial = queries.network_of(_agent(request))
    answers = None
    if asked and form.is_valid():
        try:
            answers = queries.ask(form.cleaned_data["question"], form.cleaned_data["network"])
        except PortevoixError as error:
            form.add_error("question", error.message)
    shown = {"form": form, "answers": answers, "count": queries.count()}
    return render(request, "knowledge/search.html", shown)


@_for_readers
@require_safe
def read(request: HttpRequest, number: int) -> HttpResponse:
    """One page, whole, with its date and its address."""
    if number >= 2**63:
        raise Http404
    found = queries.article(number)
    if found is None:
        raise Http404
    return render(request, "knowledge/article.html", {"article": found})
