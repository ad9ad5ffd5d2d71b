"""What cannot be answered, said in French and in one form (`application/problem+json`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, JsonResponse
from ninja.errors import ValidationError

from portevoix.web.api.schemas import FaultOut, ProblemOut, said

MEDIA_TYPE: Final = "application/problem+json"
STATUSES: Final = {
    200: "Réponse.",
    400: "La demande ne se lit pas, ou ce qu'elle attend n'est pas encore prêt.",
    401: "La clé donnée n'existe pas ou a été retirée.",
    403: "Cette clé ne permet pas cela.",
    404: "Rien ne porte cet identifiant.",
    422: "Un paramètre est à corriger.",
    429: "Trop de demandes : attendez le temps dit par « Retry-After ».",
    503: "Impossible pour le moment : attendez le temps dit par « Retry-After ».",
}
_TITLES: Final = {
    400: "Demande refusée",
    401: "Clé refusée",
    403: "Clé insuffisante",
    404: "Introuvable",
    422: "Demande à corriger",
    429: "Trop de demandes",
    503: "Impossible pour le moment",
}
_WRONG: Final = {
    "missing": "Ce paramètre est obligatoire.",
    "int_parsing": "Un nombre entier est attendu.",
    "bool_parsing": "« true » ou « false » est attendu.",
    "string_too_long": "Ce texte est trop long.",
    "string_too_short": "Ce texte est vide.",
    "string_type": "Un texte est attendu.",
    "too_long": "Cette liste est trop longue.",
    "too_short": "Cette liste est vide.",
    "string_pattern_mismatch": "Ce code n’a pas la bonne forme.",
}
_DATE: Final = "Une date est attendue, de la forme 2025-03-31."


class ProblemError(Exception):
    """Ce qui empêche de répondre à une demande. `wait`: seconds before asking again."""

    def __init__(
        self, status: int, detail: str, faults: Sequence[FaultOut] = (), wait: int | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.faults, self.wait = status, detail, faults, wait


def wrong(field: str, message: str) -> ProblemError:
    """One parameter to correct."""
    return ProblemError(
        422, f"Corrigez « {field} » : {message}", [FaultOut(field=field, message=message)]
    )


def told(error: ProblemError) -> JsonResponse:
    """The answer that says a problem."""
    problem = ProblemOut(
        type="about:blank",
        title=_TITLES[error.status],
        status=error.status,
        detail=error.detail,
        faults=list(error.faults) or None,
    )
    return JsonResponse(
        said(problem),
        status=error.status,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
        headers={"Retry-After": str(error.wait)} if error.wait is not None else None,
    )


def on_problem(_request: HttpRequest, error: ProblemError) -> JsonResponse:
    return told(error)


def on_invalid(_request: HttpRequest, error: ValidationError) -> JsonResponse:
    """Parameters that are not what the schema asks, each with what to do."""
    faults = [
        FaultOut(field=str(fault["loc"][-1]), message=_message(fault)) for fault in error.errors
    ]
    names = ", ".join(f"« {fault.field} »" for fault in faults)
    return told(ProblemError(422, f"À corriger : {names}.", faults))


def _message(fault: dict[str, Any]) -> str:
    kind, given = str(fault["type"]), fault.get("ctx") or {}
    if kind.startswith("date"):
        return _DATE
    if kind == "greater_than_equal":
        return f"Au moins {given['ge']}."
    if kind == "less_than_equal":
        return f"Au plus {given['le']}."
    if kind == "literal_error":
        return f"Attendu : {str(given['expected']).replace(' or ', ' ou ')}."
    return _WRONG.get(kind, "Cette valeur ne convient pas.")
