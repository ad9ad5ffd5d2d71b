"""The kinds of personal data and how each is named on screen."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a finding is. Values are stored: they never change."""

    PERSON = "PERSON"
    NIR = "NIR"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    IBAN = "IBAN"
    CARD = "CARD"
    ADDRESS = "ADDRESS"
    BIRTHDATE = "BIRTHDATE"
    FILE = "FILE"
    ID_DOC = "ID_DOC"
    PLATE = "PLATE"
    ACCOUNT = "ACCOUNT"
    URL = "URL"


LABELS: Final[dict[str, str]] = {
    Kind.PERSON: "[nom]",
    Kind.NIR: "[numéro de sécurité sociale]",
    Kind.PHONE: "[téléphone]",
    Kind.EMAIL: "[courriel]",
    Kind.IBAN: "[IBAN]",
    Kind.CARD: "[numéro de carte]",
    Kind.ADDRESS: "[adresse]",
    Kind.BIRTHDATE: "[date de naissance]",
    Kind.FILE: "[numéro de dossier]",
    Kind.ID_DOC: "[pièce d'identité]",
    Kind.PLATE: "[immatriculation]",
    Kind.ACCOUNT: "[identifiant]",
    Kind.URL: "[adresse de page personnelle]",
}

# Two findings may claim the same characters: the surer shape wins, in this order.
PRECEDENCE: Final[dict[str, int]] = {
    kind: rank
    for rank, kind in enumerate(
        (
            Kind.EMAIL,
            Kind.URL,
            Kind.IBAN,
            Kind.ADDRESS,
            Kind.NIR,
            Kind.CARD,
            Kind.PHONE,
            Kind.BIRTHDATE,
            Kind.PLATE,
            Kind.ID_DOC,
            Kind.ACCOUNT,
            Kind.FILE,
            Kind.PERSON,
        )
    )
}
