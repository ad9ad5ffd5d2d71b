"""The private pages of a story. The key of the address is the only right that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portevoix.errors import PortevoixError
from portevoix.web.author import corrections, queries
from portevoix.web.author.forms import AddressForm, AnswerBackForm, AppealForm, RatingForm
from portevoix.web.deposit.autosave import SAVES_A_MINUTE, answer_to
from portevoix.web.deposit.forms import LONGEST_STORY, StoryForm
from portevoix.web.deposit.queries import read
from portevoix.web.experiences import actions, letters
from portevoix.web.experiences.enums import Occasion, State
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import by_key
from portevoix.web.experiences.timeline import timeline
from portevoix.web.moderation import appeals
from portevoix.web.moderation.queries import may_appeal
from portevoix.web.replies import actions as replies
from portevoix.web.replies.models import Reply
from portevoix.web.ui.limits import limited

_WRITES_AN_HOUR: Final = 60
P = ParamSpec("P")
Author = Callable[Concatenate[HttpRequest, str, Experience, P], HttpResponse]


def _author(view: Author[P]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Find the story that the key opens; say in words what its state does not allow."""

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @limited("author", _WRITES_AN_HOUR, seconds=3600)
    @wraps(view)
    def guarded(
        request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        experience = by_key(token)
        if experience is None:
            raise Http404
        try:
            return view(request, token, experience, *args, **kwargs)
        except PortevoixError as error:
            messages.error(request, error.message)
            return redirect("author:page", token)

    return guarded


@_author
def page(request: HttpRequest, token: str, experience: Experience) -> HttpResponse:
    """Where a story stands, and what its author may do."""
    return _page(request, token, experience)


def _page(
    request: HttpRequest,
    token: str,
    experience: Experience,
    *,
    failed: forms.Form | None = None,
    rank: int = 0,
    **shown: Any,
) -> HttpResponse:
    """The page, with the form that failed, if one did, as it was filled in."""
    address = queries.address_of(experience)
    why = queries.rated_why(experience)
    return render(
        request,
        "author/page.html",
        {
            "experience": experience,
            "token": token,
            "steps": timeline(experience),
            "alarm": queries.alarm_of(experience),
            "answered": [
                (
                    one,
                    [(reply, _rating_form(reply, why)) for reply in one.replies],
                    failed if one.concern.rank == rank else _back_form(one),
                )
                for one in queries.answered(experience)
            ],
            "failed": failed,
            "to_correct": queries.last_message(experience, Occasion.TO_CORRECT),
            "may_appeal": may_appeal(experience),
            "appeal_form": AppealForm(),
            "address": address,
            "address_form": AddressForm(initial={"email": address}),
            **shown,
        },
    )


def _rating_form(reply: Reply, why: dict[int, str]) -> RatingForm:
    useful = {None: "", True: "yes", False: "no"}[reply.author_found_useful]
    initial = {"useful": useful, "why": why.get(reply.pk, "")}
    return RatingForm(auto_id=f"note-{reply.pk}-%s", initial=initial)


def _back_form(one: queries.Answered) -> AnswerBackForm | None:
    return None if one.said_back else AnswerBackForm(auto_id=f"retour-{one.concern.rank}-%s")


@_author
def correct(request: HttpRequest, token: str, experience: Experience) -> HttpResponse:
    """Change a story that a moderator gave back."""
    corrections.require_given_back(experience)
    draft = corrections.typed(token)
    shown = draft or experience
    form = StoryForm(initial={"title": shown.title, "text": shown.text})
    if request.method == "POST":
        draft = corrections.keep(request, token).draft
        form = StoryForm({"title": draft.title, "text": draft.text})
        if form.is_valid():
            corrections.send(experience, token, **form.cleaned_data)
            messages.success(
                request, _("Votre récit corrigé est envoyé. Une personne va le relire.")
            )
            return redirect("author:page", token)
    return render(
        request,
        "author/correct.html",
        {
            "experience": experience,
            "token": token,
            "draft": draft,
            "form": form,
            "longest": LONGEST_STORY,
            "asked": queries.last_message(experience, Occasion.TO_CORRECT),
            "hints": read(str(form["text"].value() or "")).hints,
        },
    )


@never_cache
@require_POST
@limited("draft", SAVES_A_MINUTE, seconds=60, writes=False)
def save_correction(request: HttpRequest, token: str) -> HttpResponse:
    """Keep a correction while it is typed."""
    experience = by_key(token)
    if experience is None:
        raise Http404
    if experience.state != State.TO_CORRECT:
        return JsonResponse({"gone": True, "saved": actions.WrongStateError().message}, status=409)
    return JsonResponse(answer_to(request, corrections.keep(request, token)))


@_author
def withdraw(request: HttpRequest, token: str, experience: Experience) -> HttpResponse:
    """Take a story back, after one more question."""
    if experience.state == State.WITHDRAWN:
        return redirect("author:page", token)
    if request.method == "POST":
        actions.withdraw(experience)
        messages.success(request, _("Votre récit est retiré et ses mots sont effacés."))
        return redirect("author:page", token)
    return render(request, "author/withdraw.html", {"experience": experience, "token": token})


@_author
def address(request: HttpRequest, token: str, experience: Experience) -> HttpResponse:
    """Say where to be told what happens next, or nowhere."""
    form = AddressForm(request.POST)
    if request.method != "POST":
        return redirect("author:page", token)
    if not form.is_valid():
        return _page(request, token, experience, failed=form, address_form=form)
    email = form.cleaned_data["email"]
    if email:
        letters.reach_at(experience, email)
        messages.success(request, _("Nous vous écrirons à cette adresse. Un premier message part."))
    else:
        actions.forget_address(experience)
        messages.success(request, _("Nous ne vous écrirons plus."))
    return redirect("author:page", token)


@_author
def appeal(request: HttpRequest, token: str, experience: Experience) -> HttpResponse:
    """Ask that another person reads a refused story."""
    form = AppealForm(request.POST)
    if request.method != "POST":
        return redirect("author:page", token)
    if not form.is_valid():
        return _page(request, token, experience, failed=form, appeal_form=form)
    appeals.appeal(experience, form.cleaned_data["message"])
    messages.success(request, _("C’est noté. Une autre personne va relire votre récit."))
    return redirect("author:page", token)


@_author
def rate(request: HttpRequest, token: str, experience: Experience, number: int) -> HttpResponse:
    """Say whether an answer helped, and why."""
    reply = get_object_or_404(Reply, pk=number, concern__experience=experience)
    form = RatingForm(request.POST)
    if request.method == "POST" and form.is_valid():
        useful = form.cleaned_data["useful"] == "yes"
        replies.rate_as_author(reply, useful=useful, why=form.cleaned_data["why"])
        messages.success(request, _("Merci, votre avis sur cette réponse est enregistré."))
    elif request.method == "POST":
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    return redirect("author:page", token)


@_author
def answer_back(
    request: HttpRequest, token: str, experience: Experience, rank: int
) -> HttpResponse:
    """Say something back, once, to a service that answered."""
    concern = get_object_or_404(experience.concerns, rank=rank)
    form = AnswerBackForm(request.POST, auto_id=f"retour-{rank}-%s")
    if request.method != "POST":
        return redirect("author:page", token)
    if not form.is_valid():
        return _page(request, token, experience, failed=form, rank=rank)
    actions.answer_back(concern, form.cleaned_data["text"])
    messages.success(
        request, _("Votre message est envoyé. Une personne le relit avant de le publier.")
    )
    return redirect("author:page", token)
