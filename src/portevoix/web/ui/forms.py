"""How every form is drawn: labels, hints, errors tied to their fields, a summary on top."""

from __future__ import annotations

from html import escape
from typing import Any

from django.forms import BoundField, RadioSelect, Select
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe


class Faces(RadioSelect):
    """Three faces to choose from, on one line; an empty value before them says « sans avis »."""


class QuickSelect(Select):
    """A list of a hundred choices, in no groups, drawn without templates: they were its cost."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        del renderer
        chosen = set(self.format_value(value)[:1])
        options = "".join(
            f'<option value="{escape(str(code))}"{" selected" if str(code) in chosen else ""}>'
            f"{escape(str(label))}</option>"
            for code, label in self.choices
        )
        given = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return mark_safe(f"<select{given}>{options}</select>")  # noqa: S308 (escaped above)


class Renderer(DjangoTemplates):
    """Our own templates for fields; those of Django for the widgets inside."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("ui/"):
            return get_template(template_name)
        return super().get_template(template_name)


def kind_of(field: BoundField) -> str:
    """Return how a field is laid out: input, textarea, select, checkbox, choices, faces, hidden."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    name = type(widget).__name__.lower()
    if isinstance(widget, Faces):
        return "faces"
    if widget.use_fieldset:
        return "choices"
    if "checkbox" in name:
        return "checkbox"
    return "select" if "select" in name else "textarea" if "textarea" in name else "input"


def attributes_of(field: BoundField) -> dict[str, Any]:
    """Return the classes that make the widget one of the design system; Django ties the rest."""
    base = {"select": "fr-select", "input": "fr-input", "textarea": "fr-input"}.get(kind_of(field))
    classes = " ".join(filter(None, [base, field.field.widget.attrs.get("class")]))
    return {"class": classes} if classes else {}
