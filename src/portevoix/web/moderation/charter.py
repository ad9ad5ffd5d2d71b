"""The charter as it is told to authors: what was not possible, and what they can do about it."""

from __future__ import annotations

from typing import Final

from portevoix.note.french import typeset
from portevoix.web.experiences.enums import Urgency
from portevoix.web.moderation.enums import Kind, Reason

_CORRECT: Final[dict[str, str]] = {
    Reason.INSULT: (
        "Votre récit contient une injure envers quelqu’un. Nous ne pouvons pas la publier. "
        "Vous pouvez récrire ce passage : dites ce qui s’est passé et ce que vous avez ressenti."
    ),
    Reason.ACCUSATION: (
        "Votre récit reproche un délit à une personne que l’on peut reconnaître. Racontez les "
        "faits sans ce qui la désigne : son nom, son poste, son bureau."
    ),
    Reason.PERSONAL: (
        "Votre récit permet de reconnaître une personne du début à la fin : masquer quelques mots "
        "ne suffit pas. Racontez la même chose sans dire qui elle est."
    ),
    Reason.CLAIM: (
        "Votre message est surtout une demande sur votre dossier. Pour l’obtenir, écrivez au "
        "service qui le suit. Pour que nous publiions votre récit, racontez comment vous avez été "
        "reçu, informé, combien de temps cela a pris."
    ),
    Reason.TOO_SHORT: (
        "Votre récit est très court : le service ne pourra pas comprendre ce qui s’est passé. "
        "Ajoutez ce que vous avez demandé, ce que l’on vous a répondu, ce qui vous a plu ou manqué."
    ),
    Reason.UNREADABLE: (
        "Nous n’avons pas compris votre récit. Racontez-le de nouveau avec des phrases simples, "
        "en français."
    ),
    Reason.WRONG_SERVICE: (
        "Nous n’avons pas trouvé de quel service vous parlez. Ajoutez son nom et sa ville : il "
        "pourra vous répondre."
    ),
}
_REFUSE: Final[dict[str, str]] = {
    Reason.INSULT: "Votre récit contient des injures. La charte ne permet pas de les publier.",
    Reason.HATE: (
        "Votre récit rejette des personnes pour ce qu’elles sont. La loi interdit de le publier."
    ),
    Reason.THREAT: (
        "Votre récit contient une menace. Nous ne pouvons pas le publier, et nous pouvons devoir "
        "la signaler à la justice."
    ),
    Reason.ACCUSATION: (
        "Votre récit reproche un délit à une personne que l’on peut reconnaître. Nous ne pouvons "
        "pas le publier. Vous pouvez saisir le procureur de la République, ou le Défenseur des "
        "droits (09 69 39 00 00)."
    ),
    Reason.PERSONAL: (
        "Votre récit désigne une personne du début à la fin. Nous ne pouvons pas le publier sans "
        "l’exposer."
    ),
    Reason.CLAIM: (
        "Votre message est une demande sur votre dossier. Ce site publie des récits et ne peut pas "
        "la traiter : écrivez au service qui suit votre dossier. Si vous êtes en désaccord avec "
        "lui, le médiateur ou un délégué du Défenseur des droits peut vous aider."
    ),
    Reason.OFF_TOPIC: (
        "Votre message ne parle pas d’un contact avec un service public. Il n’a pas sa place ici."
    ),
    Reason.ADVERTISING: "Votre message est une publicité. Il n’a pas sa place ici.",
    Reason.UNREADABLE: "Nous n’avons pas compris votre message. Nous ne pouvons pas le publier.",
    Reason.DUPLICATE: (
        "Vous nous avez déjà envoyé ce récit. Nous publions le premier et gardons celui-ci de côté."
    ),
}
_ALERT: Final[dict[str, str]] = {
    Urgency.DISTRESS: (
        "Nous avons lu votre récit et nous pensons à vous. Si vous allez mal, des personnes vous "
        "écoutent tout de suite, gratuitement, jour et nuit, au 3114. En cas de danger immédiat, "
        "appelez le 15 ou le 112 (le 114 par SMS)."
    ),
    Urgency.DANGER: (
        "Nous avons lu votre récit. Si vous ou quelqu’un d’autre êtes en danger, appelez le 17 ou "
        "le 112 (le 114 par SMS). Le 3919 écoute les femmes victimes de violences, le 119 les "
        "enfants en danger. Ces appels sont gratuits."
    ),
    Urgency.FRAUD: (
        "Nous avons lu votre récit. Ce que vous racontez peut être un délit : nous le transmettons "
        "à l’autorité compétente. Vous pouvez aussi saisir le procureur de la République, ou le "
        "Défenseur des droits (09 69 39 00 00)."
    ),
}
_BY_KIND: Final = {Kind.ASK: _CORRECT, Kind.REFUSE: _REFUSE, Kind.ESCALATE: _ALERT}
ALERTS: Final = tuple(Urgency(code) for code in _ALERT)


def words(kind: str, reason: str) -> str:
    """What the author is told for this reason, before a person changes it; empty when unknown."""
    return typeset(_BY_KIND.get(Kind(kind), {}).get(reason, ""))


# What the engine proposes → the reason that a moderator most likely gives.
LIKELY_REASON: Final[dict[str, str]] = {
    "insulte": Reason.INSULT,
    "haine": Reason.HATE,
    "menace": Reason.THREAT,
    "hors_sujet": Reason.OFF_TOPIC,
    "reclamation": Reason.CLAIM,
}
