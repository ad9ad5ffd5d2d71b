"""What the API answers. Names are French on the wire, as open data is, and English here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

from django.utils import timezone
from ninja import Schema
from pydantic import AwareDatetime, Field

from portevoix import types
from portevoix.web.directory.models import Network, Structure

FeelingName = Literal["positif", "neutre", "negatif"]
FEELINGS: Final[Mapping[str, FeelingName]] = {
    types.Feeling.POSITIVE: "positif",
    types.Feeling.NEUTRAL: "neutre",
    types.Feeling.NEGATIVE: "negatif",
}
DECLARED: Final = {name: value for value, name in FEELINGS.items()}


class Answered(Schema):
    """The base of all: made by the names of the code, said by those of the wire."""


class ReplyOut(Answered):
    """Ce qu'un service a répondu."""

    text: str = Field(
        serialization_alias="texte", description="Réponse, données personnelles masquées."
    )
    published: AwareDatetime | None = Field(None, serialization_alias="publiee_le")
    signature: str = Field(description="Signature, par la fonction.")
    machine_share: int | None = Field(
        None,
        serialization_alias="part_machine",
        ge=0,
        le=100,
        description="Part reprise d'un brouillon de la machine, de 0 à 100. Nul : sans brouillon.",
    )
    kept: int | None = Field(
        None,
        serialization_alias="phrases_gardees",
        ge=0,
        description="Phrases du brouillon publiées telles quelles. Nul : sans brouillon.",
    )
    changed: int | None = Field(
        None,
        serialization_alias="phrases_changees",
        ge=0,
        description="Phrases du brouillon changées par une personne. Nul : sans brouillon.",
    )
    written: int | None = Field(
        None,
        serialization_alias="phrases_ecrites",
        ge=0,
        description="Phrases écrites par une personne seule. Nul : sans brouillon.",
    )
    cited: list[str] = Field(
        serialization_alias="pages_citees",
        description="Adresses des pages d'où viennent les phrases du brouillon.",
    )
    useful: int = Field(
        serialization_alias="utile", ge=0, description="Visiteurs qui la trouvent utile."
    )
    not_useful: int = Field(serialization_alias="pas_utile", ge=0)
    author_found_useful: bool | None = Field(
        None,
        serialization_alias="utile_pour_auteur",
        description="Ce qu'en dit l'auteur. Nul : rien.",
    )


class ServiceOut(Answered):
    """Un service dont parle un récit."""

    code: str | None = Field(None, description="Code SP+ de la structure, si elle est connue.")
    name: str = Field(
        serialization_alias="nom", description="Nom de la structure, sinon ce qui a été écrit."
    )
    network: str = Field(serialization_alias="reseau", description="Réseau ou type de service.")
    channels: list[str] = Field(
        serialization_alias="canaux", description="Comment le service a été joint."
    )
    reply: ReplyOut | None = Field(None, serialization_alias="reponse")


class TagsOut(Answered):
    """Ressenti sur cinq points ; nul quand l'auteur n'en dit rien."""

    accessibility: FeelingName | None = Field(None, serialization_alias="accessibilite")
    information: FeelingName | None = None
    relation: FeelingName | None = None
    reactivity: FeelingName | None = Field(None, serialization_alias="reactivite")
    simplicity: FeelingName | None = Field(None, serialization_alias="simplicite")


class ImprovementOut(Answered):
    """Ce que le service change après ce récit."""

    text: str = Field(serialization_alias="texte")
    committed: date | None = Field(None, serialization_alias="promise_le")
    done: date | None = Field(None, serialization_alias="faite_le")


class ExperienceOut(Answered):
    """Un récit publié, avec les réponses."""

    id: str = Field(description="Le même que dans les fichiers de données ouvertes.")
    page: str = Field(serialization_alias="adresse", description="Où le lire sur le site.")
    title: str = Field(serialization_alias="titre")
    text: str = Field(
        serialization_alias="recit", description="Données personnelles masquées : « [nom] »."
    )
    feeling: FeelingName = Field(
        serialization_alias="ressenti", description="Déclaré par l'auteur."
    )
    tags: TagsOut = Field(serialization_alias="etiquettes")
    published: AwareDatetime = Field(serialization_alias="publie_le")
    written: date | None = Field(None, serialization_alias="ecrit_le")
    departement: str | None = Field(None, description="De l'auteur, code INSEE.")
    region: str | None = Field(None, description="De l'auteur, en toutes lettres.")
    country: str = Field(serialization_alias="pays")
    posted_as: str = Field(serialization_alias="raconte_par")
    procedures: list[str] = Field(serialization_alias="demarches")
    similar: int = Field(serialization_alias="vecu_aussi_par", ge=0)
    answered: bool = Field(serialization_alias="repondu")
    services: list[ServiceOut]
    improvement: ImprovementOut | None = Field(None, serialization_alias="amelioration")
    fictional: bool = Field(
        serialization_alias="fictif", description="Inventé pour une démonstration."
    )

    @classmethod
    def of(cls, told: types.Experience) -> ExperienceOut:
        """From what an export says: the API tells no more than the files."""
        assert told.feeling  # noqa: S101 (what is public has both)
        assert told.published  # noqa: S101
        after = told.follow_up or types.FollowUp()
        return cls(
            id=told.id,
            page=told.page,
            title=told.title,
            text=told.text,
            feeling=FEELINGS[told.feeling],
            tags=TagsOut(**{tag.value: FEELINGS[feeling] for tag, feeling in told.tags.items()}),
            published=_in_paris(told.published),
            written=told.written.date() if told.written else None,
            departement=told.departement or None,
            region=told.region or None,
            country=told.country,
            posted_as=told.posted_as,
            procedures=list(told.procedures),
            similar=told.similar,
            answered=after.answered,
            services=[_service(concern) for concern in told.concerns],
            improvement=_improvement(after),
            fictional=told.fictional,
        )


