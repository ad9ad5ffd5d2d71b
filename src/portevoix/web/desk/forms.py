"""What agents fill in: an answer, a transfer, labels, a remark, a template."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from portevoix.web.accounts.models import Agent
from portevoix.web.directory.rules import LONGEST, MOST_UNASSISTED
from portevoix.web.experiences.enums import Channel, Feeling, TransferReason
from portevoix.web.experiences.handling import TAGS, Labels
from portevoix.web.experiences.models import Concern
from portevoix.web.replies.drafting import Words
from portevoix.web.replies.enums import BlockKind, Improvement
from portevoix.web.replies.models import Draft, Reply
from portevoix.web.work.enums import Rhythm

TAG_LABELS: Final = {
    "accessibility": _("Accessibilité"),
    "information": _("Information, explication"),
    "relation": _("Relation"),
    "reactivity": _("Réactivité"),
    "simplicity": _("Simplicité"),
}
_NOT_SAID: Final = ("", _("Non évoqué"))
_NO_CHANNEL: Final = ("", _("Non utilisé"))
_USED: Final = ("used", _("Utilisé, sans avis"))


def _missing(message: Any) -> dict[str, Any]:
    return {"required": message}


class DraftForm(forms.Form):
    """An answer being written: everything may be empty until it is sent."""

    salutation = forms.CharField(label=_("Formule d’appel"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Votre réponse"),
        help_text=_(
            "Répondez à chaque point du récit. Tout le monde lira votre réponse : "
            "n’y mettez ni nom, ni numéro de dossier."
        ),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    closing = forms.CharField(label=_("Formule de politesse"), max_length=200, required=False)
    signature = forms.CharField(
        label=_("Signature"),
        help_text=_("La fonction ou l’équipe, jamais un nom."),
        max_length=200,
        required=False,
    )
    improvement_status = forms.ChoiceField(
        label=_("Quelque chose change après ce récit ?"),
        choices=[
            (Improvement.NONE, _("Non")),
            (Improvement.COMMITTED, _("Oui, c’est engagé")),
            (Improvement.DONE, _("Oui, c’est déjà fait")),
        ],
        required=False,
    )
    improvement_text = forms.CharField(
        label=_("Ce qui change"),
        help_text=_("Par exemple : « Un second guichet ouvre le lundi. »"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    improvement_on = forms.DateField(
        label=_("Depuis ou à partir du"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("salutation", "text", "closing", "signature"):
            # May be empty in a draft, not in what is sent: « facultatif » would be untrue.
            self.fields[name].asked_later = True  # type: ignore[attr-defined]

    @classmethod
    def of(cls, draft: Draft, text: str | None = None) -> DraftForm:
        """The form of a draft as it is, or with another text in it."""
        names = ("salutation", "closing", "signature", "improvement_status", "improvement_text")
        return cls(
            initial={name: getattr(draft, name) for name in names}
            | {
                "text": draft.text if text is None else text,
                "improvement_on": draft.done_on or draft.committed_on,
                "version": draft.version,
            }
        )

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def words(self) -> Words:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        status, on = given["improvement_status"] or Improvement.NONE, given["improvement_on"]
        return Words(
            salutation=given["salutation"],
            text=given["text"].replace("\r\n", "\n"),
            closing=given["closing"],
            signature=given["signature"],
            improvement_status=status,
            improvement_text=given["improvement_text"] if status != Improvement.NONE else "",
            committed_on=on if status == Improvement.COMMITTED else None,
            done_on=on if status == Improvement.DONE else None,
        )


class TransferForm(forms.Form):
    """To whom, why, and a word for them."""

    to = forms.IntegerField(
        label=_("Nouveau service"),
        widget=forms.HiddenInput,
        error_messages=_missing(_("Choisissez un service dans la liste.")),
    )
    kept = forms.ChoiceField(
        label=_("Votre service"),
        choices=[
            ("", _("ne répond pas : je transfère ce récit")),
            ("yes", _("répond aussi : je demande une seconde réponse")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=[
            ("", _("Choisissez")),
            *((reason, reason.label) for reason in TransferReason if reason != TransferReason.ALSO),
        ],
        required=False,
    )
    word = forms.CharField(
        label=_("Un mot pour vos collègues"),
        help_text=_("Ce que vous savez déjà. L’usager ne le lira pas."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].asked_later = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("kept") and not given.get("reason"):
            self.add_error("reason", _("Dites pourquoi vous transférez."))
        return given


class LabelsForm(forms.Form):
    """Tags, procedure and channels of a story: what an agent may correct."""

    procedure = forms.CharField(label=_("Démarche"), max_length=200, required=False)
    trade_tags = forms.CharField(
        label=_("Étiquettes de votre réseau"),
        help_text=_("Séparez-les par des virgules."),
        max_length=500,
        required=False,
    )
    improvement_considered = forms.BooleanField(
        label=_("Ce récit montre quelque chose à améliorer"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for tag in TAGS:
            self.fields[tag] = forms.ChoiceField(
                label=TAG_LABELS[tag], choices=[_NOT_SAID, *Feeling.choices], required=False
            )
        for channel in Channel:
            self.fields[f"channel_{channel}"] = forms.ChoiceField(
                label=channel.label, choices=[_NO_CHANNEL, _USED, *Feeling.choices], required=False
            )

    @classmethod
    def of(cls, concern: Concern) -> LabelsForm:
        experience = concern.experience
        initial: dict[str, Any] = {tag: getattr(experience, tag) for tag in TAGS}
        for use in concern.channels.all():
            initial[f"channel_{use.channel}"] = use.feeling or "used"
        return cls(
            initial=initial
            | {
                "procedure": experience.procedure,
                "trade_tags": ", ".join(experience.trade_tags),
                "improvement_considered": experience.improvement_considered,
            }
        )

    def tag_fields(self) -> list[forms.BoundField]:
        return [self[tag] for tag in TAGS]

    def channel_fields(self) -> list[forms.BoundField]:
        return [self[f"channel_{channel}"] for channel in Channel]

    def labels(self) -> Labels:
        """What was chosen, as the action takes it."""
        given = self.cleaned_data
        channels = {str(channel): given[f"channel_{channel}"] for channel in Channel}
        own = (tag.strip()[:60] for tag in given["trade_tags"].split(","))
        return Labels(
            tags={tag: given[tag] for tag in TAGS if given[tag]},
            procedure=given["procedure"],
            trade_tags=tuple(dict.fromkeys(tag for tag in own if tag)),
            channels={c: "" if f == "used" else f for c, f in channels.items() if f},
            improvement_considered=given["improvement_considered"],
        )


class CommentForm(forms.Form):
    """A remark between services."""

    text = forms.CharField(
        label=_("Ajouter un commentaire"),
        help_text=_("Lu par les services concernés par ce récit, jamais par le public."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_missing(_("Écrivez votre commentaire.")),
    )


class SendBackForm(forms.Form):
    """What a super-agent asks to change."""

    message = forms.CharField(
        label=_("Ce qu’il faut changer"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_missing(_("Dites ce qu’il faut changer.")),
    )


class ImprovementForm(forms.Form):
    """What changes after a story."""

    status = forms.ChoiceField(
        label=_("Où en est-on ?"),
        choices=[
            (Improvement.COMMITTED, _("C’est engagé : décidé, pas encore fait")),
            (Improvement.DONE, _("C’est fait")),
            (Improvement.NONE, _("Rien ne change finalement")),
        ],
        widget=forms.RadioSelect,
        error_messages=_missing(_("Dites où l’on en est.")),
    )
    text = forms.CharField(
        label=_("Ce qui change"),
        help_text=_("Une phrase que tout le monde comprend. Elle sera publiée."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    on = forms.DateField(
        label=_("À quelle date ?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez une date, par exemple 2026-03-01.")},
    )

    @classmethod
    def of(cls, reply: Reply) -> ImprovementForm:
        status = reply.improvement_status
        return cls(
            initial={
                "status": status if status != Improvement.NONE else Improvement.COMMITTED,
                "text": reply.improvement_text,
                "on": reply.done_on or reply.committed_on,
            }
        )


class TemplateForm(forms.Form):
    """A ready-made piece of answer."""

    kind = forms.ChoiceField(label=_("Genre"), choices=BlockKind.choices)
    label = forms.CharField(
        label=_("Nom"),
        max_length=120,
        error_messages=_missing(_("Donnez un nom à ce modèle.")),
    )
    text = forms.CharField(
        label=_("Texte"),
        help_text=_("Mettez entre accolades ce qu’il faut compléter : {date du rendez-vous}."),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=_missing(_("Écrivez le texte du modèle.")),
    )
    use = forms.CharField(label=_("Quand s’en servir"), max_length=300, required=False)
    avoid = forms.CharField(label=_("À éviter"), max_length=300, required=False)


class FormulasForm(forms.Form):
    """How the letters of a structure begin, end and are signed."""

    salutation = forms.CharField(
        label=_("Formule d’appel"),
        max_length=120,
        error_messages=_missing(_("Écrivez comment commencent vos réponses.")),
    )
    closing = forms.CharField(
        label=_("Formule de politesse"),
        max_length=200,
        error_messages=_missing(_("Écrivez comment finissent vos réponses.")),
    )
    signature = forms.CharField(
        label=_("Signature"),
        help_text=_("La fonction ou l’équipe, jamais un nom."),
        max_length=200,
        error_messages=_missing(_("Dites qui signe vos réponses.")),
    )


class RulesForm(forms.Form):
    """How a network answers."""

    answer_days = forms.IntegerField(
        label=_("Délai de réponse, en jours"),
        help_text=_("Compté depuis la publication. Les délais déjà donnés ne changent pas."),
        min_value=1,
        max_value=LONGEST,
        error_messages=_missing(_("Donnez un nombre de jours, de 1 à 90.")),
    )
    validates_replies = forms.BooleanField(
        label=_("Un super-agent relit chaque réponse avant sa publication"), required=False
    )
    unassisted_percent = forms.IntegerField(
        label=_("Récits à traiter sans l’aide à la réponse, sur cent"),
        help_text=_(
            "Tirés au sort, pour mesurer ce que l’aide change. 0 : aucun. Avec 20 ou plus, la "
            "mesure parle plus vite."
        ),
        min_value=0,
        max_value=MOST_UNASSISTED,
        required=False,
        error_messages={"invalid": _("Donnez un nombre, de 0 à 50.")},
    )

    def clean_unassisted_percent(self) -> int:
        return int(self.cleaned_data["unassisted_percent"] or 0)


class RhythmForm(forms.Form):
    """How often to be told."""

    rhythm = forms.ChoiceField(
        label=_("Quand voulez-vous être prévenu ?"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages=_missing(_("Choisissez un rythme.")),
    )


class SearchNameForm(forms.Form):
    """A name for a list to come back to."""

    name = forms.CharField(
        label=_("Nom de cette recherche"),
        max_length=60,
        error_messages=_missing(_("Donnez un nom à cette recherche.")),
    )
    query = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)


class AssignForm(forms.Form):
    """Who has it from now on."""

    to = forms.ChoiceField(label=_("Confier à"), required=False)

    def __init__(self, *args: Any, colleagues: tuple[Agent, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._colleagues = {str(agent.pk): agent for agent in colleagues}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [
            ("", _("Personne")),
            *((key, agent.name) for key, agent in self._colleagues.items()),
        ]

    def chosen(self) -> Agent | None:
        return self._colleagues.get(self.cleaned_data["to"])
