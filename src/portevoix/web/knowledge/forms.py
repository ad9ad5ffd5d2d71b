"""The one question of the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portevoix.web.knowledge import queries

LONGEST = 400


class AskForm(forms.Form):
    """A question, and where to look."""

    question = forms.CharField(
        label=_("Votre question"),
        help_text=_("Avec vos mots. Par exemple : « que faire quand un paiement n’arrive pas ? »"),
        max_length=LONGEST,
    )
    network = forms.ChoiceField(label=_("Pages de"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, name) for name in queries.networks()]
        self.fields["network"].choices = [("", _("Tous les réseaux")), *known]  # type: ignore[attr-defined]
