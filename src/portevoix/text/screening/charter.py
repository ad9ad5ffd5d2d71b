# ruff: noqa: E501 (patterns and French sentences read better on one line)
"""The charter: every rule by name, what it covers, the words told to the author.

`docs/reference/charte.md` is written from this table (`charter_page`) and checked against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """What is proposed to the moderator; values are the codes of the annotation guide."""

    PUBLISH = "publiable"
    INSULT = "insulte"
    HATE = "haine"
    THREAT = "menace"
    OFF_TOPIC = "hors_sujet"
    CLAIM = "reclamation"


class Urgency(StrEnum):
    """Whether someone must be told without waiting; independent of the verdict."""

    NONE = "aucune"
    DISTRESS = "detresse"
    DANGER = "danger"
    FRAUD = "fraude_corruption"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, its French name, what it covers and what its author is told."""

    code: str
    name: str
    leads_to: str
    covers: str
    why: str
    told: str


_REWRITE = "Vous pouvez récrire votre message sans ce passage : le reste sera lu."
_LEARNED = "Le texte ressemble, dans son ensemble, à ceux que les modérateurs classent ainsi."
_HELP = (
    "Nous avons lu votre message et il nous inquiète. Le 3114 répond à toute heure, "
    "gratuitement ; en cas de danger immédiat, appelez le 15 ou le 112."
)
_DANGER = (
    "Si vous ou quelqu'un d'autre êtes en danger, appelez le 17 ou le 112 (114 par SMS). "
    "Le 3919 écoute les femmes victimes de violences, le 119 les enfants en danger."
)
_FRAUD = (
    "Ce que vous rapportez peut être un délit : nous le transmettons sans le publier tel quel. "
    "Vous pouvez aussi saisir le procureur de la République ou le Défenseur des droits."
)
_CLAIM = (
    "Votre message est une demande sur votre dossier : il doit aller au service qui le suit. "
    "Racontez ce que vous avez vécu pour qu'il soit publié comme expérience."
)
_OFF = "Ce message ne parle pas d'un service public : il ne peut pas être publié ici."
_INSULT = "Une injure visant une personne ne peut pas être publiée. " + _REWRITE
_HATE = "Un propos qui rejette des personnes pour ce qu'elles sont est interdit par la loi."
_THREAT = "Une menace ne peut pas être publiée et peut être transmise à la justice."

