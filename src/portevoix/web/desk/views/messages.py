"""The e-mails an agent receives: how often, and how to stop them in one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portevoix.web.desk.forms import RhythmForm
from portevoix.web.desk.views.common import agent_of, for_agents
from portevoix.web.work import actions, queries
from portevoix.web.work.enums import Rhythm


@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
def rhythm(request: HttpRequest) -> HttpResponse:
    """How often to be told what waits."""
    agent = agent_of(request)
    current = queries.rhythm_of(agent)
    form = RhythmForm(request.POST or None, initial={"rhythm": current.rhythm})
    if request.method == "POST" and form.is_valid():
        actions.choose_rhythm(agent, form.cleaned_data["rhythm"])
        messages.success(request, _("C’est noté."))
        return redirect("desk:home")
    return render(request, "desk/rhythm.html", {"form": form, "agent": agent})


# Mail programs post here by themselves (RFC 8058), without a cookie: the key is the right.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """Stop the e-mails of whoever holds the key; a GET asks first, since robots open links."""
    agent = actions.agent_of(key)
    if agent is None:
        raise Http404
    done = request.method == "POST"
    if done:
        actions.choose_rhythm(agent, Rhythm.NEVER)
    return render(request, "desk/unsubscribe.html", {"done": done})
