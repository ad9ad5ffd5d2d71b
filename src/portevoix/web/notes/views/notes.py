"""Work on a note: what is behind a figure, sentences, themes, quotes, leads, versions."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portevoix.web.experiences.models import Experience
from portevoix.web.notes import actions, compositions, queries
from portevoix.web.notes.actions import WrittenMeanwhileError
from portevoix.web.notes.compositions import Said
from portevoix.web.notes.differences import differences
from portevoix.web.notes.enums import Choice
from portevoix.web.notes.forms import LeadForm, WordingForm
from portevoix.web.notes.models import NoteVersion, Study
from portevoix.web.notes.policies import may_edit, require_edit
from portevoix.web.notes.views.access import agent_of, study_of, version_of, word

_VERBS: Final = {
    "isoler": actions.split,
    "sortir": actions.drop,
    "remettre": actions.restore,
    "citations": actions.drop_quotes,
}


def _current(study: Study) -> NoteVersion:
    if study.current is None or not study.current.ready:
        raise Http404
    return study.current


@login_required
@require_GET
def proof(request: HttpRequest, key: int) -> HttpResponse:
    """The experiences behind a statement: in a panel beside the note, or as a page."""
    study = study_of(request, key)
    version = version_of(study, request.GET.get("version", ""))
    said = word(request.GET.get("enonce"))
    start = request.GET.get("depuis", "")
    behind = None
    if version is not None:
        behind = queries.behind(version, said, int(start) if start.isdigit()
                                and len(start) < 9 else 0)  # fmt: skip
    if version is None or behind is None:
        raise Http404
    quoting = word(request.GET.get("citer"))
    context = {
        "study": study,
        "version": version,
        "behind": behind,
        "key": said,
        "quoting": quoting if may_edit(agent_of(request), study) else "",
        "rows": [
            (one, queries.stretches(one.published_text) if quoting else ()) for one in behind.rows
        ],
    }
    template = "panel" if request.headers.get("HX-Request") else "proof"
    return render(request, f"notes/{template}.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def wording(request: HttpRequest, key: int) -> HttpResponse:
    """Write a sentence one's own way; when somebody did meanwhile, both are shown."""
    study = study_of(request, key)
    agent = agent_of(request)
    require_edit(agent, study)
    said = _said(study, word(request.GET.get("enonce")))
    if request.method == "GET":
        form = WordingForm(initial={"text": said.text, "number": said.number})
        return _wording_page(request, study, said, form)
    form = WordingForm(request.POST)
    if not form.is_valid():
        return _wording_page(request, study, said, form)
    data = form.cleaned_data
    try:
        actions.word(study, said.key, data["text"], agent, number=data["number"], over=said.machine)
    except WrittenMeanwhileError as error:
        again = WordingForm(initial={"text": data["text"], "number": error.theirs.number})
        return _wording_page(request, study, said, again, theirs=error.theirs)
    messages.success(request, _("Votre phrase est enregistrée."))
    return redirect(_anchor(study, said.key))


def _said(study: Study, key: str) -> Said:
    note = compositions.compose(study, _current(study))
    for one in (note.title, *note.sentences()):
        if one.key == key:
            return one
    raise Http404


def _wording_page(
    request: HttpRequest, study: Study, said: Said, form: WordingForm, **more: object
) -> HttpResponse:
    history = study.wordings.filter(key=said.key).select_related("by").order_by("-number")
    context = {"study": study, "said": said, "form": form, "history": history, **more}
    return render(request, "notes/wording.html", context)


def _anchor(study: Study, key: str) -> str:
    return f"{reverse('notes:study', args=[study.pk])}#{anchor(key)}"


def anchor(key: str) -> str:
    """The identifier of an item in the page of its note."""
    return "-".join(key.split("/")[:2])


@login_required
@require_POST
def theme(request: HttpRequest, key: int) -> HttpResponse:
    """Merge, split, take out or put back a theme."""
    study = study_of(request, key)
    agent = agent_of(request)
    about, verb = word(request.POST.get("theme")), request.POST.get("verbe", "")
    known = _known(study)
    if about not in known:
        raise Http404
    if verb == "fusionner":
        into = word(request.POST.get("avec"))
        if into not in known:
            raise Http404
        actions.merge(study, about, into, agent)
        return redirect(_anchor(study, into))
    if verb not in _VERBS:
        return HttpResponseBadRequest()
    _VERBS[verb](study, about, agent)
    return redirect(_anchor(study, about))


def _known(study: Study) -> set[str]:
    """The keys that people may decide of."""
    version = _current(study)
    sections = version.document["sections"]
    keys = {point["key"] for section in sections for point in section["points"]}
    return keys | set(version.themes.values_list("key", flat=True))


@login_required
@require_POST
def quote(request: HttpRequest, key: int) -> HttpResponse:
    """Illustrate a point with a sentence of a story."""
    study = study_of(request, key)
    about = word(request.POST.get("theme"))
    numbers = [request.POST.get(name, "") for name in ("experience", "debut", "fin")]
    if not all(one.isdigit() and len(one) < 16 for one in numbers):
        return HttpResponseBadRequest()
    number, begin, end = map(int, numbers)
    evidence = _current(study).evidence.filter(key=about).first()
    if evidence is None or number not in set(evidence.numbers):
        raise Http404
    story = get_object_or_404(Experience, pk=number, published_at__isnull=False)
    actions.pick_quote(study, about, story, (begin, end), agent_of(request))
    messages.success(request, _("La citation est choisie."))
    return redirect(_anchor(study, about))


@login_required
@require_POST
def judge(request: HttpRequest, key: int) -> HttpResponse:
    """Accept or refuse a lead."""
    study = study_of(request, key)
    about, choice = word(request.POST.get("piste")), request.POST.get("choix", "")
    note = compositions.compose(study, _current(study)).part("leads")
    if about not in {point.key for point in (*note.points, *note.dropped)}:
        raise Http404
    if choice not in {"", *Choice.values}:
        return HttpResponseBadRequest()
    actions.judge(study, about, choice, agent_of(request))
    return redirect(_anchor(study, about))


@login_required
@require_http_methods(["GET", "POST"])
def lead(request: HttpRequest, key: int) -> HttpResponse:
    """Write a lead of one's own."""
    study = study_of(request, key)
    agent = agent_of(request)
    require_edit(agent, study)
    pains = compositions.compose(study, _current(study)).part("pain_points").points
    form = LeadForm(request.POST or None, themes=[(p.key, p.title.text) for p in pains])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = actions.write_lead(study, data["title"], data["text"], data["theme"], agent)
        return redirect(_anchor(study, made.key))
    return render(request, "notes/lead.html", {"study": study, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """What another version changes, before it replaces the one in place."""
    study = study_of(request, key)
    agent = agent_of(request)
    version = get_object_or_404(study.versions, number=number)
    if request.method == "POST":
        if request.POST.get("choix") == "garder":
            actions.leave_aside(study, version, agent)
        else:
            actions.take(study, version, agent)
        return redirect(study)
    if not version.ready or study.current is None:
        return render(
            request,
            "notes/waiting.html",
            {"study": study, "version": version, "sentence": queries.sentence(study, version)},
        )
    people = compositions.chosen(study)
    before = compositions.compose(study, study.current, people)
    after = compositions.compose(study, version, people)
    context = {
        "study": study,
        "version": version,
        "before": before,
        "after": after,
        "differences": differences(before, after),
        "editable": may_edit(agent, study),
    }
    return render(request, "notes/compare.html", context)
