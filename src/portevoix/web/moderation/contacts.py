"""Who to call when a story says that someone must be looked after. National numbers, 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from portevoix.web.experiences.enums import Urgency


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to call or write to, and when. `code` is what is kept of the choice."""

    code: str
    name: str
    when: str
    number: str = ""
    address: str = ""


_EMERGENCY: Final = Contact(
    "17", "Police ou gendarmerie", "danger immédiat pour quelqu’un", number="17"
)
_PHAROS: Final = Contact(
    "pharos",
    "Pharos",
    "pour que la police retrouve l’auteur d’un texte en ligne ; en urgence vitale, appelez le 17",
    address="https://www.internet-signalement.gouv.fr",
)
_PROSECUTOR: Final = Contact(
    "prosecutor",
    "Procureur de la République",
    "crime ou délit : tout agent public le lui signale (article 40 du code de procédure pénale)",
)

CONTACTS: Final[dict[str, tuple[Contact, ...]]] = {
    Urgency.DISTRESS: (
        Contact("15", "Samu", "quelqu’un peut mourir maintenant", number="15"),
        Contact("3114", "3114", "conseil d’un soignant, jour et nuit", number="3114"),
        _PHAROS,
    ),
    Urgency.DANGER: (
        _EMERGENCY,
        Contact("119", "119", "un enfant est en danger", number="119"),
        Contact("3919", "3919", "violences faites aux femmes", number="3919"),
        Contact("3977", "3977", "personne âgée ou handicapée maltraitée", number="3977"),
        _PHAROS,
        _PROSECUTOR,
    ),
    Urgency.FRAUD: (
        _PROSECUTOR,
        Contact(
            "afa",
            "Agence française anticorruption",
            "argent ou avantage demandé par un agent public",
            address="https://www.agence-francaise-anticorruption.gouv.fr",
        ),
        Contact("inspection", "Inspection du réseau concerné", "faute d’un agent, sans urgence"),
    ),
}
KNOWN: Final = {contact.code: contact for some in CONTACTS.values() for contact in some}