def _in_paris(moment: datetime) -> datetime:
    return timezone.make_aware(moment)


def _service(concern: types.Concern) -> ServiceOut:
    reply = concern.reply
    return ServiceOut(
        code=concern.structure_id or None,
        name=concern.structure or concern.network,
        network=concern.network,
        channels=list(concern.channels),
        reply=ReplyOut(
            text=reply.text,
            published=_in_paris(reply.published) if reply.published else None,
            signature=reply.signature,
            machine_share=reply.similarity,
            kept=reply.kept,
            changed=reply.changed,
            written=reply.written,
            cited=list(reply.cited),
            useful=reply.useful,
            not_useful=reply.not_useful,
            author_found_useful=reply.author_found_useful,
        )
        if reply
        else None,
    )


def _improvement(after: types.FollowUp) -> ImprovementOut | None:
    if not after.action:
        return None
    return ImprovementOut(
        text=after.action,
        committed=after.committed.date() if after.committed else None,
        done=after.done.date() if after.done else None,
    )


class NetworkOut(Answered):
    """Un réseau : une caisse nationale, un ministère, une force."""

    slug: str = Field(serialization_alias="code", description="À donner au paramètre « reseau ».")
    name: str = Field(serialization_alias="nom")
    acronym: str | None = Field(None, serialization_alias="sigle")
    answer_days: int = Field(
        serialization_alias="delai_jours", description="Délai de réponse promis."
    )

    @classmethod
    def of(cls, network: Network) -> NetworkOut:
        return cls(
            slug=network.slug,
            name=network.name,
            acronym=network.acronym or None,
            answer_days=network.answer_days,
        )


class StructureOut(Answered):
    """Un service qui reçoit des usagers."""

    code: str = Field(description="Code SP+, le même d'un export à l'autre.")
    name: str = Field(serialization_alias="nom")
    official_name: str = Field(serialization_alias="nom_officiel")
    network: str = Field(serialization_alias="reseau", description="Code du réseau.")
    kind: str | None = Field(None, serialization_alias="type")
    parent: str | None = Field(
        None, serialization_alias="depend_de", description="Code de la structure dont elle dépend."
    )
    address: str | None = Field(None, serialization_alias="adresse")
    postcode: str | None = Field(None, serialization_alias="code_postal")
    town: str | None = Field(None, serialization_alias="commune")
    departement: str | None = None
    region: str | None = Field(None, description="Code INSEE.")
    country: str | None = Field(None, serialization_alias="pays")
    url: str | None = Field(None, serialization_alias="site")
    active: bool = Field(description="Faux : fermée, gardée parce que des récits la nomment.")

    @classmethod
    def of(cls, row: Structure) -> StructureOut:
        named = "address postcode town departement region country url".split()
        return cls(
            code=row.code,
            name=row.public_name,
            official_name=row.official_name,
            network=row.network.slug,
            kind=row.typology.name if row.typology else None,
            parent=row.parent.code if row.parent else None,
            active=row.active,
            **{name: getattr(row, name) or None for name in named},
        )


class ExperiencesOut(Answered):
    """Une page de récits, du plus récent au plus ancien."""

    results: list[ExperienceOut] = Field(serialization_alias="resultats")
    next: str | None = Field(
        None,
        serialization_alias="suivant",
        description="Adresse de la page suivante. Nul : c'est la dernière.",
    )


class StructuresOut(Answered):
    """Une page de structures."""

    results: list[StructureOut] = Field(serialization_alias="resultats")
    next: str | None = Field(
        None,
        serialization_alias="suivant",
        description="Adresse de la page suivante. Nul : c'est la dernière.",
    )


class NetworksOut(Answered):
    """Tous les réseaux."""

    results: list[NetworkOut] = Field(serialization_alias="resultats")


class YearOut(Answered):
    """Les récits d'une année."""

    year: int = Field(serialization_alias="annee")
    published: int = Field(serialization_alias="recits")
    answered: int = Field(serialization_alias="repondus")


class StatisticsOut(Answered):
    """Combien de récits, ce qu'ils ressentent, comment les services répondent."""

    published: int = Field(serialization_alias="recits")
    positive: int = Field(serialization_alias="positifs")
    neutral: int = Field(serialization_alias="neutres")
    negative: int = Field(serialization_alias="negatifs")
    answered: int = Field(serialization_alias="repondus")
    answered_share: float | None = Field(
        None, serialization_alias="part_repondus", ge=0, le=1, description="Nul : aucun récit."
    )
    median_hours: int | None = Field(
        None,
        serialization_alias="delai_median_heures",
        description="De la publication à la première réponse datée.",
    )
    useful: int = Field(
        serialization_alias="votes_utile", description="Votes « utile » sur les réponses."
    )
    not_useful: int = Field(serialization_alias="votes_pas_utile")
    years: list[YearOut] = Field(serialization_alias="par_annee")


class FaultOut(Answered):
    """Un paramètre à corriger."""

    field: str = Field(serialization_alias="champ")
    message: str


class ProblemOut(Answered):
    """Ce qui a empêché de répondre (RFC 9457)."""

    type: str = Field(description="« about:blank » : le statut dit tout.")
    title: str
    status: int
    detail: str = Field(description="Ce qu'il faut faire, en français.")
    faults: list[FaultOut] | None = Field(None, serialization_alias="erreurs")


def said(problem: ProblemOut) -> dict[str, Any]:
    """The problem as JSON says it, without what it lacks."""
    return problem.model_dump(by_alias=True, exclude_none=True)
