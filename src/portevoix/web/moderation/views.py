"""The moderators' space: the queue, one story, what may be done with it. One call a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, may
from portevoix.web.directory.models import Structure
from portevoix.web.experiences.models import AnswerBack, Concern, Experience
from portevoix.web.moderation import (
    actions,
    answers,
    appeals,
    holds,
    masks,
    pages,
    queries,
)
from portevoix.web.moderation.enums import Kind, ReportOutcome
from portevoix.web.moderation.figures import today
from portevoix.web.moderation.forms import AlertForm, CloseAlertForm, MessageForm, MoreMaskForm
from portevoix.web.moderation.models import Alert, Decision
from portevoix.web.moderation.pages import Forms

View = Callable[..., HttpResponse]


def moderators_only(view: View) -> View:
    """Those who may moderate, signed in; others are sent away."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(agent_of(request), Verb.MODERATE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_required(guarded)


def agent_of(request: HttpRequest) -> Agent:
    agent = request.user
    assert isinstance(agent, Agent)  # noqa: S101 (login_required)
    return agent


@moderators_only
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the most urgent first, and how the day goes."""
    agent = agent_of(request)
    wanted = request.GET.get("liste", "")
    shown = _LISTS.get(wanted, _to_read)(agent)
    shown |= {
        "wanted": wanted if wanted in _LISTS else "",
        "queue": queries.queue(),
        "to_undo": queries.to_undo(agent),
    }
    return render(request, "moderation/queue.html", shown)


def _to_read(agent: Agent) -> dict[str, Any]:
    found = queries.for_moderator(agent)
    return {"mine": found.count(), "stories": queries.shown(found), "today": today()}


_LISTS: Final[dict[str, Callable[[Agent], dict[str, Any]]]] = {
    "": _to_read,
    "alertes": lambda _agent: {"alerts": queries.open_alerts()},
    "signalements": lambda _agent: {"reports": queries.open_reports()},
    "reponses": lambda _agent: {"answers": answers.waiting()},
}


@moderators_only
@require_safe
def next_item(request: HttpRequest) -> HttpResponse:
    """Open the first story that nobody else reads."""
    return _to_next(agent_of(request))


@moderators_only
def item(request: HttpRequest, number: int) -> HttpResponse:
    """One story, and the six decisions."""
    experience = get_object_or_404(Experience, pk=number)
    if request.method == "POST":
        return _decide(request, experience)
    return _show(request, experience, Forms(open=request.GET.get("decision", "")))


def _show(request: HttpRequest, experience: Experience, forms: Forms) -> HttpResponse:
    agent = agent_of(request)
    decidable = pages.is_decidable(experience)
    hold = holds.claim(experience, agent) if decidable else None
    proposal = pages.proposal_for(experience) if decidable else queries.proposal_of(experience)
    sent = request.POST if request.method == "POST" else None
    choice = pages.choice_of(experience, proposal, sent)
    if forms.more.is_bound and forms.more.is_valid():
        _add_masks(experience, choice, forms)
    reading = pages.Reading(experience, agent, hold, proposal, choice, decidable)
    shown = pages.context(reading, forms, request.GET.get("service", "")[:120])
    return render(request, "moderation/item.html", shown)


def _add_masks(experience: Experience, choice: pages.Choice, forms: Forms) -> None:
    """Tick every place of the words that the moderator typed."""
    typed = forms.more.cleaned_data
    try:
        added = masks.find(typed["words"], typed["kind"], experience)
    except PortevoixError as error:
        forms.more.add_error("words", error.message)
        return
    choice.masks = sorted({*choice.masks, *added})
    choice.ticked |= {mask.code for mask in added}
    forms.more = MoreMaskForm()


def _decide(request: HttpRequest, experience: Experience) -> HttpResponse:
    forms = Forms(open=request.POST.get("decision", ""))
    handler = _HANDLERS.get(forms.open)
    try:
        if handler and handler(request, experience, forms):
            return _to_next(agent_of(request), leave_out=experience.pk)
    except PortevoixError as error:
        forms.error = error.message
    return _show(request, experience, forms)


def _publish(request: HttpRequest, experience: Experience, forms: Forms) -> bool:
    """As written. What was proposed for masking would stay visible: that is asked once more."""
    proposal = pages.proposal_for(experience)
    choice = pages.choice_of(experience, proposal, request.POST)
    if choice.hidden and "sure" not in request.POST:
        forms.confirm_publish = True
        return False
    actions.publish(experience, agent_of(request))
    return True


def _mask(request: HttpRequest, experience: Experience, _forms: Forms) -> bool:
    hidden = masks.read(request.POST.getlist("mask"), experience)
    if experience.public:
        actions.mask_published(experience, hidden, agent_of(request))
        appeals.close_reports(experience, ReportOutcome.MASKED, agent_of(request))
        messages.success(request, _("Le récit publié est modifié."))
    else:
        actions.mask(experience, hidden, agent_of(request))
    return True


def _ask(request: HttpRequest, experience: Experience, forms: Forms) -> bool:
    forms.ask = MessageForm(Kind.ASK, request.POST)
    if not forms.ask.ready():
        return False
    told = forms.ask.cleaned_data
    actions.ask(experience, told["reason"], told["message"], agent_of(request))
    return True


def _refuse(request: HttpRequest, experience: Experience, forms: Forms) -> bool:
    forms.refuse = MessageForm(Kind.REFUSE, request.POST)
    if not forms.refuse.ready():
        return False
    told, agent = forms.refuse.cleaned_data, agent_of(request)
    if experience.public:
        actions.withdraw_published(experience, told["reason"], told["message"], agent)
        appeals.close_reports(experience, ReportOutcome.WITHDRAWN, agent)
        messages.success(request, _("Le récit n’est plus publié."))
    else:
        actions.refuse(experience, told["reason"], told["message"], agent)
    return True


def _escalate(request: HttpRequest, experience: Experience, forms: Forms) -> bool:
    forms.escalate = AlertForm(request.POST)
    if not forms.escalate.ready():
        return False
    told = forms.escalate.cleaned_data
    message = "" if told["silent"] else told["message"]
    actions.escalate(experience, told["reason"], message, told["contacts"], agent_of(request))
    return True


def _preview(request: HttpRequest, _experience: Experience, forms: Forms) -> bool:
    """Nothing is decided: the page again, with the masks as they are ticked."""
    if request.POST.get("words", "").strip():
        forms.more = MoreMaskForm(request.POST)
    return False


_HANDLERS: Final[dict[str, Callable[[HttpRequest, Experience, Forms], bool]]] = {
    Kind.PUBLISH: _publish,
    Kind.MASK: _mask,
    Kind.ASK: _ask,
    Kind.REFUSE: _refuse,
    Kind.ESCALATE: _escalate,
    "preview": _preview,
}


@moderators_only
@require_POST
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """What would be published, for the page that asks while boxes are ticked."""
    experience = get_object_or_404(Experience, pk=number)
    hidden = masks.read(request.POST.getlist("mask"), experience)
    shown = {"preview": masks.apply(experience, hidden)}
    return render(request, "moderation/preview.html", shown)


@moderators_only
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's last decision back, and return to its story."""
    decision = get_object_or_404(
        Decision.objects.select_related("experience"), pk=number, moderator=agent_of(request)
    )
    try:
        actions.undo(decision, agent_of(request))
    except PortevoixError as error:
        messages.error(request, error.message)
        return redirect("moderation:queue")
    messages.success(request, _("Décision annulée. Rien n’est parti."))
    return redirect("moderation:item", decision.experience_id)