RULES: Final[tuple[Rule, ...]] = (
    Rule("injure", "Injure", "insulte", "Mot injurieux visant une personne ou un groupe, "
         "y compris étranger ou phonétique. Ne couvre pas la grossièreté envers un outil, "
         "l'injure reçue que l'on rapporte, l'autodérision.",
         "Mot injurieux visant quelqu'un", _INSULT),
    Rule("injure_masquee", "Injure masquée", "insulte", "Injure écrite avec des chiffres, des "
         "signes, des lettres espacées ou manquantes.", "Injure à l'écriture masquée", _INSULT),
    Rule("injure_pressentie", "Injure pressentie", "insulte", "Propos blessant envers quelqu'un, "
         "sans mot injurieux connu.", _LEARNED, _INSULT),
    Rule("haine", "Terme de haine", "haine", "Terme raciste, antisémite ou homophobe.",
         "Terme de haine envers un groupe de personnes", _HATE),
    Rule("deshumanisation", "Généralisation haineuse", "haine", "Rejet ou rabaissement de "
         "personnes pour leur origine, leur religion, leur sexe, leur orientation ou leur "
         "handicap. Ne couvre pas la critique d'une politique.",
         "Un groupe de personnes est rabaissé ou rejeté pour ce qu'il est", _HATE),
    Rule("haine_pressentie", "Haine pressentie", "haine", "Propos haineux sous une forme polie "
         "ou allusive.", _LEARNED, _HATE),
    Rule("menace", "Menace", "menace", "Menace de violence, d'incendie, de dégradation, de "
         "divulgation ou de harcèlement. Ne couvre pas le recours au juge, à la presse, au vote.",
         "Menace envers quelqu'un ou un bâtiment", _THREAT),
    Rule("menace_pressentie", "Menace pressentie", "menace", "Menace voilée.", _LEARNED, _THREAT),
    Rule("publicite", "Publicité", "hors_sujet", "Offre commerciale, petite annonce, lien de "
         "vente, chaîne.", "Offre commerciale ou annonce", _OFF),
    Rule("charabia", "Texte sans mots", "hors_sujet", "Suite de caractères qui ne forme pas de "
         "phrase.", "Suite de caractères sans mots", _OFF),
    Rule("hors_sujet_pressenti", "Hors sujet pressenti", "hors_sujet", "Vie privée, commerce, "
         "politique générale, sans service public en cause.", _LEARNED, _OFF),
    Rule("demande_dossier", "Demande sur un dossier", "reclamation", "Simple demande sur son "
         "propre dossier, sans récit d'une expérience.", _LEARNED, _CLAIM),
    Rule("detresse_dite", "Détresse dite", "detresse", "Intention d'en finir ou de disparaître, "
         "dite ou préparée. Ne couvre pas les expressions toutes faites.",
         "L'auteur, ou un proche, dit vouloir mourir ou disparaître", _HELP),
    Rule("detresse_pressentie", "Détresse pressentie", "detresse", "Détresse aiguë et actuelle, "
         "dite à demi-mot.", _LEARNED, _HELP),
    Rule("danger_dit", "Danger dit", "danger", "Violence, personne exposée, menace d'atteinte "
         "physique.", "Quelqu'un est ou peut être exposé à une violence", _DANGER),
    Rule("danger_pressenti", "Danger pressenti", "danger", "Danger dit à demi-mot.", _LEARNED,
         _DANGER),
    Rule("corruption_dite", "Corruption ou délit allégués", "fraude_corruption", "Délit ou "
         "corruption reprochés à un agent que l'on peut reconnaître.",
         "Un avantage ou un délit est reproché à un agent", _FRAUD),
    Rule("corruption_pressentie", "Corruption pressentie", "fraude_corruption", "Délit reproché "
         "à un agent, sans mot qui le nomme.", _LEARNED, _FRAUD),
    Rule("a_lire", "À lire par une personne", "", "Texte trop court, dans une autre langue ou "
         "illisible : le logiciel ne sait pas le juger.",
         "Ce texte ne peut pas être jugé automatiquement : il est à lire par une personne",
         "Votre message sera lu par un modérateur."),
)  # fmt: skip

BY_CODE: Final[dict[str, Rule]] = {rule.code: rule for rule in RULES}

LEARNED_RULES: Final[dict[str, str]] = {
    Verdict.INSULT: "injure_pressentie",
    Verdict.HATE: "haine_pressentie",
    Verdict.THREAT: "menace_pressentie",
    Verdict.OFF_TOPIC: "hors_sujet_pressenti",
    Verdict.CLAIM: "demande_dossier",
    Urgency.DISTRESS: "detresse_pressentie",
    Urgency.DANGER: "danger_pressenti",
    Urgency.FRAUD: "corruption_pressentie",
}


def charter_page() -> str:
    """The reference page of the charter, in Markdown."""
    lines = [
        "# Charte de modération",
        "",
        "Le logiciel propose, une personne décide. Chaque proposition nomme la règle et le passage.",
        "Quand plusieurs règles s'appliquent : menace, puis haine, puis insulte, puis les autres.",
        "",
    ]
    for rule in RULES:
        target = f" → `{rule.leads_to}`" if rule.leads_to else ""
        lines += [f"## {rule.name} (`{rule.code}`){target}", "", rule.covers, ""]
        lines += [f"Dit au modérateur : {rule.why}.".replace("..", "."), ""]
        lines += [f"> {rule.told}", ""]
    return "\n".join(lines)
