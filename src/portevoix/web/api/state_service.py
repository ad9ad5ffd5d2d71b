"""The reply service, under the addresses and in the shapes of the State's (« albert-spp »).

A program that calls the State's changes the name of the server and its key, nothing else. What is
added stands beside what it knows: the redacted text, the sources, what is left to complete.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest, JsonResponse
from ninja import Body, NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from pydantic import Discriminator, Field, StringConstraints, Tag

from portevoix.web.api import asked, gate
from portevoix.web.api.endpoints import Renderer
from portevoix.web.api.enums import AskedState
from portevoix.web.api.models import AskedDraft
from portevoix.web.api.problems import (
    MEDIA_TYPE,
    STATUSES,
    ProblemError,
    on_invalid,
    on_problem,
    told,
)
from portevoix.web.api.schemas import ProblemOut

AT_ONCE: Final = 50
_SOON: Final = 2
_LATER: Final = 60
_ABOUT: Final = """Des brouillons de réponse pour un logiciel qui aide des agents à répondre.

1. Envoyez le récit à `/anonymize` : il revient masqué, et un brouillon est demandé.
2. Demandez le brouillon à `/prod/run/ditp-get-data` avec le même identifiant.

Un brouillon n'est pas une réponse : un agent le complète, le corrige et le signe. Rien de ce qui
est envoyé n'est gardé sans masquage, ni plus de 48 heures."""

# PostgreSQL keeps no null character.
_Identity = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
_Story = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=r"^[^\x00]*$")]


class NameIn(Schema):
    """Un récit déjà envoyé."""

    id: _Identity = Field(description="Identifiant donné à l'envoi, ou reçu en retour.")


class StoryIn(Schema):
    """Un récit auquel répondre."""

    id: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] | None = Field(
        None, description="Votre identifiant. Vide : nous en donnons un."
    )
    text: _Story = Field(description="Le récit, tel que l'usager l'a écrit.")


class StoryOut(Schema):
    """Ce qui a été reçu."""

    id: str
    text: str = Field(description="Le récit, données personnelles masquées.")


class PageOut(Schema):
    """Une page sur laquelle une phrase s'appuie."""

    title: str
    url: str


class DraftOut(Schema):
    """Un brouillon, à compléter et à signer par un agent."""

    id: str
    generated_answer: str | None = Field(description="Le brouillon. Nul tant qu'il n'est pas prêt.")
    state: Literal["ready", "waiting", "failed", "unknown"] = Field(
        description="Prêt, en attente, impossible à écrire, ou identifiant inconnu."
    )
    sources: list[PageOut] = Field(default=[], description="Pages dont viennent les informations.")
    to_complete: list[str] = Field(default=[], description="Ce que seul un agent peut dire.")
    engine: str = Field("", description="Ce qui a écrit le brouillon.")
    note: str = Field("", description="Ce que l'agent doit savoir de ce brouillon.")


class StoriesOut(Schema):
    """Un objet pour un récit, une liste pour plusieurs."""

    body: StoryOut | list[StoryOut]


class DraftsOut(Schema):
    """Un objet pour un récit, une liste pour plusieurs."""

    body: DraftOut | list[DraftOut]


def _how_many(given: Any) -> str:
    return "many" if isinstance(given, list) else "one"


_Stories = Annotated[
    Annotated[StoryIn, Tag("one")]
    | Annotated[list[StoryIn], Field(min_length=1, max_length=AT_ONCE), Tag("many")],
    Discriminator(_how_many),
]
_Names = Annotated[
    Annotated[NameIn, Tag("one")]
    | Annotated[list[NameIn], Field(min_length=1, max_length=AT_ONCE), Tag("many")],
    Discriminator(_how_many),
]


