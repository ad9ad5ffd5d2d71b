"""The charts of the statistics: for each its sentence, its table, its method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portevoix.note import french
from portevoix.web.replies.statistics import Measure, Month
from portevoix.web.ui.charts import Chart, Series, lines, short_month, stacked, whole_month
from portevoix.web.ui.templatetags.ui import duration, percent

# Below, a share says more of chance than of a service.
ENOUGH: Final = 5
_HOURS: Final = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart and what goes with it; without enough to count there is no chart."""

    key: str
    title: str
    sentence: str
    method: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    raw: Sequence[Sequence[Any]]
    chart: Chart | None
    csv_url: str = ""


def all_figures(measure: Measure) -> list[Figure]:
    """The three charts of a screen."""
    figures = [volumes(measure), delays(measure), answers(measure)]
    return [replace(figure, method=french.typeset(figure.method)) for figure in figures]


def volumes(measure: Measure) -> Figure:
    months = measure.months
    series = [
        Series("negative", _("Négatif"), [month.negative for month in months]),
        Series("neutral", _("Neutre"), [month.neutral for month in months]),
        Series("positive", _("Positif"), [month.positive for month in months]),
    ]
    rows = [(whole_month(m.number), m.published, m.positive, m.neutral, m.negative) for m in months]
    return Figure(
        key="volumes",
        title=_("Les récits publiés, selon le ressenti"),
        sentence=_volumes_said(measure),
        method=_(
            "Chaque récit publié compte une fois, dans le mois de sa publication. Le ressenti est "
            "celui que l’auteur a choisi lui-même, jamais une estimation."
        ),
        headings=[_("Mois"), _("Récits"), _("Positifs"), _("Neutres"), _("Négatifs")],
        rows=[(name, *(french.number(n) for n in counts)) for name, *counts in rows],
        raw=rows,
        chart=stacked(_short(months), series) if measure.published else None,
    )


def _volumes_said(measure: Measure) -> str:
    total = measure.published
    if not total:
        return _("Aucun récit n’a été publié sur cette période.")
    told = ngettext("%(n)s récit publié", "%(n)s récits publiés", total) % {
        "n": french.number(total)
    }
    if total < ENOUGH:
        return french.typeset(_("%(told)s : trop peu pour parler de parts.") % {"told": told})
    shares = [percent(measure.feeling_share(f)) for f in ("positive", "neutral", "negative")]
    return french.typeset(
        _("%(told)s : %(positive)s positifs, %(neutral)s neutres, %(negative)s négatifs.")
        % dict(zip(("told", "positive", "neutral", "negative"), (told, *shares), strict=True))
    )


def delays(measure: Measure) -> Figure:
    months = measure.months
    series = [
        Series("ninth", _("Neuf réponses sur dix"), [_days(m.p90_hours, m) for m in months]),
        Series("median", _("Une réponse sur deux"), [_days(m.median_hours, m) for m in months]),
    ]
    rows = [
        (whole_month(m.number), m.delays, _days(m.median_hours, m), _days(m.p90_hours, m))
        for m in months
    ]
    return Figure(
        key="delais",
        title=_("Le temps que prend une réponse, en jours"),
        sentence=_delays_said(measure),
        method=_(
            "Du moment où le récit est publié à la première réponse de chaque service, en jours de "
            "calendrier, dans le mois de la réponse. La moitié des réponses arrivent avant la "
            "première ligne, neuf sur dix avant la seconde. Un mois de moins de %(enough)s "
            "réponses n’est pas dessiné. Les récits encore sans réponse n’y sont pas : voyez la "
            "part des récits répondus."
        )
        % {"enough": ENOUGH},
        headings=[
            _("Mois de la réponse"),
            _("Réponses"),
            _("Une sur deux avant"),
            _("Neuf sur dix avant"),
        ],
        rows=[(name, french.number(n), _in_days(a), _in_days(b)) for name, n, a, b in rows],
        raw=rows,
        chart=lines(_short(months), series) if measure.delays >= ENOUGH else None,
    )


def _delays_said(measure: Measure) -> str:
    if not measure.delays:
        return _("Aucune réponse datée sur cette période.")
    if measure.delays < ENOUGH:
        return _("Trop peu de réponses datées sur cette période pour en tirer un délai.")
    return french.typeset(
        _("La moitié des réponses arrivent en %(median)s ou moins, neuf sur dix en %(ninth)s.")
        % {"median": duration(measure.median_hours), "ninth": duration(measure.p90_hours)}
    )


def answers(measure: Measure) -> Figure:
    months = measure.months
    series = [
        Series("answered", _("Part répondue"), [_hundred(m) for m in months]),
    ]
    rows = [(whole_month(m.number), m.published, m.answered, m.answered_share) for m in months]
    return Figure(
        key="reponses",
        title=_("La part des récits qui ont reçu une réponse, en %"),
        sentence=_answers_said(measure),
        method=_(
            "Parmi les récits publiés dans le mois, ceux qui ont reçu à ce jour une réponse d’un "
            "des services concernés. Les récits des dernières semaines en reçoivent encore : les "
            "derniers mois montent donc avec le temps. Un mois de moins de %(enough)s récits n’est "
            "pas dessiné."
        )
        % {"enough": ENOUGH},
        headings=[_("Mois"), _("Récits"), _("Avec une réponse"), _("Part")],
        rows=[
            (
                name,
                french.number(published),
                french.number(answered),
                percent(share) if published >= ENOUGH else "–",
            )
            for name, published, answered, share in rows
        ],
        raw=rows,
        chart=stacked(_short(months), series, highest=100) if measure.published >= ENOUGH else None,
    )


def _answers_said(measure: Measure) -> str:
    if measure.published < ENOUGH:
        return french.typeset(
            ngettext(
                "%(answered)s récit a reçu une réponse, sur %(total)s.",
                "%(answered)s récits ont reçu une réponse, sur %(total)s.",
                measure.answered,
            )
            % {"answered": measure.answered, "total": measure.published}
        )
    return french.typeset(
        _("%(share)s des récits publiés sur la période ont reçu une réponse.")
        % {"share": percent(measure.answered_share)}
    )


def _short(months: Sequence[Month]) -> list[str]:
    return [short_month(month.number) for month in months]


def _days(hours: float | None, month: Month) -> float | None:
    return None if hours is None or month.delays < ENOUGH else round(hours / _HOURS, 1)


def _in_days(days: float | None) -> str:
    if days is None:
        return "–"
    return f"{days:.1f}".removesuffix(".0").replace(".", ",") + "\u00a0j"


def _hundred(month: Month) -> float | None:
    share = month.answered_share
    return None if share is None or month.published < ENOUGH else share * 100
