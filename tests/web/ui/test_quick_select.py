"""A long list drawn without templates says what Django's would: values, choice, signs escaped."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django import forms

from portevoix.web.ui.forms import QuickSelect

_CHOICES = [("", "Tous <b>"), ("59", "Nord & 'x'"), ('1"', 'Ain "q"')]


class Quick(forms.Form):
    place = forms.ChoiceField(choices=_CHOICES, required=False, widget=QuickSelect)


class Usual(forms.Form):
    place = forms.ChoiceField(choices=_CHOICES, required=False)


def read(drawn: str) -> tuple[dict[str, str], list[tuple[str, bool, str]]]:
    """The attributes of a list, then (value, whether chosen, label) of each choice."""
    opening, rest = drawn.split(">", 1)
    options = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)</option>', rest)
    found = [(html.unescape(v), bool(s), html.unescape(label)) for v, s, label in options]
    return dict(re.findall(r'([\w-]+)="([^"]*)"', opening)), found


@pytest.mark.parametrize("data", [None, {}, {"place": "59"}, {"place": '1"'}, {"place": "nowhere"}])
def test_it_reads_as_the_usual_one(data: Any) -> None:
    attributes = {"class": "fr-select"}
    quick = str(Quick(data)["place"].as_widget(attrs=attributes))
    assert read(quick) == read(str(Usual(data)["place"].as_widget(attrs=attributes)))
    assert len(read(quick)[1]) == len(_CHOICES)


def test_an_error_is_tied_to_it() -> None:
    attributes, _options = read(str(Quick({"place": "nowhere"})["place"]))
    assert attributes["aria-invalid"] == "true"
    assert attributes["aria-describedby"] == "id_place_error"


def test_nothing_in_it_is_markup() -> None:
    drawn = str(Quick({"place": '"><script>'})["place"])
    assert "<b>" not in drawn
    assert "<script>" not in drawn
