"""The API: what can be asked, with which parameters. Everything here is public already."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest
from django.urls import reverse
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer
from pydantic import Field, StringConstraints

from portevoix.web.api import exports, queries
from portevoix.web.api.gate import guarded
from portevoix.web.api.problems import (
    MEDIA_TYPE,
    STATUSES,
    ProblemError,
    on_invalid,
    on_problem,
    wrong,
)
from portevoix.web.api.schemas import (
    DECLARED,
    ExperienceOut,
    ExperiencesOut,
    FeelingName,
    NetworkOut,
    NetworksOut,
    ProblemOut,
    StatisticsOut,
    StructureOut,
    StructuresOut,
    YearOut,
)
from portevoix.web.directory.models import Network, Structure
from portevoix.web.directory.queries import active_networks, find_structures
from portevoix.web.experiences.queries import LATEST_FIRST, Filters, published
from portevoix.web.ui.pagination import is_cursor, paginate

VERSION: Final = "1"
_CODE_ORDER: Final = ("code",)
_ABOUT: Final = """Récits des usagers, réponses des services, structures et chiffres publics.

Tout ce qui est ici est déjà public : aucune clé n'est nécessaire. Une clé permet de demander plus
souvent ; elle se demande à qui administre ce site."""
_PROBLEMS: Final = {422: ProblemOut, 401: ProblemOut, 429: ProblemOut}


class Api(NinjaAPI):
    """Its schema says what the library cannot: a key may be left out, problems have their type."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                _complete(operation)
        return schema


def _complete(operation: dict[str, Any]) -> None:
    operation["security"] = [{}, {"cle": []}]
    for parameter in operation["parameters"]:
        # A parameter is left out, it is never null.
        asked = parameter["schema"]
        if "anyOf" in asked:
            asked |= next(kind for kind in asked.pop("anyOf") if kind != {"type": "null"})
    for status, response in operation["responses"].items():
        response["description"] = STATUSES[int(status)]
        if int(status) >= 400:
            response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}


