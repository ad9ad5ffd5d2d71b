"""« Répondre »: the story and past exchanges at left, the answer at right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, may
from portevoix.web.desk.checks import check
from portevoix.web.desk.forms import AssignForm, CommentForm, DraftForm, SendBackForm
from portevoix.web.desk.judging_forms import JudgementForm
from portevoix.web.desk.views.common import agent_of, concern_of, for_agents, to_answer, told
from portevoix.web.desk.views.wording import to_wording
from portevoix.web.experiences.actions import WrongStateError
from portevoix.web.experiences.enums import ConcernState
from portevoix.web.experiences.models import Concern
from portevoix.web.replies import drafting, judging, lots, proposing
from portevoix.web.replies import queries as replies
from portevoix.web.replies.enums import DraftState
from portevoix.web.replies.models import Draft, SetAside
from portevoix.web.ui.templatetags.ui import hour
from portevoix.web.work import queries


@never_cache
@for_agents
@require_safe
def answer(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """The whole of one part: what was told, said, written."""
    concern = concern_of(request, number, rank, Verb.READ_AT_WORK)
    agent = agent_of(request)
    draft = replies.draft_of(concern)
    aside = _aside(draft, agent)
    form = DraftForm.of(draft, aside.text if aside and "reprendre" in request.GET else None)
    return _page(request, concern, draft, form, aside)


def _aside(draft: Draft, agent: Agent) -> SetAside | None:
    return draft.set_aside.filter(author=agent).first() if draft.pk else None


def _page(
    request: HttpRequest, concern: Concern, draft: Draft, form: DraftForm, aside: SetAside | None
) -> HttpResponse:
    agent = agent_of(request)
    others = queries.beside(concern)
    colleagues = tuple(queries.colleagues(agent))
    screen = _screen(agent, concern, draft, writes="ecrire" in request.GET)
    published = replies.for_experiences([concern.experience])
    own = [reply for reply in published if reply.concern_id == concern.pk]
    return render(
        request,
        "desk/answer.html",
        {
            "concern": concern,
            "experience": concern.experience,
            "others": others,
            "own": own if screen == "answered" else (),
            "answer_back": queries.answer_back(concern),
            "elsewhere": [r for r in published if screen != "answered" or r not in own],
            "comments": queries.comments(concern),
            "transfers": concern.transfers.select_related("to", "by"),
            "labels": concern.channels.all(),
            "draft": draft,
            "form": form,
            "aside": aside,
            "screen": screen,
            "writer": _other_writer(draft, agent),
            "check": check(draft.whole, concern) if draft.text else None,
            "templates": replies.blocks_of(concern.network),
            **_assistance(concern, agent, screen),
            "comment_form": CommentForm(),
            "send_back_form": SendBackForm(),
            "assign_form": AssignForm(
                initial={"to": concern.assigned_to_id or ""}, colleagues=colleagues
            ),
            "may": _rights(agent, concern),
        },
    )


def _assistance(concern: Concern, agent: Agent, screen: str) -> dict[str, Any]:
    """The help of a machine, in the editor alone: its last proposal, what this agent said of it."""
    if screen != "editor":
        return {"assisted": True}
    proposal = replies.proposal_of(concern)
    judgement = judging.judgement_of(proposal, agent)
    return {
        "assisted": lots.is_assisted(concern),
        "proposal": proposal,
        "judgement": judgement,
        "judgement_form": JudgementForm.of(judgement),
    }


def _screen(agent: Agent, concern: Concern, draft: Draft, *, writes: bool) -> str:
    """What stands at right: the editor, the letter to validate, the letter that leaves, nothing."""
    validates = may(agent, Verb.VALIDATE_REPLY, concern)
    if draft.state == DraftState.LEAVING:
        return "leaving"
    if draft.state == DraftState.TO_VALIDATE:
        return ("editor" if writes else "validation") if validates else "awaiting"
    if not may(agent, Verb.ANSWER, concern):
        return "reading"
    if concern.state == ConcernState.ANSWERED and draft.pk is None and not writes:
        return "answered"
    return "editor"


def _other_writer(draft: Draft, agent: Agent) -> Agent | None:
    """A colleague who wrote here in the last ten minutes."""
    if draft.pk is None or draft.author is None or draft.author == agent:
        return None
    recent = (timezone.now() - draft.updated_at).total_seconds() < 600
    return draft.author if recent else None


def _rights(agent: Agent, concern: Concern) -> dict[str, bool]:
    verbs = (
        Verb.ANSWER,
        Verb.VALIDATE_REPLY,
        Verb.CORRECT,
        Verb.REASSIGN,
        Verb.COMMENT,
        Verb.ASSIGN,
        Verb.ANNOUNCE_IMPROVEMENT,
    )
    return {verb.value: may(agent, verb, concern) for verb in verbs}


@for_agents
@require_POST
def save(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Keep what is written; to the check before sending when it was asked for."""
    concern = concern_of(request, number, rank, Verb.READ_AT_WORK)
    form = DraftForm(request.POST)
    if not form.is_valid():
        draft = replies.draft_of(concern)
        return _page(request, concern, draft, form, _aside(draft, agent_of(request)))
    try:
        saved = _save(request, concern, form)
    except PortevoixError as error:
        told(request, error)
        return to_answer(concern)
    if saved.aside:
        return to_answer(concern)
    if "relire" in request.POST:
        return redirect("desk:preview", number, rank)
    if "ameliorer" in request.POST:
        return to_wording(request, concern)
    messages.success(request, _("Réponse enregistrée."))
    return to_answer(concern)


