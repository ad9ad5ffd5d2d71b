"""The steps of a deposit. Whoever holds the key of the cookie has the draft; nothing else is asked.

Every form saves what was typed before it is checked, so that an error, a step back or a closed
page loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portevoix.web.deposit import actions, queries
from portevoix.web.deposit.actions import (
    AlreadySentError,
    ChangedSinceError,
    TooManyServicesError,
)
from portevoix.web.deposit.forms import LONGEST_STORY, SearchForm, SendForm, StoryForm
from portevoix.web.deposit.models import KEPT, Draft
from portevoix.web.deposit.qr import code_of
from portevoix.web.deposit.words import kept
from portevoix.web.directory import queries as directory
from portevoix.web.directory import suggestions
from portevoix.web.experiences.enums import Feeling
from portevoix.web.experiences.timeline import timeline
from portevoix.web.ui.limits import limited

COOKIE: Final = "__Host-brouillon" if settings.PORTEVOIX_TLS else "brouillon"
# An office where many people are helped stands behind one address: a hundred deposits an hour.
_PAGES_AN_HOUR: Final = 1_500
_SENDS_AN_HOUR: Final = 60
_TITLES: Final = {
    "start": gettext_lazy("Votre ressenti"),
    "story": gettext_lazy("Votre récit"),
    "service": gettext_lazy("Le service concerné"),
    "details": gettext_lazy("Quelques précisions"),
    "summary": gettext_lazy("Relire et envoyer"),
}
# No proxy keeps these pages; the browser may, to show them again as they were left.
_private = cache_control(private=True, no_cache=True)
View = Callable[[HttpRequest], HttpResponse]


def _page(view: View) -> View:
    """A step, never kept by a proxy; once the draft is sent, it leads to the receipt."""

    @_private
    @require_http_methods(["GET", "HEAD", "POST"])
    @limited("deposit", _PAGES_AN_HOUR, seconds=3600, writes=False)
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except AlreadySentError as error:
            messages.info(request, error.message)
            return _go("receipt")

    return guarded


@_page
def start(request: HttpRequest) -> HttpResponse:
    """How it went, in one press; a draft left before is offered again."""
    draft = held(request)
    if request.method == "POST" and request.POST.get("feeling") in Feeling.values:
        return _felt(request, draft, request.POST["feeling"])
    if _asked_feeling(request) and draft is None:
        return _go("story", request)
    begun = draft if draft and draft.text else None
    return _step(request, "start", draft, begun=begun, query=request.GET.urlencode())


def _felt(request: HttpRequest, draft: Draft | None, feeling: str) -> HttpResponse:
    if draft is not None:
        actions.tell_feeling(draft, feeling)
        return _go("story")
    _draft, token = actions.begin(
        feeling=feeling,
        origin=kept(request.GET.get("pk_campaign", "")),
        procedure=kept(request.GET.get("id_demarche", "")),
    )
    return remember(_go("story"), token)


@_page
def story(request: HttpRequest) -> HttpResponse:
    """What happened."""
    if request.method != "POST":
        draft = held(request)
        if draft is None and not _asked_feeling(request):
            return _go("start", request)
        form = StoryForm(initial={"title": draft.title, "text": draft.text} if draft else {})
        return _story_page(request, draft, form)
    draft, token = opened(request)
    draft = keep_story(draft, request).draft
    form = StoryForm({"title": draft.title, "text": draft.text})
    if "take" in request.POST:
        actions.take_other(draft, _number(request.POST["take"]))
        response: HttpResponse = _go("story")
    elif "drop" in request.POST:
        actions.drop_others(draft)
        response = _go("story")
    elif "back" in request.POST:
        response = _go("start")
    elif form.is_valid():
        actions.note_urgency(draft, queries.read(draft.text).urgency)
        response = _go("service")
    else:
        response = _story_page(request, draft, form)
    return remember(response, token)


def keep_story(draft: Draft, request: HttpRequest) -> actions.Saved:
    """Save the story as it was typed, and the feeling that a first page had chosen."""
    title, text = kept(request.POST.get("title", "")), kept(request.POST.get("text", ""))
    if draft.sent:
        actions.keep_aside(draft, title, text)
        raise AlreadySentError
    if (feeling := _asked_feeling(request)) and feeling != draft.feeling:
        draft = actions.tell_feeling(draft, feeling)
    return actions.tell_story(draft, title, text, _number(request.POST.get("version", "")))


def _story_page(request: HttpRequest, draft: Draft | None, form: StoryForm) -> HttpResponse:
    feeling = _asked_feeling(request) or (draft.feeling if draft else "")
    return _step(request, "story", draft, form=form, feeling=feeling, longest=LONGEST_STORY)


@_page
def service(request: HttpRequest) -> HttpResponse:
    """Which service: searched, suggested, or « je ne sais pas »."""
    draft = held(request)
    if draft is None:
        return _go("start")
    if request.method == "POST":
        return _service_chosen(request, draft)
    form = SearchForm(request.GET or None)
    picked = queries.chosen(draft)
    return _step(
        request,
        "service",
        draft,
        form=form,
        chosen=picked,
        full=len(picked) >= actions.MOST_SERVICES,
        suggested=[] if picked else suggestions.read_from(f"{draft.title}\n{draft.text}"),
        **_found(form),
    )


def _service_chosen(request: HttpRequest, draft: Draft) -> HttpResponse:
    said = request.POST
    try:
        if "choose" in said:
            found = directory.open_structure(_number(said["choose"]))
            if found is not None:
                actions.choose_service(draft, {"structure": found.pk})
        elif label := kept(said.get("label", "")).strip():
            actions.choose_service(draft, {"label": label[:255]})
        elif "unknown" in said:
            actions.choose_service(draft, {})
            return _go("details")
        elif "drop" in said:
            actions.drop_service(draft, _number(said["drop"]))
        elif "back" in said:
            return _go("story")
        elif draft.services:
            return _go("details")
        else:
            messages.error(request, _("Choisissez un service, ou dites que vous ne savez pas."))
    except TooManyServicesError as error:
        messages.error(request, error.message)
    return _go("service")


@_private
@require_safe
@limited("find-service", 600, seconds=60, writes=False)
def search(request: HttpRequest) -> HttpResponse:
    """The structures that some words name, as a piece of page."""
    form = SearchForm(request.GET)
    return render(request, "deposit/found.html", {"form": form, **_found(form)})


def _found(form: SearchForm) -> dict[str, Any]:
    words = form.cleaned_data.get("q", "") if form.is_bound and form.is_valid() else ""
    if not words:
        return {"words": "", "found": []}
    return {
        "words": words,
        "found": directory.find_structures(words, form.cleaned_data["reseau"], limit=8),
    }


@_page
def details(request: HttpRequest) -> HttpResponse:
    """Everything that helps and is not required."""
    draft = held(request)
    if draft is None:
        return _go("start")
    if request.method != "POST":
        return _step(request, "details", draft, form=queries.details_form(draft))
    form = queries.details_form(draft, request.POST)
    valid = form.is_valid()
    actions.tell_details(draft, form.details(), form.channels_used())
    if "back" in request.POST:
        return _go("service")
    return _go("summary") if valid else _step(request, "details", draft, form=form)


@_page
@limited("send", _SENDS_AN_HOUR, seconds=3600)
def summary(request: HttpRequest) -> HttpResponse:
    """Exactly what will be public, then the address, the consent and the sending."""
    draft, token = held_or_sent(request)
    if draft is None or draft.sent:
        return _go("receipt" if draft else "start")
    if request.method == "POST":
        draft = actions.tell_address(draft, kept(request.POST.get("email", "")).strip())
    if "back" in request.POST:
        return _go("details")
    if missing := queries.missing_step(draft):
        messages.error(request, _("Il manque cette étape avant d’envoyer votre avis."))
        return _go(missing)
    if request.method != "POST":
        return _summary_page(request, draft, SendForm(initial={"email": draft.email}))
    return _send(request, draft, token)


def _send(request: HttpRequest, draft: Draft, token: str) -> HttpResponse:
    form = SendForm(request.POST)
    if not form.is_valid():
        return _summary_page(request, draft, form)
    try:
        actions.send(draft, token, _number(request.POST.get("version", "")))
    except ChangedSinceError as error:
        messages.warning(request, error.message)
        return _go("summary")
    return remember(_go("receipt"), token)


def _summary_page(request: HttpRequest, draft: Draft, form: SendForm) -> HttpResponse:
    return _step(
        request,
        "summary",
        draft,
        form=form,
        summary=queries.summary(draft),
        alike=queries.alike(draft),
        # What would be masked is shown already.
        hints=[h for h in queries.read(draft.text).hints if h.kind != "personal_data"],
    )


@_private
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """What happens next, and the private link to keep."""
    draft, token = held_or_sent(request)
    if draft is None or not draft.sent:
        return _go("start")
    key = actions.private_key(token)
    address = request.build_absolute_uri(reverse("author:page", args=[key]))
    return render(
        request,
        "deposit/receipt.html",
        {
            "draft": draft,
            "experience": draft.experience,
            "key": key,
            "address": address,
            "code": code_of(address),
            "has_address": queries.has_address(draft),
            "steps": timeline(draft.experience) if draft.experience else (),
        },
    )


@require_POST
@limited("forget", _SENDS_AN_HOUR, seconds=3600)
def forget(request: HttpRequest) -> HttpResponse:
    """Erase the draft and start again."""
    draft = held(request)
    if draft is not None:
        actions.forget(draft)
    messages.success(request, _("Votre brouillon est effacé."))
    response = _go("start")
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
    return response


def held(request: HttpRequest) -> Draft | None:
    """The draft of this browser that is still being written."""
    draft, _token = held_or_sent(request)
    return draft if draft and not draft.sent else None


def held_or_sent(request: HttpRequest) -> tuple[Draft | None, str]:
    token = request.COOKIES.get(COOKIE, "")
    return queries.draft_of(token), token


def opened(request: HttpRequest) -> tuple[Draft, str]:
    """The draft of this browser, made when there is none.

    A page that was open before the draft was sent still holds a version: it gets the sent one.
    """
    draft, token = held_or_sent(request)
    if draft is not None and (not draft.sent or _number(request.POST.get("version", "")) > 0):
        return draft, token
    return actions.begin(
        feeling=_asked_feeling(request),
        origin=kept(request.GET.get("pk_campaign", "")),
        procedure=kept(request.GET.get("id_demarche", "")),
    )


def remember(response: HttpResponse, token: str) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        token,
        max_age=KEPT,
        path="/",
        secure=settings.PORTEVOIX_TLS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _step(request: HttpRequest, name: str, draft: Draft | None, **shown: Any) -> HttpResponse:
    number = queries.STEPS.index(name) + 1
    following = queries.STEPS[number : number + 1]
    return render(
        request,
        f"deposit/{name}.html",
        {
            "draft": draft,
            "step": name,
            "step_number": number,
            "step_count": len(queries.STEPS),
            "step_title": _TITLES[name],
            "step_after": _TITLES[following[0]] if following else "",
            **shown,
        },
    )


def _go(name: str, request: HttpRequest | None = None) -> HttpResponse:
    """To another step, with where the person came from when it is not kept yet."""
    query = request.GET.urlencode() if request else ""
    return redirect(f"{reverse(f'deposit:{name}')}{f'?{query}' if query else ''}")


def _asked_feeling(request: HttpRequest) -> str:
    feeling = request.GET.get("ressenti", "")
    return feeling if feeling in Feeling.values else ""


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
