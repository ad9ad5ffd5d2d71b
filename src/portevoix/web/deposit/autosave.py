"""What a page asks while someone writes: save, and say what was read in the text."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portevoix.web.deposit import actions, queries
from portevoix.web.deposit.actions import AlreadySentError, Saved
from portevoix.web.deposit.models import Draft
from portevoix.web.deposit.views import held, keep_story, opened, remember
from portevoix.web.deposit.words import kept, suggested_title
from portevoix.web.ui.limits import limited

SAVES_A_MINUTE: Final = 300


@never_cache
@require_POST
@limited("draft", SAVES_A_MINUTE, seconds=60, writes=False)
def save(request: HttpRequest, step: str) -> HttpResponse:
    """Keep what is typed in a step; answer with the hour, and for a story what was read in it."""
    try:
        if step == "story":
            return _story(request)
        draft = held(request)
        if draft is None:
            return JsonResponse({"gone": True}, status=409)
        return JsonResponse(_said(_other(request, step, draft)))
    except AlreadySentError as error:
        return JsonResponse({"gone": True, "saved": error.message}, status=409)


def _story(request: HttpRequest) -> HttpResponse:
    draft, token = opened(request)
    return remember(JsonResponse(answer_to(request, keep_story(draft, request))), token)


def answer_to(request: HttpRequest, saved: Saved) -> dict[str, Any]:
    """What the page is told of a story just saved: the hour, a title, hints, help."""
    reading = queries.read(saved.draft.text)
    draft = actions.note_urgency(saved.draft, reading.urgency)
    return _said(draft) | {
        "version": draft.story_version,
        "replaced": saved.replaced,
        "title": "" if draft.title else suggested_title(draft.text),
        "hints": render_to_string("deposit/hints.html", {"hints": reading.hints}, request),
        "alarm": render_to_string("deposit/emergency.html", {"draft": draft}, request),
    }


def _other(request: HttpRequest, step: str, draft: Draft) -> Draft:
    if step == "details":
        form = queries.details_form(draft, request.POST)
        form.is_valid()
        return actions.tell_details(draft, form.details(), form.channels_used())
    if step == "summary":
        return actions.tell_address(draft, kept(request.POST.get("email", "")).strip())
    raise Http404


def _said(draft: Draft) -> dict[str, Any]:
    at = timezone.localtime(draft.saved_at)
    return {
        "saved": _("Enregistré à %(hour)s h %(minute)s")
        % {"hour": at.hour, "minute": f"{at.minute:02}"}
    }