class Renderer(JSONRenderer):
    """Accents as they are written."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 (the library's)


api = Api(
    title="API de Porte-voix",
    version=VERSION,
    description=_ABOUT,
    docs_url=None,
    renderer=Renderer(),
    urls_namespace="rest",
    openapi_extra={
        "info": {
            "license": {
                "name": "Licence Ouverte / Open Licence 2.0",
                "url": "https://github.com/etalab/licence-ouverte/blob/master/LO.md",
            }
        },
        "components": {
            "securitySchemes": {
                "cle": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "« Authorization: Bearer pv_… », pour demander plus souvent.",
                }
            }
        },
    },
)
api.add_decorator(guarded, mode="view")
api.exception_handler(ProblemError)(on_problem)
api.exception_handler(ValidationError)(on_invalid)

_Short = Annotated[str, StringConstraints(max_length=200)]
_Code = Annotated[str, StringConstraints(max_length=60)]
_Identity = Annotated[
    str, StringConstraints(max_length=60), Field(description="Identifiant, donné par les listes.")
]
_Departement = Annotated[str, StringConstraints(pattern=r"^(\d{2}|2[AB]|9[78]\d)$")]


class ScopeIn(Schema):
    """Which stories."""

    network: _Code = Field("", alias="reseau", description="Code d'un réseau (voir /reseaux).")
    structure: _Code = Field(
        "", description="Code SP+ d'une structure ; ce qui en dépend est compris."
    )
    departement: _Departement = Field(
        "", description="Département de l'auteur, code INSEE : 59, 2A, 974."
    )
    since: date | None = Field(None, alias="depuis", description="Publiés ce jour ou après.")
    until: date | None = Field(None, alias="jusqua", description="Publiés ce jour ou avant.")

    def filters(self, **more: Any) -> Filters:
        """What the site understands. A code that names nothing is a fault, not an empty answer."""
        return Filters(
            network=_network(self.network),
            structure=_structure(self.structure),
            departement=self.departement,
            since=self.since,
            until=self.until,
            **more,
        )


class ExperiencesIn(ScopeIn):
    words: _Short = Field("", alias="mots", description="Mots que le récit contient.")
    feeling: FeelingName | None = Field(None, alias="ressenti", description="Déclaré par l'auteur.")
    answered: bool | None = Field(None, alias="repondu", description="Un service a répondu.")
    size: int = Field(20, alias="taille", ge=1, le=100, description="Récits par page.")
    cursor: _Short = Field("", alias="curseur", description="Donné par « suivant ».")


class StructuresIn(Schema):
    words: _Short = Field(
        "",
        alias="mots",
        description="Nom, ville, code postal : les plus proches d'abord, sans page suivante.",
    )
    network: _Code = Field("", alias="reseau", description="Code d'un réseau (voir /reseaux).")
    parent: _Code = Field("", alias="depend_de", description="Code SP+ : tout ce qui en dépend.")
    departement: _Departement = Field("", description="Code INSEE : 59, 2A, 974.")
    state: Literal["ouvertes", "fermees", "toutes"] = Field(
        "ouvertes", alias="etat", description="Les structures fermées restent dans l'annuaire."
    )
    size: int = Field(50, alias="taille", ge=1, le=100, description="Structures par page.")
    cursor: _Short = Field("", alias="curseur", description="Donné par « suivant ».")


@api.get(
    "/experiences",
    response={200: ExperiencesOut, **_PROBLEMS},
    by_alias=True,
    summary="Récits publiés",
    tags=["Récits"],
    operation_id="experiences",
)
def experiences(request: HttpRequest, asked: Query[ExperiencesIn]) -> ExperiencesOut:
    """Du plus récent au plus ancien, avec les réponses des services."""
    _check(request, ExperiencesIn)
    _check_cursor(asked.cursor, LATEST_FIRST)
    filters = asked.filters(
        words=asked.words,
        feeling=DECLARED.get(asked.feeling, "") if asked.feeling else "",
        answered=asked.answered,
    )
    page = paginate(published(filters), LATEST_FIRST, asked.cursor, asked.size)
    told = exports.official(page.rows)
    return ExperiencesOut(
        results=[ExperienceOut.of(one) for one in told], next=_next(request, page.next)
    )


@api.get(
    "/experiences/{id}",
    response={200: ExperienceOut, 404: ProblemOut, **_PROBLEMS},
    by_alias=True,
    summary="Un récit",
    tags=["Récits"],
    operation_id="experience",
)
def experience(request: HttpRequest, id: Path[_Identity]) -> ExperienceOut:  # noqa: A002, ARG001
    """Par son identifiant, celui des fichiers de données ouvertes."""
    found = published().filter(official_id=id).first()
    if found is None:
        raise ProblemError(404, "Aucun récit publié ne porte cet identifiant.")
    return ExperienceOut.of(exports.official([found])[0])


@api.get(
    "/reseaux",
    response={200: NetworksOut, **_PROBLEMS},
    by_alias=True,
    summary="Réseaux",
    tags=["Services"],
    operation_id="reseaux",
)
def networks(request: HttpRequest) -> NetworksOut:  # noqa: ARG001
    """Tous, par ordre alphabétique."""
    return NetworksOut(results=[NetworkOut.of(network) for network in active_networks()])


@api.get(
    "/structures",
    response={200: StructuresOut, **_PROBLEMS},
    by_alias=True,
    summary="Structures",
    tags=["Services"],
    operation_id="structures",
)
def structures(request: HttpRequest, asked: Query[StructuresIn]) -> StructuresOut:
    """Par code, ou par mots : « caf lyon » trouve la Caf du Rhône."""
    _check(request, StructuresIn)
    _check_cursor(asked.cursor, _CODE_ORDER)
    network, parent = _network(asked.network), _structure(asked.parent, "depend_de")
    found = Structure.objects.select_related("network", "typology", "parent")
    if asked.state != "toutes":
        found = found.filter(active=asked.state == "ouvertes")
    if network:
        found = found.filter(network=network)
    if parent:
        found = found.filter(path__under=parent.path).exclude(pk=parent.pk)
    if asked.departement:
        found = found.filter(departement=asked.departement)
    if asked.words.strip():
        named = [s.pk for s in find_structures(asked.words, network, limit=asked.size)]
        by_number = found.in_bulk(named)
        rows = [by_number[key] for key in named if key in by_number]
        return StructuresOut(results=[StructureOut.of(row) for row in rows], next=None)
    page = paginate(found, _CODE_ORDER, asked.cursor, asked.size)
    return StructuresOut(
        results=[StructureOut.of(row) for row in page.rows], next=_next(request, page.next)
    )


@api.get(
    "/structures/{code}",
    response={200: StructureOut, 404: ProblemOut, **_PROBLEMS},
    by_alias=True,
    summary="Une structure",
    tags=["Services"],
    operation_id="structure",
)
def structure(request: HttpRequest, code: Path[_Identity]) -> StructureOut:  # noqa: ARG001
    """Par son code SP+."""
    found = Structure.objects.select_related("network", "typology", "parent")
    row = found.filter(code=code).first()
    if row is None:
        raise ProblemError(404, "Aucune structure ne porte ce code.")
    return StructureOut.of(row)


@api.get(
    "/statistiques",
    response={200: StatisticsOut, **_PROBLEMS},
    by_alias=True,
    summary="Statistiques",
    tags=["Chiffres"],
    operation_id="statistiques",
)
def statistics(request: HttpRequest, asked: Query[ScopeIn]) -> StatisticsOut:
    """Gardées cinq minutes, puis comptées de nouveau pendant qu’on les donne encore."""
    _check(request, ScopeIn)
    found = queries.statistics(asked.filters())
    return StatisticsOut(
        published=found.published,
        positive=found.positive,
        neutral=found.neutral,
        negative=found.negative,
        answered=found.answered,
        answered_share=round(found.answered / found.published, 4) if found.published else None,
        median_hours=found.median_hours,
        useful=found.useful,
        not_useful=found.not_useful,
        years=[
            YearOut(year=one.year, published=one.published, answered=one.answered)
            for one in found.years
        ],
    )


def _network(slug: str) -> Network | None:
    if not slug:
        return None
    found = Network.objects.filter(slug=slug).first()
    if found is None:
        raise wrong("reseau", "aucun réseau ne porte ce code ; voir /reseaux.")
    return found


def _structure(code: str, field: str = "structure") -> Structure | None:
    if not code:
        return None
    found = Structure.objects.filter(code=code).first()
    if found is None:
        raise wrong(field, "aucune structure ne porte ce code ; voir /structures.")
    return found


def _check(request: HttpRequest, parameters: type[Schema]) -> None:
    """Refuse a parameter that does not exist: misspelt, it would be ignored in silence.

    A NUL stands in no code and no word, and PostgreSQL refuses it.
    """
    known = {field.alias or name for name, field in parameters.model_fields.items()}
    for name in request.GET:
        if name not in known:
            raise wrong(name[:60], "ce paramètre n’existe pas.")
        if any("\x00" in value for value in request.GET.getlist(name)):
            raise wrong(name, "un caractère de cette valeur n’est pas permis.")


def _check_cursor(cursor: str, order: tuple[str, ...]) -> None:
    if not is_cursor(cursor, order):
        raise wrong("curseur", "donnez celui de « suivant », sans rien y changer.")


def _next(request: HttpRequest, cursor: str) -> str | None:
    """The whole address of the next page: nothing to build."""
    if not cursor:
        return None
    asked = request.GET.copy()
    asked["curseur"] = cursor
    match = request.resolver_match
    assert match is not None  # noqa: S101 (a view is answering)
    return request.build_absolute_uri(f"{reverse(match.view_name)}?{asked.urlencode()}")
