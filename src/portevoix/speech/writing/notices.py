"""What a person who dictates is told: a rude word was left out, a name will be masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portevoix.text.redact import Kind, find
from portevoix.text.screening.rude import rude_words

HIDDEN: Final = "…"


class NoticeKind(StrEnum):
    """Why a person is told something. Values go to the page: they never change."""

    RUDE = "rude"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person, about `text[start:end]` of the message that carries it."""

    kind: NoticeKind
    advice: str
    start: int
    end: int


_RUDE: Final = "Un mot grossier a été remplacé par « … ». Vous pouvez dire la chose autrement."
_GIVEN: Final[dict[str, str]] = {
    Kind.PERSON: "Vous citez un nom : il sera masqué.",
    Kind.NIR: "Vous donnez un numéro de sécurité sociale : il sera masqué.",
    Kind.PHONE: "Vous donnez un numéro de téléphone : il sera masqué.",
    Kind.EMAIL: "Vous donnez une adresse électronique : elle sera masquée.",
    Kind.IBAN: "Vous donnez un numéro de compte bancaire : il sera masqué.",
    Kind.CARD: "Vous donnez un numéro de carte bancaire : il sera masqué.",
    Kind.ADDRESS: "Vous donnez une adresse : elle sera masquée.",
    Kind.BIRTHDATE: "Vous donnez une date de naissance : elle sera masquée.",
    Kind.FILE: "Vous donnez un numéro de dossier : il sera masqué.",
    Kind.ID_DOC: "Vous donnez le numéro d'une pièce d'identité : il sera masqué.",
    Kind.PLATE: "Vous donnez une immatriculation : elle sera masquée.",
    Kind.ACCOUNT: "Vous donnez un identifiant : il sera masqué.",
    Kind.URL: "Vous donnez l'adresse d'une page personnelle : elle sera masquée.",
}


def hide_rude(text: str) -> tuple[str, list[Notice]]:
    """`text` without its rude words, and where they were."""
    pieces: list[str] = []
    notices: list[Notice] = []
    read = written = 0
    for start, end in rude_words(text):
        pieces += [text[read:start], HIDDEN]
        written += start - read
        notices.append(Notice(NoticeKind.RUDE, _RUDE, written, written + len(HIDDEN)))
        written += len(HIDDEN)
        read = end
    return "".join([*pieces, text[read:]]), notices


def personal(text: str) -> list[Notice]:
    """The advice that the same words would get if they were typed."""
    return [
        Notice(NoticeKind.PERSONAL, _GIVEN[found.kind], found.start, found.end)
        for found in find(text)
        if found.kind in _GIVEN
    ]


def advise(text: str) -> tuple[str, tuple[Notice, ...]]:
    """What is shown of `text`, and everything its author is told about it."""
    shown, rude = hide_rude(text)
    notices: Sequence[Notice] = [*rude, *personal(shown)]
    return shown, tuple(sorted(notices, key=lambda n: (n.start, n.end, n.kind)))
