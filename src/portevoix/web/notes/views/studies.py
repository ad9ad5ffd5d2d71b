"""Studies: the list, the sentence that makes one, the note while it is made."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portevoix.web.accounts.policies import Verb, may
from portevoix.web.notes import actions, compositions, queries
from portevoix.web.notes.enums import Side
from portevoix.web.notes.forms import StudyForm
from portevoix.web.notes.models import NoteVersion, Study
from portevoix.web.notes.policies import may_edit, visible
from portevoix.web.notes.views.access import agent_of, require_studies, study_of, version_of
from portevoix.web.ui.pagination import paginate


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The studies that one may read, the latest first."""
    agent = agent_of(request)
    found = (
        Study.objects.filter(visible(agent))
        .distinct()
        .select_related("network", "structure", "typology", "author")
        .prefetch_related(Prefetch("versions", NoteVersion.objects.defer("document")))
    )
    page = paginate(found, ("-created_at", "-pk"), request.GET.get("page", ""))
    return render(request, "notes/studies.html", {"page": page})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One sentence with editable words."""
    agent = require_studies(request)
    form = StudyForm(request.POST or None, agent=agent)
    if request.method == "POST" and form.is_valid():
        study = form.study()
        actions.start(study, agent)
        return redirect(study)
    return render(request, "notes/new.html", {"form": form})


@login_required
@require_GET
def study(request: HttpRequest, key: int) -> HttpResponse:
    """The note, or how far it is."""
    found = study_of(request, key)
    version = version_of(found, request.GET.get("version", ""))
    if version is None or not version.ready:
        return _waiting(request, found, version)
    note = compositions.compose(found, version)
    newest = found.versions.exclude(pk=version.pk).filter(number__gt=version.number).first()
    return render(
        request,
        "notes/note.html",
        {
            "study": found,
            "networks": found.networks if found.other_networks else (),
            "version": version,
            "note": note,
            "newest": newest,
            "editable": may_edit(agent_of(request), found) and version.pk == found.current_id,
            "improvable": may(agent_of(request), Verb.ANNOUNCE_IMPROVEMENT, found),
            "signature": found.signatures.first(),
            "themed": set(Side.values),
            "sentence": queries.sentence(found, version),
        },
    )


def _waiting(request: HttpRequest, found: Study, version: NoteVersion | None) -> HttpResponse:
    context = {
        "study": found,
        "version": version,
        "sentence": queries.sentence(found, version),
        "editable": may_edit(agent_of(request), found),
    }
    if request.headers.get("HX-Request"):
        return render(request, "notes/progress.html", context)
    return render(request, "notes/waiting.html", context)


@login_required
@require_GET
def progress(request: HttpRequest, key: int) -> HttpResponse:
    """How far a note is, alone; when it is ready the page is loaded again."""
    found = study_of(request, key)
    version = version_of(found, request.GET.get("version", ""))
    if version is not None and version.ready:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return _waiting(request, found, version)


@login_required
@require_POST
def remake(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for a new version."""
    found = study_of(request, key)
    version = actions.remake(found, agent_of(request))
    return redirect("notes:compare", found.pk, version.number)
