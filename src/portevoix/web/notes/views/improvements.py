"""Improvements: the board, a page each, what the public reads."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portevoix.errors import PortevoixError
from portevoix.web.accounts.policies import NotAllowedError, Verb, may
from portevoix.web.directory.models import Network, Structure
from portevoix.web.notes import compositions, improvements, queries, tasks
from portevoix.web.notes.enums import Choice, Status
from portevoix.web.notes.forms import ImprovementForm, MoveForm, StepForm
from portevoix.web.notes.improvements import ChangedMeanwhileError, NotYetError
from portevoix.web.notes.models import Improvement
from portevoix.web.notes.policies import in_reach
from portevoix.web.notes.views.access import agent_of, study_of, word
from portevoix.web.ui.pagination import paginate

_COLUMN: Final = 50


@login_required
@require_POST
def improve(request: HttpRequest, key: int) -> HttpResponse:
    """Make an accepted lead an improvement."""
    study = study_of(request, key)
    if study.current is None or not study.current.ready:
        raise Http404
    note = compositions.compose(study, study.current)
    about = word(request.POST.get("piste"))
    lead = next((p for p in note.part("leads").points if p.key == about), None)
    if lead is None or lead.choice != Choice.ACCEPTED:
        raise Http404
    asked = request.POST.get("reseau", "")
    chosen = Network.objects.filter(pk=asked).first() if asked.isdigit() else None
    return redirect(improvements.improve(study, lead, agent_of(request), chosen))


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Every improvement in reach, by status."""
    agent = agent_of(request)
    if not may(agent, Verb.READ_FIGURES):
        raise NotAllowedError
    found = (
        Improvement.objects.filter(in_reach(agent, Verb.READ_FIGURES))
        .defer("concerned")
        .select_related("network", "structure", "owner")
        .annotate(
            all_steps=Count("steps"), done_steps=Count("steps", Q(steps__done_on__isnull=False))
        )
    )
    mine = request.GET.get("a") == "moi"
    if mine:
        found = found.filter(owner=agent)
    columns = [
        (status, list(found.filter(status=status)[:_COLUMN]))
        for status in (Status.PROPOSED, Status.COMMITTED, Status.DONE, Status.ABANDONED)
    ]
    return render(request, "notes/board.html", {"columns": columns, "mine": mine})


def _improvement_of(request: HttpRequest, key: int) -> Improvement:
    found = get_object_or_404(
        Improvement.objects.select_related("network", "structure__network", "owner", "study"),
        pk=key,
    )
    if not may(agent_of(request), Verb.READ_FIGURES, found):
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def improvement(request: HttpRequest, key: int) -> HttpResponse:
    """One improvement: from which pain point, who, when, what changed in the figures."""
    found = _improvement_of(request, key)
    if request.method == "GET":
        return _page(request, found, _form(found))
    form = ImprovementForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    data = form.cleaned_data
    try:
        improvements.change(found, data, data["revision"], agent_of(request))
    except ChangedMeanwhileError:
        found.refresh_from_db()
        return _page(request, found, _again(request, found), meanwhile=True)
    messages.success(request, _("C’est enregistré."))
    return redirect(found)


def _form(found: Improvement) -> ImprovementForm:
    return ImprovementForm(
        initial={
            "title": found.title,
            "description": found.description,
            "owner": found.owner.email if found.owner else "",
            "due_on": found.due_on,
            "public_wording": found.public_wording,
            "revision": found.revision,
        }
    )


def _again(request: HttpRequest, found: Improvement) -> ImprovementForm:
    """What the person wrote, over the revision that somebody else saved."""
    data = request.POST.copy()
    data["revision"] = str(found.revision)
    return ImprovementForm(data)


def _page(
    request: HttpRequest, found: Improvement, form: ImprovementForm, **more: object
) -> HttpResponse:
    may_change = may(agent_of(request), Verb.ANNOUNCE_IMPROVEMENT, found)
    context = {
        "improvement": found,
        "form": form,
        "editable": may_change,
        "steps": found.steps.all(),
        "step_form": StepForm(),
        "move_form": MoveForm(),
        "effects": found.effects.all()[:6],
        "follows": improvements.FOLLOWS[found.status],
        "stories": queries.public(sorted(found.numbers, reverse=True)[:5]),
        **more,
    }
    return render(request, "notes/improvement.html", context)


@login_required
@require_POST
def move(request: HttpRequest, key: int) -> HttpResponse:
    """Commit, finish, abandon, take up again."""
    found = _improvement_of(request, key)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    data = form.cleaned_data
    try:
        improvements.move(found, data["status"], agent_of(request), data["on"], data["why"])
    except NotYetError as error:
        messages.error(request, error.message)
    else:
        _say(request, found)
    return redirect(found)


def _say(request: HttpRequest, found: Improvement) -> None:
    if found.status == Status.DONE:
        said = _("L’amélioration est réalisée. Les auteurs des récits sont prévenus par message.")
    else:
        said = _("L’amélioration est « %(status)s ».") % {
            "status": found.get_status_display().lower()
        }
    messages.success(request, said)


@login_required
@require_POST
def step(request: HttpRequest, key: int) -> HttpResponse:
    """Add a step, or tick one."""
    found = _improvement_of(request, key)
    ticked = request.POST.get("etape", "")
    if ticked.isdigit() and len(ticked) < 16:
        improvements.tick(get_object_or_404(found.steps, pk=int(ticked)), agent_of(request))
        return redirect(found)
    form = StepForm(request.POST)
    if form.is_valid():
        improvements.add_step(found, form.cleaned_data["text"], agent_of(request))
    else:
        messages.error(request, _("Écrivez l’étape à ajouter."))
    return redirect(found)


@login_required
@require_POST
def measure(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for the effect to be measured again."""
    found = _improvement_of(request, key)
    if found.status != Status.DONE or not found.expectation:
        raise PortevoixError
    tasks.measure_effect.enqueue(found.pk)
    messages.success(request, _("L’effet se mesure. Rechargez la page dans un moment."))
    return redirect(found)


@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """What services change because users asked: everywhere, in a network, in a structure."""
    structure = network = None
    if code := word(request.GET.get("structure"), 40):
        structure = get_object_or_404(Structure, code=code)
    if slug := word(request.GET.get("reseau"), 80):
        network = get_object_or_404(Network, slug=slug)
    found = queries.improvements(network, structure)
    page = paginate(found, ("-committed_on", "-pk"), request.GET.get("page", ""))
    context = {"page": page, "structure": structure, "network": network}
    return render(request, "notes/improvements.html", context)


@require_GET
def public_page(request: HttpRequest, key: int) -> HttpResponse:
    """One improvement as the public reads it."""
    found = queries.improvements().filter(pk=key).first()
    if found is None:
        raise Http404
    context = {
        "improvement": found,
        "effect": found.effects.first(),
        "stories": queries.public(sorted(found.numbers, reverse=True)[:3]),
    }
    return render(request, "notes/told.html", context)
