"""What a reader may ask of lists and figures; every field is a parameter of the address."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portevoix.web.directory.models import Network, Structure
from portevoix.web.directory.queries import active_networks, departement_choices, structure
from portevoix.web.experiences.enums import Feeling
from portevoix.web.experiences.queries import Filters
from portevoix.web.ui.forms import QuickSelect

_ANY: Final = ("", _("Indifférent"))
_ANSWERED: Final = {"avec": True, "sans": False}


class ScopeForm(forms.Form):
    """A network, a structure, a département, a period. What cannot be read narrows nothing."""

    reseau = forms.ChoiceField(label=_("Réseau"), required=False, widget=QuickSelect)
    # What was typed; `structure` is what was chosen.
    service = forms.CharField(label=_("Service"), max_length=120, required=False)
    structure = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    departement = forms.ChoiceField(label=_("Département"), required=False, widget=QuickSelect)
    periode = forms.ChoiceField(
        label=_("Période"),
        required=False,
        choices=[
            ("", _("Les 24 derniers mois")),
            ("12", _("Les 12 derniers mois")),
            ("60", _("Les 5 dernières années")),
        ],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filtre_%s")
        self.networks = {network.slug: network for network in active_networks()}
        names = [(slug, network.name) for slug, network in self.networks.items()]
        self._choices("reseau", gettext("Tous les réseaux"), names)
        self._choices("departement", gettext("Tous les départements"), departement_choices())

    def _choices(self, name: str, every: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", every), *choices]

    def structure_chosen(self) -> Structure | None:
        code = self.cleaned_data.get("structure")
        return structure(code) if code else None

    def network_chosen(self) -> Network | None:
        return self.networks.get(self.cleaned_data.get("reseau") or "")


class FilterForm(ScopeForm):
    """The filters of the list of experiences."""

    periode = None  # type: ignore[assignment]
    mots = forms.CharField(label=_("Mots"), max_length=200, required=False)
    ressenti = forms.ChoiceField(
        label=_("Ressenti"), required=False, choices=[_ANY, *Feeling.choices]
    )
    reponse = forms.ChoiceField(
        label=_("Réponse du service"),
        required=False,
        choices=[_ANY, ("avec", _("Avec une réponse")), ("sans", _("Sans réponse"))],
    )
    du = forms.DateField(
        label=_("Publiés depuis le"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    au = forms.DateField(
        label=_("Publiés jusqu’au"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_mots(self) -> str:
        return " ".join(str(self.cleaned_data["mots"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("du"), cleaned.get("au")
        if since and until and since > until:
            self.add_error("au", _("Cette date est avant la première."))
        return cleaned

    def filters(self) -> Filters:
        """What was understood of the address."""
        self.is_valid()
        cleaned = self.cleaned_data
        return Filters(
            words=cleaned.get("mots") or "",
            network=self.network_chosen(),
            structure=self.structure_chosen(),
            departement=cleaned.get("departement") or "",
            feeling=cleaned.get("ressenti") or "",
            since=cleaned.get("du"),
            until=cleaned.get("au"),
            answered=_ANSWERED.get(cleaned.get("reponse") or ""),
        )
