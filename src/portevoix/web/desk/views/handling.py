"""What is done with a story beside answering it: labels, transfer, assignment, remarks, changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portevoix.errors import PortevoixError
from portevoix.web.accounts.policies import Verb, may
from portevoix.web.desk.forms import (
    AssignForm,
    CommentForm,
    ImprovementForm,
    LabelsForm,
    TransferForm,
)
from portevoix.web.desk.views.common import agent_of, concern_of, for_agents, to_answer, told
from portevoix.web.directory.models import Structure
from portevoix.web.directory.queries import find_structures
from portevoix.web.experiences import handling
from portevoix.web.experiences.models import Concern
from portevoix.web.replies import drafting
from portevoix.web.replies.models import Reply
from portevoix.web.work import actions, queries


@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
def labels(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Correct tags, procedure and channels."""
    concern = concern_of(request, number, rank, Verb.CORRECT)
    form = LabelsForm(request.POST) if request.method == "POST" else LabelsForm.of(concern)
    if request.method == "POST" and form.is_valid():
        try:
            handling.correct_labels(concern, form.labels(), agent_of(request))
        except PortevoixError as error:
            told(request, error)
        else:
            messages.success(request, _("Étiquettes corrigées."))
        return to_answer(concern)
    context = {"concern": concern, "experience": concern.experience, "form": form}
    return render(request, "desk/labels.html", context)


@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Find a service, say why, hand over; or ask it to answer too."""
    concern = concern_of(request, number, rank, Verb.REASSIGN)
    form = TransferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        structure = _structure(form.cleaned_data["to"])
        try:
            said = _hand_over(request, concern, structure, form)
        except PortevoixError as error:
            told(request, error)
        else:
            messages.success(request, said)
            return _after_transfer(request, concern)
    return render(request, "desk/transfer.html", _transfer_context(request, concern, form))


def _hand_over(
    request: HttpRequest, concern: Concern, structure: Structure, form: TransferForm
) -> str:
    given, agent = form.cleaned_data, agent_of(request)
    names = {"service": structure.public_name}
    if given["kept"]:
        handling.involve(concern, structure, agent, given["word"])
        return _("%(service)s est prévenu et répondra aussi, pour sa part.") % names
    drafting.hand_over(concern, structure, agent, given["reason"], given["word"])
    return _("Récit transféré à ce service : %(service)s. Son auteur en est averti.") % names


def _after_transfer(request: HttpRequest, concern: Concern) -> HttpResponse:
    """Back to the story while it is still in one's services, else to the list."""
    concern.refresh_from_db()
    held = may(agent_of(request), Verb.READ_AT_WORK, concern)
    return to_answer(concern) if held else redirect("desk:work")


def _structure(pk: int) -> Structure:
    if pk > 2**62:
        raise Http404
    return get_object_or_404(Structure.objects.select_related("network"), pk=pk, active=True)


def _transfer_context(
    request: HttpRequest, concern: Concern, form: TransferForm
) -> dict[str, object]:
    """`words` found by the search; a structure already chosen stands in `vers`."""
    words = request.GET.get("mots", "").replace("\0", "").strip()[:100]
    chosen = request.POST.get("to") or request.GET.get("vers", "")
    picked = None
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 18:
        picked = Structure.objects.filter(pk=int(chosen), active=True).first()
    return {
        "concern": concern,
        "experience": concern.experience,
        "form": form if form.is_bound else TransferForm(initial={"to": chosen}),
        "words": words,
        "found": find_structures(words, limit=8) if words else (),
        "picked": picked,
        "children": _children(concern),
        "others": queries.beside(concern),
        "room": len(queries.beside(concern)) + 1 < handling.MOST_SERVICES,
    }


def _children(concern: Concern) -> list[Structure]:
    """The structures just below: where a story most often goes."""
    if concern.structure is None:
        return []
    below = Structure.objects.filter(parent=concern.structure, active=True)
    return list(below.select_related("network")[:12])


@for_agents
@require_POST
def assign(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Take it, or give it to a colleague."""
    concern = concern_of(request, number, rank, Verb.READ_AT_WORK)
    agent = agent_of(request)
    if "take" in request.POST or "leave" in request.POST:
        chosen = agent if "take" in request.POST else None
    else:
        form = AssignForm(request.POST, colleagues=tuple(queries.colleagues(agent)))
        if not form.is_valid():
            messages.error(request, _("Choisissez quelqu’un dans la liste."))
            return to_answer(concern)
        chosen = form.chosen()
    try:
        handling.assign([concern], chosen, agent)
    except PortevoixError as error:
        told(request, error)
    else:
        name = chosen.name if chosen else _("personne")
        messages.success(request, _("Récit confié à %(name)s.") % {"name": name})
    return to_answer(concern)


@for_agents
@require_POST
def comment(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Leave a remark for the services concerned."""
    concern = concern_of(request, number, rank, Verb.COMMENT)
    form = CommentForm(request.POST)
    if form.is_valid():
        actions.comment(concern, form.cleaned_data["text"], agent_of(request))
        messages.success(request, _("Commentaire ajouté."))
    else:
        messages.error(request, _("Écrivez votre commentaire."))
    return to_answer(concern)


@for_agents
@require_http_methods(["GET", "HEAD", "POST"])
def improvement(request: HttpRequest, number: int, rank: int, pk: int) -> HttpResponse:
    """Announce what changes after a story, and follow it until it is done."""
    concern = concern_of(request, number, rank, Verb.ANNOUNCE_IMPROVEMENT)
    if pk > 2**62:
        raise Http404
    reply = get_object_or_404(Reply.objects.select_related("concern__experience"), pk=pk)
    if reply.concern_id != concern.pk:
        raise Http404
    form = ImprovementForm(request.POST) if request.method == "POST" else ImprovementForm.of(reply)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            drafting.announce_improvement(
                reply, given["status"], given["text"], given["on"], agent_of(request)
            )
        except drafting.NotReadyError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("C’est annoncé. L’auteur du récit en est averti."))
            return to_answer(concern)
    context = {"concern": concern, "experience": concern.experience, "form": form, "reply": reply}
    return render(request, "desk/improvement.html", context)
