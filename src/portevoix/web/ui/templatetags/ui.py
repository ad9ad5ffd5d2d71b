"""The words, numbers, dates and small pieces that every template may use (a built-in library)."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any, Final

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portevoix.note import french
from portevoix.web.ui import forms

register = template.Library()

# What a masking writes: a kind between brackets, escaped as HTML is.
_DANGLING: Final = re.compile(r"[\s,;:.\u2013«(\"“-]+$")
_MASKED: Final = re.compile(r"\[[a-zàéèêîôùçIBAN’'&#x0-9; ]{3,40}(?: \d{1,4})?\]")
# Days of delay beyond which months say it better.
_LONG: Final = 90
# Days left under which a deadline is near.
_SOON: Final = 3
_FACES: Final = {"positive": "Positif", "neutral": "Neutre", "negative": "Négatif"}


@register.filter
def number(value: int | None) -> str:
    """12345 → « 12 345 », with spaces that do not break."""
    return french.number(value or 0)


@register.filter
def percent(share: float | None) -> str:
    """0.4512 → « 45 % »; nothing known → « – »."""
    return "–" if share is None else french.percent(share)


@register.filter
def plural(value: int | None, words: str) -> str:
    """`{{ n|plural:"avis,avis" }}`: the noun alone, singular for 0 and 1."""
    one, _, many = words.partition(",")
    return french.plural(value or 0, one, many or None)


@register.filter
def count(value: int | None, words: str) -> str:
    """`{{ n|count:"expérience" }}` → « 1 204 expériences », figures always."""
    return f"{number(value)}\u00a0{plural(value, words)}"


@register.filter
def typeset(text: str) -> str:
    """Our own sentences with French spaces; never what a person wrote."""
    return french.typeset(text)


@register.filter
def day(moment: date | datetime | None) -> str:
    """« 3 mars 2025 »."""
    return french.day(_local_day(moment)) if moment else ""


@register.filter
def day_and_time(moment: datetime | None) -> str:
    """« 3 mars 2025 à 14 h 05 »."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{french.day(local.date())} à {local.hour}\u00a0h\u00a0{local.minute:02}"


