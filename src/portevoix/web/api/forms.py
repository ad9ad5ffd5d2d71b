"""The form of a new key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, scope
from portevoix.web.directory.models import Network


class KeyForm(forms.Form):
    """What it is for, and for whom."""

    name = forms.CharField(
        label=_("À quoi servira cette clé ?"),
        help_text=_("Par exemple : tableau de bord de la direction."),
        max_length=80,
        error_messages={"required": _("Dites à quoi servira cette clé.")},
    )
    network = forms.ModelChoiceField(
        Network.objects.none(),
        label=_("Pour quel réseau ?"),
        required=False,
        error_messages={"required": _("Choisissez un réseau.")},
    )

    drafts = forms.BooleanField(
        label=_("Permettre de demander des brouillons de réponse"),
        help_text=_("Pour un logiciel qui aide vos agents à répondre. Sinon, ne cochez pas."),
        required=False,
    )

    def __init__(self, agent: Agent, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = scope(agent, Verb.MANAGE_API_KEYS)
        networks = Network.objects.filter(active=True)
        field = self.fields["network"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (declared above)
        field.queryset = networks if reach.everywhere else networks.filter(pk__in=reach.networks)
        field.required = not reach.everywhere
        field.empty_label = str(_("Aucun réseau : un autre réutilisateur"))
        if not reach.everywhere:
            field.empty_label = None
            field.initial = field.queryset.first()