class StateService(NinjaAPI):
    """Its schema says what the library cannot: a key is needed, problems have their type."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                _complete(operation)
        return schema


def _complete(operation: dict[str, Any]) -> None:
    operation["security"] = [{"cle": []}]
    for status, response in operation["responses"].items():
        response["description"] = STATUSES[int(status)]
        if int(status) >= 400:
            response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}


service = StateService(
    title="Service de réponse",
    version="1",
    description=_ABOUT,
    docs_url=None,
    openapi_url="/prod/openapi.json",
    renderer=Renderer(),
    urls_namespace="state",
    openapi_extra={
        "components": {
            "securitySchemes": {
                "cle": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Une clé qui permet de demander des brouillons de réponse.",
                }
            }
        }
    },
)
service.add_decorator(gate.for_drafts, mode="view")
service.exception_handler(ProblemError)(on_problem)
service.exception_handler(ValidationError)(on_invalid)


@service.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, error: HttpError) -> JsonResponse:
    del error
    return told(ProblemError(400, "Le corps de la demande n’est pas du JSON lisible."))


_PROBLEMS: Final = dict.fromkeys((400, 401, 403, 422, 429, 503), ProblemOut)


@service.post(
    "/anonymize",
    operation_id="anonymize",
    summary="Masquer un récit et demander un brouillon",
    description="Le même texte sous le même identifiant n'est demandé qu'une fois.",
    response={200: StoriesOut, **_PROBLEMS},
)
def anonymize(request: HttpRequest, stories: Annotated[_Stories, Body()]) -> dict[str, Any]:
    """Each story comes back redacted; its draft will be there soon."""
    given = stories if isinstance(stories, list) else [stories]
    key = _key_for(request, len(given))
    try:
        rows = asked.ask(key, [asked.Asked(one.text, one.id or "") for one in given])
    except asked.TooManyWaitingError as error:
        raise ProblemError(503, str(error), wait=_LATER) from error
    return _one_or_many([{"id": row.identifier, "text": row.text} for row in rows])


@service.post(
    "/prod/run/ditp-get-data",
    operation_id="ditp_get_data",
    summary="Prendre un brouillon",
    description=(
        "Pour un seul identifiant : 400 tant que le brouillon n'est pas prêt, 404 si l'identifiant "
        "est inconnu, 503 si le brouillon n'a pas pu être écrit. Pour plusieurs : « state » le dit "
        "pour chacun."
    ),
    response={200: DraftsOut, 404: ProblemOut, **_PROBLEMS},
)
def ditp_get_data(request: HttpRequest, names: Annotated[_Names, Body()]) -> dict[str, Any]:
    """The drafts of these stories, in order."""
    identifiers = [one.id for one in (names if isinstance(names, list) else [names])]
    rows = asked.found(_key_for(request, len(identifiers)), identifiers)
    if len(rows) == 1:
        _require_ready(rows[0])
    return _one_or_many([_said(i, row) for i, row in zip(identifiers, rows, strict=True)])


def _key_for(request: HttpRequest, number: int) -> Any:
    """The key that the gate let in; the gate counted one, the others count here."""
    key = gate.drafting_key(request)
    gate.spend(key, number - 1)
    return key


def _require_ready(row: AskedDraft | None) -> None:
    if row is None:
        raise ProblemError(
            404,
            "Aucun récit n’a été envoyé sous cet identifiant avec cette clé depuis 48 heures. "
            "Envoyez-le à /anonymize.",
        )
    if row.state == AskedState.WAITING:
        raise ProblemError(
            400, "Le brouillon n’est pas encore prêt : redemandez-le bientôt.", wait=_SOON
        )
    if row.state == AskedState.FAILED:
        raise ProblemError(
            503, "Le brouillon n’a pas pu être écrit : renvoyez le récit à /anonymize.", wait=_LATER
        )


def _said(identifier: str, row: AskedDraft | None) -> dict[str, Any]:
    ready = row is not None and row.state == AskedState.READY
    return {
        "id": identifier,
        "generated_answer": row.answer if row and ready else None,
        "state": row.state if row else "unknown",
        **(row.told if row and ready else {}),
    }


def _one_or_many(said: list[dict[str, Any]]) -> dict[str, Any]:
    """As the State's service does: one alone is not in a list, even when it was sent in one."""
    return {"body": said[0] if len(said) == 1 else said}
