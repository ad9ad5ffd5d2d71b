"""What is said of a proposed answer, and what a second person makes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portevoix.web.replies.enums import Fault
from portevoix.web.replies.models import Judgement

HELPS = "oui"


class JudgementForm(forms.Form):
    """Whether a draft helps, why not, in a word."""

    faults = forms.MultipleChoiceField(
        label=_("Ce qui ne va pas"),
        choices=Fault.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    comment = forms.CharField(
        label=_("En un mot"),
        help_text=_("Lu par la personne qui relit les avis, jamais publié."),
        max_length=500,
        required=False,
    )

    @classmethod
    def of(cls, judgement: Judgement | None) -> JudgementForm:
        known = {"faults": judgement.faults, "comment": judgement.comment} if judgement else {}
        return cls(initial=known, auto_id="avis_%s")


class ReviewForm(forms.Form):
    """The sentences in fault and the page that should have been cited."""

    faulty = forms.TypedMultipleChoiceField(
        label=_("Phrases en cause"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    page = forms.URLField(
        label=_("Adresse de la page à citer"),
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Écrivez une adresse, par exemple https://exemple.fr/page.")},
    )

    def __init__(self, judgement: Judgement, data: Any = None) -> None:
        super().__init__(data, auto_id=f"avis{judgement.pk}_%s")
        parts = enumerate(judgement.proposal.parts)
        faulty: Any = self.fields["faulty"]
        faulty.choices = [(number, part["text"]) for number, part in parts]
        if judgement.helpful:
            del self.fields["faulty"]
            del self.fields["page"]