def _save(request: HttpRequest, concern: Concern, form: DraftForm) -> drafting.Saved:
    version = form.cleaned_data["version"]
    saved = drafting.save(concern, form.words(), version, agent_of(request))
    if not saved.aside and "aside" in request.POST:
        drafting.take_up(saved.draft, agent_of(request))
    return saved


@for_agents
@require_POST
def autosave(request: HttpRequest, number: int, rank: int) -> JsonResponse:
    """The same, said to the script of the page: the version, the hour, and what to look at."""
    concern = concern_of(request, number, rank, Verb.READ_AT_WORK)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": _("Ce texte ne peut pas être enregistré.")}, status=400)
    try:
        saved = _save(request, concern, form)
    except WrongStateError:
        return JsonResponse({"problem": _("Cette réponse vient d’être envoyée.")}, status=409)
    draft = saved.draft
    if saved.aside:
        return JsonResponse({"problem": _told_aside(draft)}, status=409)
    found = check(form.words().text, concern)
    return JsonResponse(
        {
            "version": draft.version,
            "saved": _("Enregistré à %(hour)s") % {"hour": hour(draft.updated_at)},
            "check": render_to_string("desk/check.html", {"check": found}),
        }
    )


def _told_aside(draft: Draft) -> str:
    name = draft.author.name if draft.author else _("Un collègue")
    return _(
        "%(name)s a enregistré cette réponse avant vous. Votre texte est gardé : "
        "rouvrez la page pour voir les deux."
    ) % {"name": name}


