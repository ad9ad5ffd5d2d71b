"""Open data to download, and the page that presents it."""

from __future__ import annotations

from typing import Final, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from portevoix.opendata.writing import (
    EXPERIENCES,
    STRUCTURES,
    experiences_schema,
    structures_schema,
)
from portevoix.web.api.anonymity import measures
from portevoix.web.api.documentation import operations
from portevoix.web.api.endpoints import api
from portevoix.web.api.files import FILES, leaving, version
from portevoix.web.api.models import HOURLY
from portevoix.web.api.problems import ProblemError, told
from portevoix.web.experiences.queries import figures
from portevoix.web.ui.limits import count, limited_reads
from portevoix.web.ui.views import too_many

Answer = TypeVar("Answer", bound=HttpResponseBase)
_DOWNLOADS: Final = 30
_SCHEMAS: Final = {"experiences": experiences_schema, "structures": structures_schema}


@require_safe
@limited_reads("open-data")
def open_data(request: HttpRequest) -> HttpResponse:
    """What can be downloaded, what each column says, what was done to protect authors."""
    return render(
        request,
        "api/open_data.html",
        {
            "published": figures().published,
            "tables": (
                ("experiences", "Expériences", EXPERIENCES),
                ("structures", "Structures", STRUCTURES),
            ),
            "measures": measures(),
        },
    )


@require_safe
@limited_reads("open-data")
def documentation(request: HttpRequest) -> HttpResponse:
    """How to ask the API, read from its own schema."""
    return render(
        request,
        "api/documentation.html",
        {
            "operations": operations(api.get_openapi_schema()),
            "address": settings.PORTEVOIX_BASE_URL,
            "without_key": settings.PORTEVOIX_API_PER_MINUTE,
            "with_key": HOURLY,
        },
    )


@require_safe
def schema(_request: HttpRequest, table: str) -> HttpResponse:
    """The Table Schema of a file."""
    if table not in _SCHEMAS:
        raise Http404
    response = JsonResponse(_SCHEMAS[table](), json_dumps_params={"ensure_ascii": False})
    return _open_to_all(response)


def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """A whole file, sent as it is written; nothing when the reader has it already."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    if name not in FILES:
        raise Http404
    etag, at = version()
    modified = int(at.timestamp()) if at else None
    known = get_conditional_response(request, etag=etag, last_modified=modified)
    if known is not None:
        return known
    if count("download", request, 3600) > _DOWNLOADS:
        refused = too_many(request)
        refused["Retry-After"] = "3600"
        return refused
    response = _file(request, name)
    response["ETag"] = etag
    if modified:
        response["Last-Modified"] = http_date(modified)
    return _open_to_all(response)


def unknown(_request: HttpRequest, rest: str) -> HttpResponse:
    """An address of the API that does not exist, said as the API says things."""
    del rest
    return told(ProblemError(404, "Cette adresse n’existe pas : voir /api/."))


def _file(request: HttpRequest, name: str) -> HttpResponseBase:
    file = FILES[name]
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if packed:
        headers["Content-Encoding"] = "gzip"
    response: HttpResponseBase = (
        HttpResponse(content_type=file.content_type, headers=headers)
        if request.method == "HEAD"
        else StreamingHttpResponse(
            leaving(file.text(), packed=packed), content_type=file.content_type, headers=headers
        )
    )
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _open_to_all(response: Answer) -> Answer:
    """Open data is read by pages of other sites too: nothing of a session is in it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response
