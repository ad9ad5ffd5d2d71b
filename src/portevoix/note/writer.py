"""From findings to a note: every sentence carries its count and the experiences that prove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from portevoix.corpus.findings import (
    Change,
    Finding,
    Findings,
    Interval,
    Scope,
    Strength,
    Subject,
    Theme,
)
from portevoix.corpus.incidence import stems_of
from portevoix.corpus.statistics import wilson
from portevoix.labels import COMMITMENTS, EXPECTATION_LABELS, FEELING_LABELS
from portevoix.note import french, phrases
from portevoix.note.document import (
    Bar,
    Chart,
    Figure,
    Lead,
    Note,
    Options,
    Point,
    Section,
    Sentence,
    Source,
)
from portevoix.note.leads import find_leads
from portevoix.note.levers import Lever
from portevoix.types import Feeling

SUBJECTS: Final = 12
SUGGESTIONS: Final = 8
NAMED: Final = 5
TONES: Final = {
    Feeling.POSITIVE: "good",
    Feeling.NEUTRAL: "neutral",
    Feeling.NEGATIVE: "bad",
}


def scope_name(scope: Scope) -> str:
    """« Gendarmerie nationale, département 13 », or « Toutes les expériences »."""
    parts = [french.enumeration(scope.networks), scope.structure, scope.procedure]
    parts += [f"département {scope.departement}"] if scope.departement else []
    parts += [f"canal {scope.channel}"] if scope.channel else []
    return ", ".join(part for part in parts if part) or "Toutes les expériences"


def _when(findings: Findings) -> str:
    scope, figures = findings.scope, findings.figures
    return french.period(scope.start or figures.first, scope.end or figures.last)


def _feeling_sentence(figures: Sequence[Figure], total: int) -> list[Sentence]:
    said = []
    for figure in figures:
        if figure.kind != "feeling" or not figure.count:
            continue
        text = f"ressenti {french.lower_first(figure.label)} : {french.experiences(figure.count)}"
        if total >= phrases.FEW:
            text += f", soit {french.percent(figure.share)}"
        said.append(Sentence(french.sentence(text), figure.count, figure.evidence))
    return said


def _compared(findings: Findings) -> list[Sentence]:
    before = findings.previous
    if before is None or not before.experiences:
        return []
    now = findings.figures.experiences
    said = french.experiences(before.experiences)
    text = f"la période précédente, de même longueur, comptait {said}"
    change = now / before.experiences - 1
    if change and min(now, before.experiences) >= phrases.FEW:
        more = "de plus" if change > 0 else "de moins"
        text += f" : celle-ci en compte {french.percent(abs(change))} {more}"
    return [Sentence(french.sentence(text))]


def _named(figures: Sequence[Figure], kind: str, opening: str) -> list[Sentence]:
    found = [f for f in figures if f.kind == kind and f.count > 1][:NAMED]
    if len(found) < 2:
        return []
    said = french.enumeration([f"{f.label} ({french.number(f.count)})" for f in found])
    evidence = tuple(dict.fromkeys(i for f in found for i in f.evidence))
    return [Sentence(french.sentence(f"{opening} : {said}"), len(evidence), evidence)]


def _bars(figures: Sequence[Figure], kind: str) -> tuple[Bar, ...]:
    tones = {FEELING_LABELS[feeling]: tone for feeling, tone in TONES.items()}
    return tuple(
        Bar(french.month(f.label), f.count, f.share, tone=tones.get(f.label, "neutral"))
        for f in figures
        if f.kind == kind
    )


def _peak_month(figures: Sequence[Figure]) -> str:
    top = max((f for f in figures if f.kind == "month"), key=lambda f: f.count)
    return french.sentence(
        f"le mois le plus fourni est {french.month(top.label)} : {french.experiences(top.count)}"
    )


def _figures_section(findings: Findings, figures: Sequence[Figure]) -> Section:
    total = findings.figures.experiences
    verb = "écrite" if total == 1 else "écrites"
    dates = f", {verb} {_when(findings)}" if _when(findings) else ""
    opening = f"cette note porte sur {french.experiences(total)}{dates}"
    sentences = [Sentence(french.sentence(opening), total, figures[0].evidence)]
    feelings = _feeling_sentence(figures, total)
    sentences += feelings + _compared(findings)
    sentences += _named(figures, "structure", "structures les plus citées")
    sentences += _named(figures, "channel", "moyens de contact les plus cités")
    charts = []
    if feelings:
        summary = " ".join(s.text for s in feelings)
        charts.append(
            Chart(
                "feelings", "Ressenti déclaré par les auteurs", summary, _bars(figures, "feeling")
            )
        )
    if sum(f.kind == "month" for f in figures) > 1:
        summary = _peak_month(figures)
        charts.append(
            Chart("months", "Nombre d’expériences par mois", summary, _bars(figures, "month"))
        )
    return Section("figures", "Chiffres clés", tuple(sentences), charts=tuple(charts))


def _same_words(detail: str, theme: str) -> bool:
    """« Rendez-vous » tells nothing more under « Rendez-vous et guichets »."""
    return stems_of(detail) <= stems_of(theme)


def _theme_point(item: Theme, total: int, *, strength: bool) -> Point:
    return Point(
        french.typeset(item.label),
        phrases.theme(item, total, strength=strength),
        tuple(
            phrases.detail(d)
            for d in item.details
            if d.topic or not _same_words(d.label, item.label)
        ),
        quotes=item.quotes,
    )


def _theme_chart(key: str, caption: str, themes: Sequence[Theme], tone: str) -> tuple[Chart, ...]:
    if not themes:
        return ()
    bars = tuple(
        Bar(french.typeset(t.label), t.count, t.share, t.interval.low, t.interval.high, tone)
        for t in themes
    )
    top = french.typeset(f"en premier : {french.lower_first(themes[0].label)}")
    summary = f"{french.capital(top)}, {french.percent(themes[0].share)} des expériences."
    return (Chart(key, caption, summary, bars),)


def _strengths(findings: Findings) -> Section:
    total = findings.figures.experiences
    points = tuple(_theme_point(t, total, strength=True) for t in findings.strengths)
    empty = Sentence("Aucun point fort ne ressort d’assez d’expériences pour être affirmé.")
    chart = _theme_chart(
        "strengths-chart", "Points forts, part estimée et intervalle", findings.strengths, "good"
    )
    charts = chart if total >= phrases.FEW else ()
    return Section("strengths", "Points forts", () if points else (empty,), points, charts)


def _pain_points(findings: Findings) -> Section:
    total = findings.figures.experiences
    points = tuple(_theme_point(t, total, strength=False) for t in findings.pain_points)
    empty = Sentence("Aucune difficulté ne ressort d’assez d’expériences pour être affirmée.")
    chart = _theme_chart(
        "pain-chart", "Difficultés, part estimée et intervalle", findings.pain_points, "bad"
    )
    charts = chart if total >= phrases.FEW else ()
    title = "Attentes et difficultés"
    return Section("pain_points", title, () if points else (empty,), points, charts)


def _leaning(item: Subject) -> str:
    """« dont trois favorables et une défavorable »."""
    for n, word in ((item.favourable, "favorables"), (item.unfavourable, "défavorables")):
        if n == item.count > 1:
            return f", toutes {word}"
    pairs = ((item.favourable, "favorable"), (item.unfavourable, "défavorable"))
    said = [
        f"{french.in_words(n, feminine=True)} {french.plural(n, word)}" for n, word in pairs if n
    ]
    return f", dont {french.enumeration(said)}" if said else ""


def _subject(item: Subject) -> Point:
    text = french.experiences(item.count) + _leaning(item)
    if item.expectation.value not in {"GEN", "RIEN"}:
        expected = french.lower_first(EXPECTATION_LABELS[item.expectation])
        text += f" ; attente principale : {expected}"
    sentence = Sentence(french.sentence(text), item.count, item.evidence)
    return Point(french.typeset(french.capital(item.label)), (sentence,), quotes=item.quotes)


def _subjects(findings: Findings) -> Section:
    points = tuple(_subject(s) for s in findings.subjects[:SUBJECTS])
    empty = Sentence("Aucun sujet précis ne revient assez souvent pour être cité.")
    return Section(
        "subjects", "Sujets dont parlent les usagers", () if points else (empty,), points
    )


def _suggestions(findings: Findings) -> Section:
    points = tuple(
        Point(
            french.typeset(french.capital(phrases.trimmed(g.label))),
            (phrases.counted(french.experiences(g.count), g),),
            # A group is named after one of its quotes: it is not said twice.
            quotes=tuple(q for q in g.quotes if stems_of(q.text) != stems_of(g.label)),
        )
        for g in findings.suggestions[:SUGGESTIONS]
    )
    empty = Sentence("Aucune suggestion ne se dégage des textes.")
    title = "Ce que suggèrent les usagers"
    return Section("suggestions", title, () if points else (empty,), points)


def _change_point(title: str, changes: Sequence[Change]) -> tuple[Point, ...]:
    if not changes:
        return ()
    return (Point(title, details=tuple(phrases.change(c) for c in changes)),)


def _changes(findings: Findings) -> Section:
    sure = [c for c in findings.changes if c.strength is Strength.ESTABLISHED]
    weak = [c for c in findings.changes if c.strength is Strength.WEAK]
    points = _change_point("Évolutions établies", sure)
    points += _change_point("Signaux faibles, à confirmer", weak)
    empty = Sentence("Aucune évolution ne se distingue du hasard avec les expériences disponibles.")
    return Section("changes", "Ce qui change", () if points else (empty,), points)


def _lead_point(lead: Lead, total: int) -> Point:
    lever = lead.lever
    if lever is None:
        return Point(lead.label)
    rows = [("Ce que vivent les usagers", phrases.lead_why(lead, total))]
    if lead.asked:
        rows.append(("Ce qu’ils demandent", phrases.lead_asked(lead)))
    commitment = COMMITMENTS.get(lever.commitment)
    given = [
        ("Ce que nous proposons", lever.what),
        ("Qui", lever.who),
        ("Premier pas", lever.first_step),
        ("Quand", lever.when),
        ("Comment l’effet se verra", lever.effect),
        ("À ne pas proposer si", lever.not_when),
        ("Engagement", f"n° {lever.commitment} : « {commitment} »" if commitment else ""),
    ]
    rows += [(name, Sentence(french.sentence(text))) for name, text in given if text]
    return Point(french.typeset(lead.label), rows=tuple(rows), quotes=lead.quotes)


def _leads(leads: Sequence[Lead], total: int) -> Section:
    points = tuple(_lead_point(lead, total) for lead in leads)
    empty = Sentence("Aucun levier connu ne répond assez précisément à ce que disent les usagers.")
    return Section("leads", "Pistes d’amélioration", () if points else (empty,), points)


def limits(findings: Findings, options: Options) -> tuple[Finding, ...]:
    """Coverage, thresholds, version, what could not be concluded: each as a finding."""
    total = findings.figures.experiences
    silent = findings.figures.without_expectation
    share = len(silent) / total if total else 0.0
    verb = "ne dit" if len(silent) < 2 else "ne disent"
    said = f"{french.experiences(len(silent))} {verb} rien qui se rattache à une attente"
    first = Finding(french.sentence(said), len(silent), share, wilson(len(silent), total), silent)
    texts = [
        f"une évolution n’est affirmée qu’à partir de {french.experiences(options.minimum)}",
        "les parts dites « après correction » tiennent compte des erreurs de lecture du moteur ; "
        "l’intervalle entre parenthèses a 95 chances sur 100 de contenir la vraie part",
        "une évolution est dite établie quand elle résiste à la correction pour le grand nombre de "
        "comparaisons faites ; sinon elle est donnée comme signal faible",
        "les avis sont ceux de personnes qui ont choisi d’écrire : ils ne représentent pas "
        "tous les usagers",
        *findings.limits,
        f"moteur d’analyse : {findings.engine or 'non précisé'}, sans intelligence artificielle "
        "générative",
    ]
    none = Interval(0.0, 0.0)
    return first, *(Finding(french.sentence(text), 0, 0.0, none, ()) for text in texts)


def _limits(findings: Findings, options: Options) -> Section:
    items = limits(findings, options)
    return Section(
        "limits",
        "Méthode et limites",
        tuple(Sentence(item.label, item.count, item.evidence) for item in items),
    )


def write_note(
    findings: Findings,
    *,
    levers: Sequence[Lever],
    sources: Mapping[str, Source],
    figures: tuple[Figure, ...],
    options: Options | None = None,
) -> Note:
    """The note of these findings. `sources` are all the experiences of the scope, redacted, then
    those of the period compared with, which a fall may cite; `figures` those of the scope.

    The same findings give the same note: nothing depends on when or where it is written.
    """
    options = options or Options()
    leads = find_leads(findings, levers, sources)
    total = findings.figures.experiences
    when = _when(findings)
    return Note(
        title=french.typeset(f"Note de synthèse – {scope_name(findings.scope)}"),
        subtitle=french.typeset(
            f"{french.capital(french.experiences(total))} d’usagers {when}".strip()
        ),
        sections=(
            _figures_section(findings, figures),
            _strengths(findings),
            _pain_points(findings),
            _subjects(findings),
            _suggestions(findings),
            _changes(findings),
            _leads(leads, total),
            _limits(findings, options),
        ),
        findings=findings,
        figures=figures,
        leads=leads,
        options=options,
        sources=sources,
    )
