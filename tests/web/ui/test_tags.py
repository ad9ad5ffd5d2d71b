"""Words, numbers and dates as French writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template

from portevoix.web.ui.templatetags import ui

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2025, 3, 12, 14, 5, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=20), "à l’instant"),
        (timedelta(minutes=1), "il y a 1 minute"),
        (timedelta(hours=3), "il y a 3 heures"),
        (timedelta(hours=15), "hier"),
        (timedelta(days=3), "il y a 3 jours"),
        (timedelta(days=15), "il y a 2 semaines"),
        (timedelta(days=40), "il y a 1 mois"),
        (timedelta(days=400), "il y a 13 mois"),
        (timedelta(days=800), "il y a 2 ans"),
    ],
)
def test_in_words(before: timedelta, said: str) -> None:
    assert ui.in_words(NOW - before, NOW).replace("\u00a0", " ") == said


def test_a_date_to_come_is_said_whole() -> None:
    assert ui.in_words(date(2025, 4, 1), NOW).replace("\u00a0", " ") == "le 1er avril 2025"


def test_ago_gives_the_whole_date_to_those_who_cannot_hover() -> None:
    shown = ui.ago(NOW)
    assert 'datetime="2025-03-12T14:05+01:00"' in shown
    assert "12\u00a0mars 2025 à 14\u00a0h\u00a005</time>" not in shown
    assert 'class="fr-sr-only"> (12\u00a0mars 2025 à 14\u00a0h\u00a005)' in shown


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0 récit"), (1, "1 récit"), (2, "2 récits"), (1204, "1 204 récits")]
)
def test_count(value: int, said: str) -> None:
    assert ui.count(value, "récit").replace("\u00a0", " ").replace("\u202f", " ") == said


@pytest.mark.parametrize(
    ("hours", "said"), [(None, "–"), (0, "1 heure"), (30, "30 heures"), (72, "3 jours")]
)
def test_duration(hours: int | None, said: str) -> None:
    assert ui.duration(hours).replace("\u00a0", " ") == said


def test_masked_words_are_seen_and_nothing_else_gets_through() -> None:
    shown = ui.masked("<b>Mme [nom]</b>, [numéro de dossier], voir [1] et [pièce d'identité]")
    assert shown.count('<span class="pv-mask">') == 3
    assert "<b>" not in shown
    assert "[1]</span>" not in shown


class Asked(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom", help_text="Tel qu'il sera publié")
    told = forms.CharField(label="Récit", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Sorte", choices=[("a", "A"), ("b", "B")])
    face = forms.ChoiceField(
        label="Ressenti", choices=[("p", "Bien"), ("n", "Mal")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="J'accepte")


def test_errors_are_summed_up_and_tied_to_their_fields() -> None:
    form = Asked({"name": "", "kind": "a"})
    page = Template("{% error_summary form %}{{ form }}").render(Context({"form": form}))
    assert "3 choses sont à corriger" in page
    assert '<a href="#id_name">Nom</a>' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'id="id_face"' in page
    assert page.count("(facultatif)") == 1


def test_a_form_without_error_says_nothing() -> None:
    form = Asked({"name": "n", "kind": "a", "face": "p", "agreed": "on"})
    assert Template("{% error_summary form %}").render(Context({"form": form})).strip() == ""


def test_an_excerpt_is_cut_between_words() -> None:
    assert ui.excerpt("Un récit court.") == "Un récit court."
    cut = ui.excerpt("mot " * 100)
    assert cut.endswith("mot…")
    assert len(cut) <= 191
    assert (
        ui.excerpt("Le courrier disait : « Vous avez perdu vos droits »", 24)
        == "Le courrier disait…"
    )
