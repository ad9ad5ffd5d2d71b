"""What everyone may do about moderation: read how it works, report, contest a refusal."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portevoix.errors import PortevoixError
from portevoix.web.experiences import queries as experiences
from portevoix.web.moderation import appeals, queries
from portevoix.web.moderation.charter import words
from portevoix.web.moderation.enums import CORRECTIONS, REFUSALS, Kind, ReportSubject
from portevoix.web.moderation.figures import DAYS
from portevoix.web.moderation.figures import figures as counted
from portevoix.web.moderation.forms import AppealForm, ReportForm
from portevoix.web.ui.limits import limited

_HOUR = 3600


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How long it takes, what is decided and why; the words that authors are told."""
    rules = [(reason.label, words(Kind.REFUSE, reason)) for reason in REFUSALS]
    corrections = [(reason.label, words(Kind.ASK, reason)) for reason in CORRECTIONS]
    shown = {"figures": counted(), "days": DAYS, "rules": rules, "corrections": corrections}
    return render(request, "moderation/figures.html", shown)


@limited("report", 10, seconds=_HOUR)
def report(request: HttpRequest, number: int) -> HttpResponse:
    """A reader says that something public should be looked at again."""
    experience = experiences.one(number)
    if experience is None:
        raise Http404
    form = ReportForm(
        request.POST or None,
        initial={"subject": request.GET.get("objet", ReportSubject.STORY)},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        appeals.report(experience, told["reason"], told["message"], told["subject"])
        messages.success(request, _("Merci. Une personne va relire ce que vous signalez."))
        return redirect(experience)
    return render(request, "moderation/report.html", {"experience": experience, "form": form})


@never_cache
@limited("appeal", 10, seconds=_HOUR)
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """The author of a refused story asks another person to read it."""
    experience = experiences.by_key(token)
    if experience is None:
        raise Http404
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeals.appeal(experience, form.cleaned_data["message"])
        except PortevoixError as error:
            messages.error(request, error.message)
        else:
            messages.success(
                request, _("C’est noté. Une autre personne va relire votre récit et décider.")
            )
        return redirect("author:page", token)
    shown = {
        "form": form,
        "token": token,
        "told": queries.last_told(experience),
        "possible": queries.may_appeal(experience),
    }
    return render(request, "moderation/appeal.html", shown)
