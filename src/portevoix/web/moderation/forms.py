"""What moderators, authors and readers fill in."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portevoix.web.moderation import charter
from portevoix.web.moderation.contacts import KNOWN
from portevoix.web.moderation.enums import (
    CORRECTIONS,
    REFUSALS,
    AlertOutcome,
    Kind,
    ReportReason,
    ReportSubject,
)
from portevoix.web.runs import actions as runs

_LONGEST: Final = 2_000
_REASONS: Final = {Kind.ASK: CORRECTIONS, Kind.REFUSE: REFUSALS}


class ReasonSelect(forms.Select):
    """Each reason carries the words of the charter, so that the page can show them at once."""

    kind = Kind.REFUSE

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        if option["value"]:
            option["attrs"]["data-words"] = charter.words(self.kind, str(option["value"]))
        return option


class MessageForm(forms.Form):
    """A reason, then the message that its author will read: shown before it is sent.

    `shows_message`: the message was empty, so it is now filled in for the person to read.
    """

    reason = forms.ChoiceField(
        label=_("Raison"),
        widget=ReasonSelect,
        error_messages={
            "required": _("Choisissez la raison."),
            "invalid_choice": _("Choisissez une raison de la liste."),
        },
    )
    message = forms.CharField(
        label=_("Message à l’auteur"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(self, kind: Kind, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id=f"id_{kind}_%s")
        self.kind, self.shows_message = kind, False
        widget = ReasonSelect()
        widget.kind = kind
        self.fields["reason"].widget = widget
        self.fields["reason"].choices = [("", _("Choisir…")), *_choices(kind)]  # type: ignore[attr-defined]

    def ready(self) -> bool:
        """Tell whether it can be sent. Without a message, fill in the words of the charter."""
        if not self.is_valid():
            return False
        if self.cleaned_data["message"].strip():
            return True
        words = charter.words(self.kind, self.cleaned_data["reason"])
        self.data = {**self.data.dict(), "message": words}  # type: ignore[attr-defined]
        self.shows_message = True
        return False


class AlertForm(MessageForm):
    """What is feared, who was called, and what the author is told: nothing, if that helps."""

    contacts = forms.MultipleChoiceField(required=False)
    silent = forms.BooleanField(
        label=_("Ne rien écrire à l’auteur"),
        help_text=_("Par exemple si une autre personne peut lire ses messages."),
        required=False,
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(Kind.ESCALATE, data)
        self.fields["reason"].label = _("Ce que vous craignez")
        self.fields["contacts"].choices = [(code, code) for code in KNOWN]  # type: ignore[attr-defined]

    def ready(self) -> bool:
        return (self.is_valid() and self.cleaned_data["silent"]) or super().ready()


def _choices(kind: Kind) -> list[tuple[str, Any]]:
    if kind == Kind.ESCALATE:
        return [(urgency.value, urgency.label) for urgency in charter.ALERTS]
    return [(reason.value, reason.label) for reason in _REASONS[kind]]


class MoreMaskForm(forms.Form):
    """Words of the story to hide too."""

    words = forms.CharField(
        label=_("Masquer aussi"),
        help_text=_("Recopiez les mots du récit, ou sélectionnez-les dans le texte."),
        required=False,
        max_length=300,
    )
    kind = forms.ChoiceField(
        label=_("Remplacer par"), choices=[*runs.MASK_LABELS.items()], required=False
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="id_more_%s")
        for field in self.fields.values():
            # Part of the form of the decision, which stands elsewhere in the page.
            field.widget.attrs["form"] = "decision"


class CloseAlertForm(forms.Form):
    """How an alert ended."""

    outcome = forms.ChoiceField(label=_("Issue"), choices=AlertOutcome.choices)


class ReportForm(forms.Form):
    """What a reader saw."""

    subject = forms.ChoiceField(
        label=_("Que voulez-vous signaler ?"),
        choices=ReportSubject.choices,
        widget=forms.RadioSelect,
        initial=ReportSubject.STORY,
        error_messages={"required": _("Dites ce que vous voulez signaler.")},
    )
    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison.")},
    )
    message = forms.CharField(
        label=_("Précisez si vous le souhaitez"),
        help_text=_("Par exemple, recopiez le passage."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
