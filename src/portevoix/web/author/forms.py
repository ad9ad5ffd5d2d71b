"""What an author may say after the deposit."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portevoix.web.deposit.forms import Typed

_USEFUL = [("yes", _("Utile")), ("no", _("Pas utile"))]


class RatingForm(forms.Form):
    """« Cette réponse vous est-elle utile ? »"""

    useful = forms.ChoiceField(
        label=_("Cette réponse vous est-elle utile ?"),
        choices=_USEFUL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez « Utile » ou « Pas utile ».")},
    )
    why = Typed(
        label=_("Pourquoi ?"),
        help_text=_("Le service le lira. Ce n’est pas publié."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerBackForm(forms.Form):
    """What the author says back, once."""

    text = Typed(
        label=_("Votre message au service"),
        help_text=_("Une seule fois. Une personne le relit, puis il est publié sous la réponse."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez votre message avant de l’envoyer.")},
    )


class AddressForm(forms.Form):
    """Where to be told; empty to be told nothing any more."""

    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        help_text=_("Exemple : nom@exemple.fr. Laissez vide pour ne plus rien recevoir."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Écrivez une adresse comme nom@exemple.fr.")},
    )


class AppealForm(forms.Form):
    """Why another person should read the story."""

    message = Typed(
        label=_("Pourquoi demandez-vous un second avis ?"),
        help_text=_("Une autre personne relira votre récit et ce message."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Dites en une phrase pourquoi, puis envoyez.")},
    )
