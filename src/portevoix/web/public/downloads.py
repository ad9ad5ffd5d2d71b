"""Tables as files that any spreadsheet opens: semicolons, a mark of UTF-8, no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from portevoix.web.experiences import queries
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import LATEST_FIRST, Filters

ROWS: Final = 5_000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def experiences(filters: Filters) -> HttpResponse:
    """The experiences of a list, the latest first; the whole is in the open data."""
    found = queries.with_concerns(queries.published(filters)).order_by(*LATEST_FIRST)
    headings = [
        _("Numéro"),
        _("Publié le"),
        _("Ressenti"),
        _("Titre"),
        _("Récit"),
        _("Services concernés"),
        _("Département"),
        _("Réponse"),
        _("Ont vécu la même chose"),
    ]
    return table("experiences", headings, (_row(shown) for shown in found[:ROWS]))


def _row(shown: Experience) -> list[str | int]:
    assert shown.published_at is not None  # noqa: S101 (a public list)
    return [
        shown.pk,
        timezone.localtime(shown.published_at).date().isoformat(),
        shown.get_feeling_display(),
        shown.published_title,
        shown.published_text,
        " | ".join(concern.name for concern in shown.concerns.all()),
        shown.departement,
        _("oui") if shown.answered else _("non"),
        shown.similar_count,
    ]


def table(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[str | float | None]]
) -> HttpResponse:
    """One table as a file to keep."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    response = HttpResponse(
        "\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8; header=present"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: str | float | None) -> str:
    """A spreadsheet would compute a text that begins as a formula: it gets an apostrophe."""
    if isinstance(value, float):
        return f"{value:.3f}".replace(".", ",")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
