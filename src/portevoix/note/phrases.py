"""The sentences of a note, one function a kind of statement."""

from __future__ import annotations

from datetime import date, timedelta
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
    Expectation.RDV: "obtenir assez vite un rendez-vous ou un guichet ouvert",
    Expectation.ATT: "attendre moins longtemps sur place, dans de bonnes conditions",
    Expectation.DEL: "voir leur demande traitée dans un délai raisonnable et annoncé",
    Expectation.SUI: "savoir où en est leur dossier",
    Expectation.INF: "recevoir une information claire, complète, la même partout",
    Expectation.SIM: "avoir moins de pièces à fournir et d’étapes à suivre",
    Expectation.NUM: "disposer d’un service en ligne qui fonctionne et se comprend",
    Expectation.ACS: "pouvoir faire leur démarche quelle que soit leur situation",
    Expectation.DRO: "comprendre les décisions prises et de faire corriger une erreur",
    Expectation.COO: "être orientés vers le bon service, sans être renvoyés de l’un à l’autre",
    Expectation.SEC: "se sentir protégés et en sécurité",
}


def measured(count: int, share: float, interval: Interval, total: int) -> str:
    """« 123 expériences, soit 14 % après correction (de 12 à 17 %) », or « … sur douze »."""
    said = french.experiences(count)
    if total < FEW:
        return f"{said} sur {french.in_words(total, feminine=True)}"
    spread = french.between(interval.low, interval.high)
    return f"{said}, soit {french.percent(share)} après correction ({spread})"


def counted(text: str, finding: Finding) -> Sentence:
    return Sentence(french.sentence(text), finding.count, finding.evidence)


def theme(item: Theme, total: int, *, strength: bool) -> tuple[Sentence, ...]:
    """How often, its share corrected for errors of reading, then what users expect."""
    one, many = (
        ("s’en félicite", "s’en félicitent") if strength else ("s’en plaint", "s’en plaignent")
    )
    first = f"{french.experiences(item.count)} {french.plural(item.count, one, many)}"
    if total >= FEW:
        spread = french.between(item.interval.low, item.interval.high)
        first += f", soit {french.percent(item.share)} après correction ({spread})"
    else:
        first += f", sur {french.in_words(total, feminine=True)}"
    sentences = [counted(first, item)]
    if not strength and item.expectation in EXPECTED:
        wish = french.of(EXPECTED[item.expectation])
        sentences.append(Sentence(french.sentence(f"les usagers attendent {wish}")))
    return tuple(sentences)


def detail(item: Finding) -> Sentence:
    label = french.typeset(french.capital(item.label))
    return Sentence(
        f"{label}{french.NO_BREAK}: {french.experiences(item.count)}.", item.count, item.evidence
    )


def _places(change: Change) -> str:
    parts = [f"pour « {change.structure} »"] if change.structure else []
    if change.departement:
        parts.append(f"dans le département {change.departement}")
    return " ".join(parts)


def against_previous(change: Change) -> bool:
    """Whether it compares with the previous period, not months of the scope between them."""
    return "previous" in change.test


def among_comparable(change: Change) -> bool:
    """Whether its shares are of comparable experiences only (several networks in the scope)."""
    return "comparable" in change.test


def _since(day: date) -> str:
    if day.day == 1:
        return f"depuis {french.MONTHS[day.month - 1]} {day.year}"
    return f"depuis le {french.day(day)}"


def _motion(item: Change) -> tuple[str, str, str]:
    """The verb with its date, the moment counted, and what it is compared with."""
    when = french.period(item.start, item.end)
    if against_previous(item):
        if item.kind is ChangeKind.FALL:
            return "revient moins qu’à la période précédente", when, "sur la période étudiée"
        return "revient plus qu’à la période précédente", when, "auparavant"
    if item.kind is ChangeKind.FALL:
        after = item.end + timedelta(days=1) if item.end < date.max else item.end
        return f"revient moins souvent {_since(after)}", when, "ensuite"
    if item.kind is ChangeKind.PEAK:
        return f"connaît un pic {when}", "", "le reste du temps"
    return f"revient plus souvent {_since(item.start)}", "", "auparavant"


