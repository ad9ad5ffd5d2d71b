"""What people fill in: the sentence of a study, a sentence of a note, a lead, who reads."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import Verb, scope
from portevoix.web.directory.models import Departement, Network, Structure, Typology
from portevoix.web.directory.queries import departement_choices, find_structures
from portevoix.web.experiences.enums import Channel, Feeling
from portevoix.web.experiences.queries import silent_since
from portevoix.web.notes.enums import Comparison, Rhythm, Status, Visibility
from portevoix.web.notes.models import Study

_CHOSEN: Final = 8
_FIRST: Final = date(2000, 1, 1)
_LAST: Final = date(2099, 12, 31)


def day_field(label: Any) -> forms.DateField:
    """A day of our time, or none."""
    return forms.DateField(
        label=label,
        required=False,
        validators=[
            MinValueValidator(_FIRST, _("Choisissez une date après l’an 2000.")),
            MaxValueValidator(_LAST, _("Choisissez une date avant l’an 2100.")),
        ],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez une date, par exemple 01/03/2025.")},
    )


class StudyForm(forms.Form):
    """« Les avis sur … de … à …, comparés à … »: each word can be changed."""

    place = forms.ChoiceField(label=_("Sur quoi"))
    others = forms.TypedMultipleChoiceField(
        label=_("Et aussi sur ces réseaux"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Une seule note les lit ensemble."),
    )
    words = forms.CharField(
        label=_("Structure précise"), required=False, max_length=120,
        help_text=_("Par exemple « caf lyon ». Ce qui est en dessous est compris."),
    )  # fmt: skip
    typology = forms.ChoiceField(label=_("Genre de structures"), required=False)
    departement = forms.ChoiceField(label=_("Département des usagers"), required=False)
    procedure = forms.CharField(label=_("Démarche"), required=False, max_length=200)
    channel = forms.ChoiceField(
        label=_("Moyen de contact"),
        required=False,
        choices=[("", _("tous les moyens de contact")), *Channel.choices],
    )
    feeling = forms.ChoiceField(
        label=_("Ressenti"),
        required=False,
        choices=[("", _("tous les ressentis")), *Feeling.choices],
    )
    start = day_field(_("Du"))
    end = day_field(_("Au"))
    comparison = forms.ChoiceField(label=_("Comparés à"), choices=Comparison.choices)
    rhythm = forms.ChoiceField(label=_("La refaire"), choices=Rhythm.choices)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        kwargs.setdefault("initial", last_year_told())
        super().__init__(*args, **kwargs)
        self.agent = agent
        self.suggestions: list[Structure] = []
        self._choices()

    def _choices(self) -> None:
        fields: Any = self.fields
        fields["place"].choices = places(self.agent)
        self.initial.setdefault(
            "place", fields["place"].choices[0][0] if fields["place"].choices else ""
        )
        networks = [(k, name) for k, name in fields["place"].choices if k.startswith("reseau:")]
        fields["others"].choices = [(k.partition(":")[2], name) for k, name in networks]
        if len(networks) < 2:
            del fields["others"]
        fields["departement"].choices = [
            ("", _("toute la France")),
            *departement_choices(),
        ]
        fields["typology"].choices = [("", _("tous les genres de structures")), *self._kinds()]

    def _kinds(self) -> list[tuple[str, str]]:
        held = scope(self.agent, Verb.STUDY)
        kinds = Typology.objects.select_related("network")
        if not held.everywhere:
            inside = Q(network__in=held.networks)
            kinds = kinds.filter(inside)
        return [(str(one.pk), f"{one.name} – {one.network.name}") for one in kinds[:400]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", _("La fin vient avant le début : échangez les deux dates."))
        several = [key for key in data.get("others", []) if f"reseau:{key}" != data.get("place")]
        data["others"] = sorted(several)
        if several and (not data.get("place", "").startswith("reseau:") or data.get("words")):
            self.add_error("others", _("Choisissez d’abord un réseau entier."))
        if data.get("words"):
            data["structure"] = self._structure(data["words"], data.get("place", ""))
        return data

    def _structure(self, words: str, place: str) -> Structure | None:
        """The structure that the words name; several are offered to choose from."""
        if words.startswith("#") and words[1:].isdigit():
            return Structure.objects.filter(pk=int(words[1:])).first()
        kind, _sep, key = place.partition(":")
        network = Network.objects.filter(pk=key).first() if kind == "reseau" else None
        found = list(find_structures(words, network, _CHOSEN))
        exact = [one for one in found if one.public_name.lower() == words.strip().lower()]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        self.suggestions = found
        said = _("Précisez laquelle ci-dessous.") if found else _("Aucune structure de ce nom.")
        self.add_error("words", said)
        return None

    def study(self) -> Study:
        """The study that the sentence says, not saved."""
        data = self.cleaned_data
        study = Study(
            typology_id=data["typology"] or None,
            departement=data["departement"],
            procedure=data["procedure"].strip(),
            channel=data["channel"],
            feeling=data["feeling"],
            start=data["start"],
            end=data["end"],
            comparison=data["comparison"],
            rhythm=data["rhythm"],
        )
        kind, _sep, key = data["place"].partition(":")
        if kind == "reseau":
            study.network_id = int(key)
            study.other_networks = data["others"]
        elif kind == "structure":
            study.structure = Structure.objects.get(pk=key)
        elif kind == "departement":
            study.departement = key
        if data.get("structure"):
            study.structure = data["structure"]
        if study.structure is not None:
            study.network_id = study.structure.network_id
        return study


def places(agent: Agent, verb: Verb = Verb.STUDY) -> list[tuple[str, str]]:
    """Where someone may do something: their structures, networks, départements; all of it."""
    held = scope(agent, verb)
    if held.everywhere:
        networks = [(f"reseau:{n.pk}", n.name) for n in Network.objects.filter(active=True)]
        return [("tout", str(_("tous les services publics"))), *networks]
    found = [(f"structure:{s.pk}", s.public_name) for s in _structures(held.paths)]
    found += [(f"reseau:{n.pk}", n.name) for n in Network.objects.filter(pk__in=held.networks)]
    found += [
        (f"departement:{d.code}", f"{d.name} ({d.code})")
        for d in Departement.objects.filter(pk__in=held.departements)
    ]
    return found


def _structures(paths: frozenset[str]) -> list[Structure]:
    return list(Structure.objects.filter(path__in=paths))


def last_year_told() -> dict[str, Any]:
    """The last twelve months of a site that is alive, else those before it fell silent."""
    latest = silent_since()
    if latest is None:
        return last_year(timezone.localdate())
    # The month of the last story is over: it is counted whole.
    return last_year((latest.replace(day=1) + timedelta(days=32)).replace(day=1))


def last_year(today: date) -> dict[str, Any]:
    """The twelve whole months before today."""
    end = today.replace(day=1)
    start = end.replace(year=end.year - 1)
    return {
        "start": start,
        "end": date.fromordinal(end.toordinal() - 1),
        "comparison": Comparison.PREVIOUS,
        "rhythm": Rhythm.NEVER,
    }


class WordingForm(forms.Form):
    """A sentence in one's own words."""

    text = forms.CharField(
        label=_("Votre phrase"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Laissez vide pour reprendre la phrase proposée."),
    )
    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class LeadForm(forms.Form):
    """A lead of one's own."""

    title = forms.CharField(label=_("Votre piste, en une phrase"), max_length=200)
    text = forms.CharField(
        label=_("Ce que vous proposez de faire"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    theme = forms.ChoiceField(label=_("La difficulté à laquelle elle répond"), required=False)

    def __init__(self, *args: Any, themes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["theme"]
        field.choices = [("", _("aucune en particulier")), *themes]


class VisibilityForm(forms.Form):
    """Who may read a note."""

    visibility = forms.ChoiceField(
        label=_("Qui peut lire cette note ?"), choices=Visibility.choices, widget=forms.RadioSelect
    )


class ReadersForm(forms.Form):
    """Who receives the note each time it is made, and when it is."""

    rhythm = forms.ChoiceField(
        label=_("Quand refaire cette note ?"), choices=Rhythm.choices, widget=forms.RadioSelect
    )
    readers = forms.CharField(
        label=_("Adresses des personnes qui la reçoivent"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une par ligne. Elles doivent avoir un compte sur ce site."),
    )

    def clean_readers(self) -> list[Agent]:
        wanted = {w.lower() for w in self.cleaned_data["readers"].replace(",", " ").split()}
        found = list(Agent.objects.filter(email__in=wanted, is_active=True))
        unknown = wanted - {one.email for one in found}
        if unknown:
            raise forms.ValidationError(
                _("Aucun compte n’a cette adresse : %(address)s."),
                params={"address": ", ".join(sorted(unknown))},
            )
        return found


class ImprovementForm(forms.Form):
    """What changes, who does it, when, and what the public reads."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    description = forms.CharField(
        label=_("Ce qui change"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    owner = forms.CharField(
        label=_("Qui s’en charge"),
        required=False,
        max_length=254,
        help_text=_("L’adresse électronique de la personne, sur ce site."),
    )
    due_on = day_field(_("Échéance"))
    public_wording = forms.CharField(
        label=_("Ce que le public lira"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Une ou deux phrases simples : « Vous l’avez demandé : … » Elles sont envoyées aux "
            "auteurs des récits quand l’amélioration est réalisée."
        ),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_owner(self) -> Agent | None:
        address = self.cleaned_data["owner"].strip().lower()
        if not address:
            return None
        found = Agent.objects.filter(email=address, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Aucun compte n’a cette adresse."))
        return found


class StepForm(forms.Form):
    """One thing to do."""

    text = forms.CharField(label=_("Ajouter une étape"), max_length=300)


class MoveForm(forms.Form):
    """The next status, with its day or its reason."""

    status = forms.ChoiceField(choices=Status.choices)
    on = day_field(_("Réalisée le"))
    why = forms.CharField(label=_("Pourquoi"), required=False, max_length=500)
