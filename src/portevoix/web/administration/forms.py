"""What those who look after the site fill in."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.actions import NATIONAL, Where
from portevoix.web.accounts.enums import Role
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, may
from portevoix.web.administration.queries import networks
from portevoix.web.administration.words import AUTHORS, VERBS
from portevoix.web.directory.models import Structure
from portevoix.web.directory.queries import departement_choices, find_structures

# How many structures are named to who did not write one exactly.
_NEAR: Final = 5
_EVERYWHERE: Final = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})


class InviteForm(forms.Form):
    """Someone to open an account for."""

    email = forms.EmailField(
        label=_("Adresse électronique"),
        error_messages={
            "required": _("Donnez l’adresse électronique."),
            "invalid": _("Cette adresse n’est pas complète. Exemple : prenom.nom@ministere.fr"),
        },
    )
    name = forms.CharField(
        label=_("Prénom et nom"),
        max_length=120,
        error_messages={"required": _("Donnez le prénom et le nom.")},
    )
    function = forms.CharField(label=_("Fonction"), max_length=120, required=False)


class RoleForm(forms.Form):
    """A role and where: a structure by its code, a network, a département, or everywhere."""

    role = forms.ChoiceField(label=_("Rôle"), error_messages={"required": _("Choisissez un rôle.")})
    structure = forms.CharField(
        label=_("Structure"),
        help_text=_("Son nom ou son code. Le rôle vaut aussi pour ce qui est dessous."),
        max_length=255,
        required=False,
    )
    network = forms.ChoiceField(label=_("Ou tout un réseau"), required=False)
    departement = forms.ChoiceField(label=_("Ou un département"), required=False)

    def __init__(self, by: Agent, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="id_role_%s")
        self.where = Where()
        everything = may(by, Verb.GRANT_NATIONAL_ROLE)
        self._choose("role", [(r.value, r.label) for r in Role if everything or _local(r)])
        self._networks = {str(network.pk): network for network in networks(by)}
        self._choose("network", [(key, n.name) for key, n in self._networks.items()])
        self._choose("departement", departement_choices() if everything else [])
        if not everything:
            del self.fields["departement"]

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", _("Choisir…")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        words, role = said.get("structure", "").strip(), said.get("role", "")
        structure = None
        try:
            structure = structure_named(words) if words else None
        except forms.ValidationError as error:
            self.add_error("structure", error)
        network = self._networks.get(said.get("network", ""))
        departement = said.get("departement", "")
        self.where = Where(None if structure else network, structure, departement)
        placed = structure or network or departement
        if role in _EVERYWHERE and placed:
            self.add_error("role", _("Ce rôle vaut partout : ne choisissez pas d’endroit."))
        elif role and role not in _EVERYWHERE and not placed and not self.errors:
            self.add_error("structure", _("Dites où vaut ce rôle."))
        return said


def structure_named(words: str) -> Structure:
    """The structure of this code or of this name; refused, with the nearest ones, when unsure."""
    structure = Structure.objects.filter(code=words).first()
    if structure is not None:
        return structure
    near = find_structures(words, limit=_NEAR)
    same = [one for one in near if one.public_name.casefold() == words.casefold()]
    if len(same) == 1:
        return same[0]
    if not near:
        raise forms.ValidationError(_("Aucune structure n’a ce nom ni ce code."))
    listed = " ; ".join(f"{one.public_name}, {one.place} ({one.code})" for one in same or near)
    raise forms.ValidationError(
        _("Est-ce l’une de celles-ci ? Écrivez son code : %(listed)s."),
        params={"listed": listed},
    )


def _local(role: Role) -> bool:
    """What a network manager may give."""
    return role not in NATIONAL and role != Role.NETWORK_MANAGER


class StructureForm(forms.Form):
    """What a person may change of a structure; an import then leaves it alone."""

    public_name = forms.CharField(
        label=_("Nom"),
        max_length=255,
        error_messages={"required": _("Donnez un nom à cette structure.")},
    )
    url = forms.URLField(
        label=_("Site internet"), max_length=300, required=False, assume_scheme="https"
    )
    mailbox = forms.EmailField(
        label=_("Adresse électronique du service"),
        help_text=_("Elle n’est pas montrée aux usagers."),
        required=False,
    )


class MoveForm(forms.Form):
    """The structure above which one is moved."""

    parent = forms.CharField(
        label=_("Nom ou code de la structure qui sera au-dessus"),
        max_length=255,
        error_messages={"required": _("Donnez la structure qui sera au-dessus.")},
    )

    def clean_parent(self) -> Structure:
        return structure_named(self.cleaned_data["parent"].strip())


class JournalForm(forms.Form):
    """What to look for in the journal."""

    verb = forms.ChoiceField(label=_("Action"), required=False)
    who = forms.CharField(
        label=_("Qui"),
        help_text=_("Le numéro d’un compte, ou : %s") % ", ".join(AUTHORS),
        max_length=20,
        required=False,
    )
    subject = forms.CharField(
        label=_("Sur quoi"),
        help_text=_("Par exemple : experience:12"),
        max_length=60,
        required=False,
    )
    since = forms.DateField(
        label=_("Du"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Au"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        verbs = sorted(VERBS.items(), key=lambda pair: str(pair[1]))
        self.fields["verb"].choices = [("", _("Toutes")), *verbs]  # type: ignore[attr-defined]
