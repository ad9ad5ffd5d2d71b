"""A note goes out: signed, shown, sent, by a private link, downloaded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portevoix.web.experiences.queries import digest
from portevoix.web.notes import actions, compositions, exports, queries
from portevoix.web.notes.enums import Visibility
from portevoix.web.notes.forms import ReadersForm, VisibilityForm
from portevoix.web.notes.models import PrivateLink, Study
from portevoix.web.notes.policies import require_edit
from portevoix.web.notes.views.access import agent_of, study_of, version_of

_TYPES: Final = {
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


@login_required
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, key: int) -> HttpResponse:
    """Who reads the note, who receives it, when it is made again; signing."""
    study = study_of(request, key)
    agent = agent_of(request)
    require_edit(agent, study)
    asked = request.POST.get("formulaire", "")
    shown = VisibilityForm(
        request.POST if asked == "lecture" else None, initial={"visibility": study.visibility}
    )
    sent = ReadersForm(
        request.POST if asked == "envoi" else None,
        initial={
            "rhythm": study.rhythm,
            "readers": "\n".join(study.readers.values_list("email", flat=True)),
        },
    )
    if asked == "lecture" and shown.is_valid():
        actions.show_to(study, shown.cleaned_data["visibility"], agent)
        messages.success(request, _("C’est enregistré."))
        return redirect("notes:share", study.pk)
    if asked == "envoi" and sent.is_valid():
        actions.send_to(study, sent.cleaned_data["readers"], agent)
        actions.schedule(study, sent.cleaned_data["rhythm"], agent)
        messages.success(request, _("C’est enregistré."))
        return redirect("notes:share", study.pk)
    context = {
        "study": study,
        "shown": shown,
        "sent": sent,
        "links": study.links.count(),
        "signature": study.signatures.first(),
        "new_link": request.session.pop(f"note-link-{study.pk}", ""),
    }
    return render(request, "notes/share.html", context)


@login_required
@require_POST
def sign(request: HttpRequest, key: int) -> HttpResponse:
    """Answer for the note as it stands."""
    study = study_of(request, key)
    actions.sign(study, agent_of(request))
    messages.success(request, _("La note est signée."))
    return redirect(study)


@login_required
@require_POST
def link(request: HttpRequest, key: int) -> HttpResponse:
    """Make a private link, shown once, or close them all."""
    study = study_of(request, key)
    if request.POST.get("choix") == "fermer":
        actions.withdraw_links(study, agent_of(request))
        messages.success(request, _("Les liens privés n’ouvrent plus la note."))
    else:
        token = actions.give_link(study, agent_of(request))
        address = request.build_absolute_uri(reverse("notes:private", args=[token]))
        request.session[f"note-link-{study.pk}"] = address
    return redirect("notes:share", study.pk)


@require_GET
def private(request: HttpRequest, token: str) -> HttpResponse:
    """A note by its private link, without an account."""
    held = (
        PrivateLink.objects.filter(token_hash=digest(token))
        .select_related("study__network", "study__structure", "study__typology", "study__current")
        .first()
    )
    if held is None:
        raise Http404
    response = _outside(request, held.study)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_GET
def published(request: HttpRequest, key: int) -> HttpResponse:
    """A note that its author made public."""
    study = (
        Study.objects.filter(pk=key, visibility=Visibility.PUBLIC)
        .select_related("network", "structure", "typology", "current")
        .first()
    )
    if study is None:
        raise Http404
    return _outside(request, study)


def _outside(request: HttpRequest, study: Study) -> HttpResponse:
    if study.current is None or not study.current.ready:
        raise Http404
    context = {
        "study": study,
        "version": study.current,
        "note": compositions.compose(study, study.current),
        "signature": study.signatures.first(),
        "sentence": queries.sentence(study, study.current),
        "outside": True,
    }
    return render(request, "notes/outside.html", context)


@login_required
@require_GET
def download(request: HttpRequest, key: int, form: str) -> HttpResponse | StreamingHttpResponse:
    """The note as a file: odt, pdf, html, json; csv holds the evidence."""
    study = study_of(request, key)
    version = version_of(study, request.GET.get("version", ""))
    if version is None or not version.ready:
        raise Http404
    name = f"note-{study.pk}-v{version.number}.{form}"
    response: HttpResponse | StreamingHttpResponse
    if form == "csv":
        rows = _csv(exports.evidence_rows(study, version))
        response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    elif form in _TYPES:
        response = HttpResponse(exports.render(study, version, form), content_type=_TYPES[form])
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Echo:
    """What `csv` writes to: gives each line back."""

    @staticmethod
    def write(line: str) -> str:
        return line


def _csv(rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    for row in rows:
        yield writer.writerow(row)
