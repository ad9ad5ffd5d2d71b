"""The list of experiences, its file and its feed; one experience and what a reader may do there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portevoix.errors import PortevoixError
from portevoix.web.directory.queries import departement_name, find_structures
from portevoix.web.experiences import likeness, queries
from portevoix.web.experiences.actions import say_same
from portevoix.web.experiences.models import AnswerBack, Experience
from portevoix.web.public import downloads, readers
from portevoix.web.public.forms import FilterForm
from portevoix.web.replies.actions import rate
from portevoix.web.replies.models import Reply
from portevoix.web.replies.queries import for_experiences, public_reply, rated_by
from portevoix.web.ui.limits import limited, limited_reads

_VOTES_AN_HOUR = 120


@require_safe
@limited_reads("list")
def experiences(request: HttpRequest) -> HttpResponse:
    """Public experiences, the latest first, by words, service, place, feeling, date, answer."""
    form = FilterForm(request.GET)
    filters = form.filters()
    typed = form.cleaned_data.get("service") or ""
    return render(
        request,
        "public/experiences.html",
        {
            "form": form,
            "filters": filters,
            "active": form.is_valid() and filters != queries.Filters(),
            "page": queries.page(filters, request.GET.get("page", "")),
            "total": queries.total(filters),
            "words": filters.words,
            "unsettled": bool(typed) and filters.structure is None,
            # Typed but not chosen: the likeliest services are offered as links.
            "proposals": find_structures(typed, filters.network, 6)
            if typed and filters.structure is None
            else (),
            "csv_rows": downloads.ROWS,
        },
    )


@require_safe
@limited("csv", 20, seconds=600, writes=False)
def experiences_csv(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, in one file."""
    return downloads.experiences(FilterForm(request.GET).filters())


@require_safe
def experience(request: HttpRequest, number: int) -> HttpResponse:
    """One story, what services answered, what they changed, and two that tell of the same."""
    shown = _public(number)
    replies = for_experiences([shown])
    reader = readers.known(request)
    concerns = list(shown.concerns.all())
    answered = {reply.concern_id for reply in replies}
    return render(
        request,
        "public/experience.html",
        {
            "experience": shown,
            "concerns": concerns,
            "today": timezone.localdate(),
            "tags": _tags(shown),
            "departement": departement_name(shown.departement),
            "waiting": [concern for concern in concerns if concern.pk not in answered],
            "replies": replies,
            "thread": _thread(replies),
            "said_same": bool(reader) and queries.said_same(shown, _same(reader, shown)),
            "rated": rated_by(replies, [_rating(reader, r.pk) for r in replies])
            if reader
            else frozenset(),
            "similar": likeness.alike(
                f"{shown.published_title} {shown.published_text}",
                networks={concern.network_id for concern in concerns},
                besides=shown.pk,
            ),
        },
    )


@require_POST
@limited("same", _VOTES_AN_HOUR, seconds=3600)
def same(request: HttpRequest, number: int) -> HttpResponse:
    """« J'ai vécu la même chose. »"""
    shown = _public(number)
    reader = readers.of(request)
    try:
        say_same(shown, _same(reader, shown))
        messages.success(request, _("C’est noté, merci : vous avez vécu la même chose."))
    except PortevoixError as error:
        messages.info(request, error.message)
    return _back(request, shown, "meme-chose", reader)


@require_POST
@limited("rate", _VOTES_AN_HOUR, seconds=3600)
def rate_reply(request: HttpRequest, number: int) -> HttpResponse:
    """« Cette réponse est-elle utile ? »"""
    reply = public_reply(number)
    if reply is None:
        raise Http404
    useful = {"oui": True, "non": False}.get(request.POST.get("utile", ""))
    reader = readers.of(request)
    try:
        if useful is None:
            messages.error(request, _("Choisissez « Oui » ou « Non »."))
        else:
            rate(reply, _rating(reader, reply.pk), useful=useful)
            messages.success(request, _("Merci, votre avis sur cette réponse est compté."))
    except PortevoixError as error:
        messages.info(request, error.message)
    return _back(request, reply.concern.experience, f"reponse-{reply.pk}", reader)


def _public(number: int) -> Experience:
    shown = queries.one(number)
    if shown is None:
        raise Http404
    return shown


def _thread(replies: Sequence[Reply]) -> list[tuple[Reply | None, AnswerBack | None]]:
    """Answers, and what the author said back once a person allowed it, in their order."""
    said: list[tuple[datetime, Reply | None, AnswerBack | None]]
    said = [(reply.published_at, reply, None) for reply in replies]
    backs = {reply.concern_id: getattr(reply.concern, "answer_back", None) for reply in replies}
    for back in backs.values():
        if back is not None and back.published_at is not None:
            said.append((back.published_at, None, back))
    return [(reply, back) for _at, reply, back in sorted(said, key=itemgetter(0))]


def _tags(shown: Experience) -> list[tuple[str, str]]:
    """The tags that the author gave, with the feeling of each."""
    names = {
        "accessibility": _("Accessibilité"),
        "information": _("Information, explication"),
        "relation": _("Relation"),
        "reactivity": _("Réactivité"),
        "simplicity": _("Simplicité, complexité"),
    }
    given = [(label, getattr(shown, name)) for name, label in names.items()]
    return [(label, feeling) for label, feeling in given if feeling]


def _same(reader: str, shown: Experience) -> str:
    return readers.voter(reader, "same", shown.pk)


def _rating(reader: str, number: int) -> str:
    return readers.voter(reader, "rate", number)


def _back(request: HttpRequest, shown: Experience, place: str, reader: str) -> HttpResponse:
    response: HttpResponseRedirect = redirect(f"{shown.get_absolute_url()}#{place}")
    readers.remember(request, response, reader)
    return response