def _counted_among(item: Change, moment: str) -> str:
    """« 23 expériences, soit 18 % de celles écrites en mars 2025 (de 12 à 26 %) »."""
    total = round(item.count / item.share) if item.share else 0
    whose = f"écrites {moment}" if moment else "de cette période"
    if among_comparable(item):
        whose = f"{whose} dans les mêmes réseaux"
    if 0 < total < FEW:
        some = french.in_words(item.count, feminine=True)
        among = french.in_words(total, feminine=True)
        return f"{some} des {among} expériences {whose}"
    spread = french.between(item.interval.low, item.interval.high)
    said = french.experiences(item.count)
    return f"{said}, soit {french.percent(item.share)} de celles {whose} ({spread})"


def change(item: Change) -> Sentence:
    """Rise, fall or peak, dated, placed, counted, compared with the rest."""
    verb, moment, rest = _motion(item)
    place = _places(item)
    text = f"le sujet « {item.label} » {verb}{f' {place}' if place else ''}"
    text += f" : {_counted_among(item, moment)}"
    if item.share_elsewhere:
        return counted(f"{text}, contre {french.percent(item.share_elsewhere)} {rest}", item)
    return counted(f"{text}, et aucune {rest}", item)


def short_change(item: Change) -> str:
    """« revient plus souvent depuis septembre 2025 (signal faible) », inside a sentence."""
    place = _places(item)
    doubt = "" if item.strength is Strength.ESTABLISHED else " (signal faible, à confirmer)"
    return f"{_motion(item)[0]}{f' {place}' if place else ''}{doubt}"


def trimmed(label: str) -> str:
    """A label that was a sentence, without its full stop."""
    return label.strip().removesuffix(".") if not label.endswith("..") else label


def _origin(lead: Lead, total: int) -> str:
    """The problem answered, counted, and the pain point it is part of."""
    if lead.theme is None or lead.theme.label == lead.origin:
        if lead.theme is None:
            return f"« {lead.origin} » : {french.experiences(lead.count)}"
        return f"{lead.origin} : {measured(lead.count, lead.share, lead.interval, total)}"
    theme = lead.theme
    text = f"{french.capital(lead.origin)} : {french.experiences(lead.count)}"
    within = f", l’un des motifs de la difficulté « {french.lower_first(theme.label)} »"
    if total < FEW:
        return text + within
    spread = french.between(theme.interval.low, theme.interval.high)
    share = french.percent(theme.share)
    return f"{text}{within} ({share} des expériences après correction, {spread})"


def lead_why(lead: Lead, total: int) -> Sentence:
    """What is lived: which problem, how many, where, about what, since when."""
    text = _origin(lead, total)
    known = lead.change.structure if lead.change is not None else ""
    named = [f"{name} ({french.experiences(n)})" for name, n in lead.structures if name != known]
    if named:
        text += f" ; en premier lieu : {french.enumeration(named)}"
    if lead.subject:
        said = french.experiences(lead.subject_count)
        text += f" ; à propos de « {french.lower_first(lead.subject)} » : {said}"
    if lead.change is not None:
        same = lead.change.label == lead.origin
        what = "ce sujet" if same else f"le sujet « {lead.change.label} »"
        text += f" ; {what} {short_change(lead.change)}"
    return Sentence(french.sentence(text), lead.count, lead.evidence)


def lead_asked(lead: Lead) -> Sentence:
    """What users ask for themselves."""
    said = [
        f"« {trimmed(group.label)} » ({french.experiences(group.count)})" for group in lead.asked
    ]
    evidence = tuple(dict.fromkeys(i for group in lead.asked for i in group.evidence))
    return Sentence(french.sentence(french.enumeration(said)), len(evidence), evidence)