@register.filter
def hour(moment: datetime | None) -> str:
    """« 14 h 05 »."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local.hour}\u00a0h\u00a0{local.minute:02}"


@register.inclusion_tag("ui/deadline.html")
def deadline(due_on: date | None, since: datetime | None) -> dict[str, Any]:
    """A bar that fills as a deadline comes near, and how many days are left, in words."""
    if due_on is None or since is None:
        return {"words": ""}
    today, start = timezone.localdate(), _local_day(since)
    left, whole = (due_on - today).days, max(1, (due_on - start).days)
    share = min(1.0, max(0.0, (whole - left) / whole))
    state = "late" if left < 0 else "soon" if left <= _SOON else "ample"
    return {"words": _left(left), "state": state, "width": round(share * 100), "due_on": due_on}


def _left(days: int) -> str:
    if days < -_LONG:
        return f"{-days // 30}\u00a0mois de retard"
    if days < 0:
        return f"{-days}\u00a0{french.plural(-days, 'jour')} de retard"
    if days == 0:
        return "à répondre aujourd’hui"
    return f"encore {days}\u00a0{french.plural(days, 'jour')}"


@register.filter
def ago(moment: datetime | date | None) -> SafeString | str:
    """« il y a 3 jours », the whole date beside it for the pointer and screen readers."""
    if moment is None:
        return ""
    whole = day_and_time(moment) if isinstance(moment, datetime) else day(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}<span class="fr-sr-only"> ({})</span></time>',
        moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment,
        whole,
        in_words(moment),
        whole,
    )


def in_words(moment: datetime | date, now: datetime | None = None) -> str:
    """How long ago, as one says it."""
    now = now or timezone.now()
    days = (_local_day(now) - _local_day(moment)).days
    if days < 0:
        return f"le\u00a0{day(moment)}"
    if days == 0:
        return _today(moment, now)
    if days == 1:
        return "hier"
    # From two of each: « 19 mois » says more than « 1 an »; a single month is said too.
    for length, least, many in ((365, 730, "ans"), (30, 30, "mois"), (7, 14, "semaines")):
        if days >= least:
            return f"il y a {days // length}\u00a0{many}"
    return f"il y a {days}\u00a0jours"


def _today(moment: datetime | date, now: datetime) -> str:
    if not isinstance(moment, datetime):
        return "aujourd’hui"
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "à l’instant"
    if minutes < 60:
        return f"il y a {minutes}\u00a0{french.plural(minutes, 'minute')}"
    return f"il y a {minutes // 60}\u00a0{french.plural(minutes // 60, 'heure')}"


def _local_day(moment: date | datetime) -> date:
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date()
    return moment


@register.filter
def duration(hours: float | None) -> str:
    """A delay in hours, as one says it: « 5 heures », « 3 jours »."""
    if hours is None:
        return "–"
    if hours < 36:
        whole = max(1, round(hours))
        return f"{whole}\u00a0{french.plural(whole, 'heure')}"
    days = round(hours / 24)
    return f"{number(days)}\u00a0jours"


@register.filter
def excerpt(text: str, longest: int = 190) -> str:
    """The beginning of a text, cut between two words, never on a mark that opens something."""
    if len(text) <= longest:
        return text
    return _DANGLING.sub("", text[:longest].rsplit(None, 1)[0]) + "…"


@register.filter(needs_autoescape=True)
def masked(text: str, autoescape: bool = True) -> SafeString:
    """A published text, its masked words (« [nom] ») visibly so."""
    shown = conditional_escape(text) if autoescape else text
    return mark_safe(_MASKED.sub(r'<span class="pv-mask">\g<0></span>', shown))  # noqa: S308


@register.simple_tag
@lru_cache(maxsize=64)
def face(feeling: str, *, labelled: bool = False, large: bool = False) -> SafeString:
    """Draw a feeling. `labelled` when no word stands beside it: it then speaks for itself.

    A page shows up to forty of a dozen drawings: each is made once.
    """
    label = _FACES.get(feeling, "") if labelled else ""
    return render_to_string("ui/face.html", {"feeling": feeling, "label": label, "large": large})


_CHOICE: Final = (
    '<div class="pv-faces-line__choice"><input type="radio" name="{name}" value="{value}" '
    'id="{place}"{checked}><label for="{place}">{face}<span>{label}</span></label></div>'
)


@register.simple_tag
def faces(field: BoundField) -> SafeString:
    """The faces of one question. In Python: a page asks fifteen, and templates were its cost."""
    chosen = str(field.value() or "")
    choices: Any = field.field
    name, place = escape(field.html_name), escape(field.auto_id)
    drawn = [
        _CHOICE.format(
            name=name,
            value=escape(str(value)),
            place=f"{place}_{number}",
            checked=" checked" if str(value) == chosen else "",
            face=face(value) if value else "",
            label=escape(str(label)),
        )
        for number, (value, label) in enumerate(choices.choices)
    ]
    return SafeString("".join(drawn))


@register.filter
def feeling_label(feeling: str) -> str:
    return _FACES.get(feeling, "")


@register.inclusion_tag("ui/forms/errors.html")
def error_summary(*forms_shown: BaseForm) -> dict[str, Any]:
    """What is wrong, at the top of the page, each line a link to its field."""
    errors = [
        (f"#{field.id_for_label or field.auto_id}", field.label, error)
        for form in forms_shown
        for field in form
        for error in field.errors
    ]
    general = [error for form in forms_shown for error in form.non_field_errors()]
    return {"errors": errors, "general": general, "total": len(errors) + len(general)}


@register.filter
def kind(field: BoundField) -> str:
    return forms.kind_of(field)


@register.filter
def widget(field: BoundField) -> SafeString:
    return SafeString(field.as_widget(attrs=forms.attributes_of(field)))


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The current query string with some parameters changed; an empty one is taken away."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in {None, ""}:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"?{parameters.urlencode()}"