@moderators_only
@require_POST
def pass_on(request: HttpRequest, number: int) -> HttpResponse:
    """« Ce texte m'atteint »."""
    experience = get_object_or_404(Experience, pk=number)
    holds.pass_on(experience, agent_of(request))
    messages.success(
        request, _("C’est confié à un collègue. Prenez le temps qu’il vous faut avant la suite.")
    )
    return redirect("moderation:queue")


@moderators_only
@require_POST
def take_over(request: HttpRequest, number: int) -> HttpResponse:
    """Read what another person was reading."""
    holds.take_over(get_object_or_404(Experience, pk=number), agent_of(request))
    return redirect("moderation:item", number)


@moderators_only
@require_POST
def reassign(request: HttpRequest, number: int) -> HttpResponse:
    """Hand the story, or one part of it, to another service; it is still to be decided."""
    concern = get_object_or_404(
        Concern.objects.select_related("experience", "structure"),
        experience=number,
        pk=_whole_number(request.POST.get("concern")),
    )
    structure = get_object_or_404(
        Structure, pk=_whole_number(request.POST.get("structure")), active=True
    )
    try:
        actions.reassign(concern, structure, agent_of(request))
    except PortevoixError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request,
            _("Confié à : %(service)s. Il reste à décider de la publication.")
            % {"service": structure.public_name},
        )
    return redirect("moderation:item", number)


def _whole_number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


@moderators_only
@require_POST
def close_alert(request: HttpRequest, number: int) -> HttpResponse:
    """Say how an alert ended."""
    alert = get_object_or_404(Alert.objects.select_related("experience"), pk=number)
    form = CloseAlertForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites comment l’alerte s’est terminée."))
        return redirect("moderation:item", alert.experience_id)
    try:
        appeals.close_alert(alert, form.cleaned_data["outcome"], agent_of(request))
    except PortevoixError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Alerte close."))
    return redirect("moderation:item", alert.experience_id)


@moderators_only
@require_POST
def close_reports(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing to change after what readers reported."""
    experience = get_object_or_404(Experience, pk=number)
    appeals.close_reports(experience, ReportOutcome.KEPT, agent_of(request))
    messages.success(request, _("Signalement classé : le récit reste publié."))
    return redirect("moderation:queue")


@moderators_only
@require_POST
def answer_back(request: HttpRequest, number: int) -> HttpResponse:
    """Publish what an author says back to a service, masked, or not."""
    said = get_object_or_404(AnswerBack.objects.select_related("concern__experience"), pk=number)
    try:
        answers.decide(said, agent_of(request), publish=request.POST.get("decision") == "publish")
    except PortevoixError as error:
        messages.error(request, error.message)
    return redirect(f"{redirect('moderation:queue').url}?liste=reponses")


def _to_next(agent: Agent, leave_out: int | None = None) -> HttpResponse:
    number = queries.next_for(agent, leave_out)
    if number is None:
        return redirect("moderation:queue")
    return redirect("moderation:item", number)