@for_agents
@require_POST
def drop_aside(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Keep the colleague's text and forget one's own."""
    concern = concern_of(request, number, rank, Verb.READ_AT_WORK)
    drafting.take_up(replies.draft_of(concern), agent_of(request))
    return to_answer(concern)


@for_agents
@require_POST
def propose(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Ask for a draft of an answer; nothing of it is in the answer until the agent takes it."""
    concern = concern_of(request, number, rank, Verb.ANSWER)
    try:
        proposing.propose(concern, agent_of(request), request.POST.get("style", ""))
    except PortevoixError as error:
        told(request, error)
    return redirect(f"{to_answer(concern).url}#assistance")


@for_agents
@require_POST
def take_up(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Put the last proposal in the answer being written."""
    concern = concern_of(request, number, rank, Verb.ANSWER)
    proposed = replies.proposal_of(concern)
    if proposed is None:
        return to_answer(concern)
    try:
        proposing.take_up(replies.draft_of(concern), proposed, agent_of(request))
    except PortevoixError as error:
        told(request, error)
    else:
        messages.success(request, _("La proposition est dans votre réponse : complétez-la."))
    return redirect(f"{to_answer(concern).url}#reponse")


@never_cache
@for_agents
@require_safe
def preview(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """The letter as its author will read it on a phone, and what to look at before it leaves."""
    concern = concern_of(request, number, rank, Verb.ANSWER)
    draft = replies.draft_of(concern)
    if draft.pk is None or draft.state not in {DraftState.WRITING, DraftState.RETURNED}:
        return to_answer(concern)
    network = concern.network
    validates = may(agent_of(request), Verb.VALIDATE_REPLY, concern)
    context: dict[str, Any] = {
        "concern": concern,
        "experience": concern.experience,
        "draft": draft,
        "check": check(draft.whole, concern),
        "blanks": drafting.blanks(draft.whole),
        "asks_validation": bool(network and network.validates_replies and not validates),
    }
    return render(request, "desk/preview.html", context)


@for_agents
@require_POST
def send(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Send the letter that was just read again, and no other."""
    concern = concern_of(request, number, rank, Verb.ANSWER)
    draft = replies.draft_of(concern)
    if str(draft.version) != request.POST.get("version"):
        messages.error(request, _("La réponse a changé depuis : relisez-la avant de l’envoyer."))
        return redirect("desk:preview", number, rank)
    if check(draft.whole, concern).asks and "checked" not in request.POST:
        messages.error(request, _("Cochez la case : avez-vous regardé ce qui est signalé ?"))
        return redirect("desk:preview", number, rank)
    try:
        draft = drafting.submit(draft, agent_of(request))
    except drafting.NotReadyError as error:
        told(request, error)
        return redirect("desk:preview", number, rank)
    except PortevoixError as error:
        told(request, error)
        return to_answer(concern)
    messages.success(request, _told_sent(draft))
    return to_answer(concern)


def _told_sent(draft: Draft) -> str:
    if draft.state == DraftState.TO_VALIDATE:
        return _("Réponse envoyée pour accord. Un super-agent la relit avant sa publication.")
    return _(
        "Réponse envoyée. Elle sera publiée à %(hour)s ; jusque-là vous pouvez la reprendre."
    ) % {"hour": hour(draft.leaves_at)}


@for_agents
@require_POST
def validate(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """A super-agent agrees."""
    concern = concern_of(request, number, rank, Verb.VALIDATE_REPLY)
    try:
        draft = drafting.validate(replies.draft_of(concern), agent_of(request))
    except PortevoixError as error:
        told(request, error)
    else:
        messages.success(request, _told_sent(draft))
    return to_answer(concern)


@for_agents
@require_POST
def send_back(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """A super-agent asks for a change."""
    concern = concern_of(request, number, rank, Verb.VALIDATE_REPLY)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites ce qu’il faut changer."))
        return to_answer(concern)
    draft = replies.draft_of(concern)
    try:
        drafting.send_back(draft, form.cleaned_data["message"], agent_of(request))
    except PortevoixError as error:
        told(request, error)
    else:
        messages.success(request, _("Réponse renvoyée à son auteur avec votre message."))
    return to_answer(concern)


@for_agents
@require_POST
def recall(request: HttpRequest, number: int, rank: int) -> HttpResponse:
    """Take a sent answer back, before it is published."""
    concern = concern_of(request, number, rank, Verb.READ_AT_WORK)
    try:
        drafting.recall(replies.draft_of(concern), agent_of(request))
    except WrongStateError:
        messages.error(request, _("Cette réponse vient d’être publiée : elle ne se reprend plus."))
    else:
        messages.success(request, _("Réponse reprise : corrigez-la, puis envoyez-la de nouveau."))
    return to_answer(concern)
