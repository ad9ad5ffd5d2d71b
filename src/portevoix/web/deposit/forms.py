"""What is asked at each step; only feeling, story, service and consent are required."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portevoix.note import french
from portevoix.web.deposit.words import kept
from portevoix.web.directory.models import Network
from portevoix.web.directory.queries import departement_choices
from portevoix.web.experiences.enums import Channel, Feeling, PostedAs
from portevoix.web.ui.forms import Faces, QuickSelect

LONGEST_STORY: Final = 10_000
_SHORTEST_STORY: Final = 20
_LONGEST_TITLE: Final = 150
_FACES: Final = [
    (str(Feeling.POSITIVE), _("Bien")),
    (str(Feeling.NEUTRAL), _("Moyen")),
    (str(Feeling.NEGATIVE), _("Mal")),
]
TAGS: Final = {
    "accessibility": _("Joindre le service ou y accéder"),
    "information": _("Les informations et les explications"),
    "relation": _("L’accueil et l’écoute"),
    "reactivity": _("La rapidité"),
    "simplicity": _("La simplicité"),
}


class Typed(forms.CharField):
    """Words as they were typed, but for the signs that cannot be kept."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(kept(value) if isinstance(value, str) else value)


class StoryForm(forms.Form):
    """The story and its title."""

    text = Typed(
        label=_("Que s’est-il passé ?"),
        help_text=_(
            "Racontez comme à un proche : ce que vous vouliez faire, ce qui s’est passé, "
            "ce qui vous a aidé ou manqué."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "class": "pv-story-field"}),
        min_length=_SHORTEST_STORY,
        error_messages={
            "required": _("Racontez ce qui s’est passé, même en une phrase."),
            "min_length": _("Dites-en un peu plus : une phrase entière suffit."),
        },
    )
    title = Typed(
        label=_("Titre"),
        help_text=_("Sans titre, nous prendrons le début de votre récit."),
        required=False,
        max_length=_LONGEST_TITLE,
        error_messages={"max_length": _("Raccourcissez le titre : 150 caractères au plus.")},
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        over = len(text) - LONGEST_STORY
        if over > 0:
            raise forms.ValidationError(
                _("Votre récit est trop long : retirez %(over)s. Rien n’est perdu."),
                params={"over": f"{french.number(over)} {french.plural(over, 'caractère')}"},
            )
        return text


class SearchForm(forms.Form):
    """Words, and a network when one wants to look inside it only."""

    q = Typed(label=_("Quel service ?"), required=False, max_length=200, strip=True)
    reseau = forms.ModelChoiceField(
        Network.objects.filter(active=True),
        label=_("Chercher seulement dans"),
        required=False,
        empty_label=_("Tous les services"),
        to_field_name="slug",
        widget=QuickSelect,
    )


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel: whether it was used, and how it went."""

    used: forms.BoundField
    feeling: forms.BoundField


def _departements() -> list[tuple[str, str]]:
    return [("", gettext("Je préfère ne pas le dire")), *departement_choices()]


class DetailsForm(forms.Form):
    """Everything that helps the service and is not required."""

    procedure = Typed(
        label=_("Quelle démarche ?"),
        help_text=_("Par exemple : demande d’APL, carte grise, titre de séjour"),
        required=False,
        max_length=200,
    )
    departement = forms.ChoiceField(
        label=_("Votre département"), required=False, choices=_departements, widget=QuickSelect
    )
    posted_as = forms.ChoiceField(
        label=_("Vous racontez"),
        choices=[
            (str(PostedAs.CONCERNED), _("ce que vous avez vécu vous-même")),
            (str(PostedAs.RELATIVE), _("ce qu’a vécu un proche")),
            (str(PostedAs.MEDIATOR), _("ce qu’a vécu une personne que vous aidez")),
        ],
        initial=str(PostedAs.CONCERNED),
        widget=forms.RadioSelect,
    )
    pseudonym = Typed(
        label=_("Signer d’un pseudonyme"),
        help_text=_("Il sera public. N’écrivez pas votre vrai nom."),
        required=False,
        max_length=40,
    )

    def __init__(self, *args: Any, services: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = services
        for rank in range(1, len(services) + 1):
            for channel in Channel:
                name = f"{rank}-{channel}"
                self.fields[f"used-{name}"] = forms.BooleanField(
                    label=channel.label, required=False
                )
                self.fields[f"felt-{name}"] = forms.ChoiceField(
                    label=channel.label, required=False, choices=_FACES, widget=Faces
                )
        for tag, label in TAGS.items():
            self.fields[f"tag-{tag}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[*_FACES, ("", _("Sans avis"))],
                initial="",
                widget=Faces,
            )

    def channels(self) -> Iterator[tuple[str, Sequence[ChannelLine]]]:
        """The name of each service with its channels, to be drawn."""
        for rank, name in enumerate(self.services, 1):
            yield (
                name,
                [ChannelLine(self[f"used-{rank}-{c}"], self[f"felt-{rank}-{c}"]) for c in Channel],
            )

    def tags(self) -> Sequence[forms.BoundField]:
        return [self[f"tag-{tag}"] for tag in TAGS]

    def details(self) -> dict[str, Any]:
        """What was answered, as a draft keeps it; what is not valid is left out."""
        said = self.cleaned_data
        return {
            "procedure": said.get("procedure") or "",
            "departement": said.get("departement") or "",
            "posted_as": said.get("posted_as") or "",
            "pseudonym": said.get("pseudonym") or "",
            "tags": {tag: felt for tag in TAGS if (felt := said.get(f"tag-{tag}"))},
        }

    def channels_used(self) -> dict[int, dict[str, str]]:
        """Rank of the service → channel → feeling; a feeling alone says that it was used."""
        said = self.cleaned_data
        return {
            rank: {
                str(channel): said.get(f"felt-{rank}-{channel}") or ""
                for channel in Channel
                if said.get(f"used-{rank}-{channel}") or said.get(f"felt-{rank}-{channel}")
            }
            for rank in range(1, len(self.services) + 1)
        }

    @staticmethod
    def initial_of(
        details: Mapping[str, Any], services: Sequence[Mapping[str, Any]]
    ) -> dict[str, Any]:
        """The answers that a draft holds, as this form shows them."""
        shown: dict[str, Any] = {k: v for k, v in details.items() if k != "tags" and v}
        shown |= {f"tag-{tag}": felt for tag, felt in details.get("tags", {}).items()}
        for rank, service in enumerate(services, 1):
            for channel, felt in service.get("channels", {}).items():
                shown |= {f"used-{rank}-{channel}": True, f"felt-{rank}-{channel}": felt}
        return shown


class SendForm(forms.Form):
    """Where to send the answer, and the consent."""

    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        help_text=_(
            "Pour recevoir la réponse et votre lien privé. Elle n’est ni publiée, ni donnée "
            "au service. Exemple : nom@exemple.fr"
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Écrivez une adresse comme nom@exemple.fr, ou rien.")},
    )
    consent = forms.BooleanField(
        label=_("J’accepte que mon récit soit relu puis publié"),
        help_text=_("Vous pourrez le retirer à tout moment avec votre lien privé."),
        error_messages={"required": _("Cochez cette case pour envoyer votre avis.")},
    )
