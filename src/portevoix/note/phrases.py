"""The sentences of a note, one function a kind of statement."""

from __future__ import annotations

from datetime import date
from typing import Final

from portevoix.corpus.findings import Change, ChangeKind, Finding, Interval, Strength, Theme
from portevoix.note import french
from portevoix.note.document import Lead, Sentence
from portevoix.types import Expectation

FEW: Final = 20  # below, counts are said and percentages are not

EXPECTED: Final[dict[Expectation, str]] = {
    Expectation.ACC: "être reçus avec respect et attention",
    Expectation.ECO: "être écoutés et accompagnés jusqu’au bout",
    Expectation.PRO: "avoir affaire à des agents qui connaissent le sujet et règlent la demande",
    Expectation.TEL: "pouvoir joindre le service et obtenir une réponse",
    Expectation.RDV: "obtenir un rendez-vous ou trouver un guichet ouvert sans attendre des semaines",
    Expectation.ATT: "attendre moins longtemps sur place, dans de bonnes conditions",
    Expectation.DEL: "voir leur demande traitée dans un délai raisonnable et annoncé",
    Expectation.SUI: "savoir où en est leur dossier",
    Expectation.INF: "recevoir une information claire, complète et constante d’un interlocuteur à l’autre",
    Expectation.SIM: "avoir moins de pièces à fournir et d’étapes à suivre",
    Expectation.NUM: "disposer d’un service en ligne qui fonctionne et se comprend",
    Expectation.ACS: "pouvoir faire leur démarche quelle que soit leur situation",
    Expectation.DRO: "comprendre les décisions prises et faire corriger une erreur",
    Expectation.COO: "être orientés vers le bon service, sans être renvoyés de l’un à l’autre",
    Expectation.SEC: "se sentir protégés et en sécurité",
}


def measured(count: int, share: float, interval: Interval, total: int, whose: str = "") -> str:
    """« 123 expériences, soit 14 % (de 12 à 17 %) », or « trois des douze expériences »."""
    said = french.experiences(count)
    if total < FEW:
        return f"{said} sur {french.in_words(total, feminine=True)}"
    where = whose or "des expériences"
    spread = french.between(interval.low, interval.high)
    return f"{said}, soit {french.percent(share)} {where} ({spread})"


def counted(text: str, finding: Finding) -> Sentence:
    return Sentence(french.sentence(text), finding.count, finding.evidence)


def theme(item: Theme, total: int, *, strength: bool) -> tuple[Sentence, ...]:
    """How often, then what users expect. The corrected share is said apart from the raw count."""
    verb = "en parlent favorablement" if strength else "disent que cela ne va pas"
    if item.count < 2:
        verb = "en parle favorablement" if strength else "dit que cela ne va pas"
    first = f"{french.experiences(item.count)} {verb}"
    if total >= FEW:
        spread = french.between(item.interval.low, item.interval.high)
        first += (
            f" ; une fois corrigées les erreurs de lecture, la part est estimée à "
            f"{french.percent(item.share)} des expériences ({spread})"
        )
    else:
        first += f", sur {french.in_words(total, feminine=True)}"
    sentences = [counted(first, item)]
    if not strength and item.expectation in EXPECTED:
        sentences.append(
            Sentence(french.sentence(f"les usagers attendent de {EXPECTED[item.expectation]}"))
        )
    return tuple(sentences)


def detail(item: Finding) -> Sentence:
    label = french.typeset(french.capital(item.label))
    return Sentence(
        f"{label}{french.NO_BREAK}: {french.experiences(item.count)}.", item.count, item.evidence
    )


def _when(change: Change) -> str:
    return french.period(
        None if change.start == date.min else change.start,
        None if change.end == date.max else change.end,
    )


def _where(change: Change) -> str:
    parts = [f"pour « {change.structure} »"] if change.structure else []
    if change.departement:
        parts.append(f"dans le département {change.departement}")
    return " ".join(parts)


VERBS: Final = {
    ChangeKind.RISE: "revient plus souvent",
    ChangeKind.FALL: "revient moins souvent",
    ChangeKind.PEAK: "connaît un pic",
}


def change(item: Change) -> Sentence:
    """Rise, fall or peak, dated, placed, counted, compared with the rest."""
    place = " ".join(part for part in (_where(item), _when(item)) if part)
    text = f"« {french.lower_first(item.label)} » {VERBS[item.kind]} {place}"
    text += f" : {french.experiences(item.count)}"
    spread = french.between(item.interval.low, item.interval.high)
    text += f", soit {french.percent(item.share)} de celles de ce moment ({spread})"
    text += f", contre {french.percent(item.share_elsewhere)} en dehors"
    return counted(text, item)


def short_change(item: Change) -> str:
    """« en hausse de septembre à décembre 2025 (à confirmer) », inside another sentence."""
    noun = {ChangeKind.RISE: "en hausse", ChangeKind.FALL: "en baisse", ChangeKind.PEAK: "un pic"}
    place = " ".join(part for part in (_where(item), _when(item)) if part)
    doubt = "" if item.strength is Strength.ESTABLISHED else " (signal faible, à confirmer)"
    return f"{noun[item.kind]} {place}{doubt}"


def lead_why(lead: Lead, total: int) -> Sentence:
    """What is lived: which pain point, how many, where, about what, since when."""
    text = f"« {french.lower_first(lead.origin)} » : "
    text += measured(lead.count, lead.share, lead.interval, total)
    if lead.structures:
        named = [f"{name} ({french.experiences(n)})" for name, n in lead.structures]
        text += f", en premier lieu {french.enumeration(named)}"
    if lead.subject:
        text += f", souvent à propos de « {lead.subject} »"
    if lead.change is not None:
        label = lead.change.label
        about = "" if label == lead.origin else f" ; « {french.lower_first(label)} »"
        text += f"{about or ' ;'} {short_change(lead.change)}"
    return Sentence(french.sentence(text), lead.count, lead.evidence)


def lead_asked(lead: Lead) -> Sentence:
    """What users ask for themselves, else what their expectation amounts to."""
    if not lead.asked:
        wish = EXPECTED.get(lead.expectation, "")
        return Sentence(french.sentence(f"aucune suggestion précise ; ils attendent de {wish}"))
    said = [f"« {group.label} » ({french.experiences(group.count)})" for group in lead.asked]
    evidence = tuple(dict.fromkeys(i for group in lead.asked for i in group.evidence))
    return Sentence(french.sentence(french.enumeration(said)), len(evidence), evidence)
