"""What everyone may do about moderation: read how it works, report what is public."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portevoix.web.experiences import queries as experiences
from portevoix.web.moderation import appeals
from portevoix.web.moderation.charter import words
from portevoix.web.moderation.enums import CORRECTIONS, REFUSALS, Kind, ReportSubject
from portevoix.web.moderation.figures import DAYS
from portevoix.web.moderation.figures import figures as counted
from portevoix.web.moderation.forms import ReportForm
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
