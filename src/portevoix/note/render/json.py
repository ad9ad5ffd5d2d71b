"""The note as data, in the shape of `data/note.schema.json`; numbers recountable from it alone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from portevoix.corpus.findings import (
    Change,
    Finding,
    Interval,
    Quote,
    Scope,
    Subject,
    SuggestionGroup,
    Theme,
)
from portevoix.note import french
from portevoix.note.document import Figure, Lead, Note, Section, Sentence
from portevoix.note.writer import limits

DIGITS = 6
VERSION = 1


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "experience": quote.experience,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
    }


def _interval(interval: Interval) -> list[float]:
    return [round(float(interval.low), DIGITS), round(float(interval.high), DIGITS)]


def _entry(finding: Finding) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "label": finding.label,
        "count": finding.count,
        "share": round(float(finding.share), DIGITS),
        "interval": _interval(finding.interval),
        "evidence": list(finding.evidence),
    }
    if finding.topic:
        entry["topic"] = finding.topic
    if finding.quotes:
        entry["quotes"] = [_quote(quote) for quote in finding.quotes]
    return entry


def _theme(theme: Theme) -> dict[str, Any]:
    return _entry(theme) | {
        "expectation": theme.expectation.value,
        "polarity": theme.polarity.value,
        "raw_share": round(float(theme.raw_share), DIGITS),
        "details": [_entry(detail) for detail in theme.details],
    }


def _subject(subject: Subject) -> dict[str, Any]:
    return _entry(subject) | {
        "expectation": subject.expectation.value,
        "favourable": subject.favourable,
        "unfavourable": subject.unfavourable,
        "variants": list(subject.variants),
    }


def _suggestion(group: SuggestionGroup) -> dict[str, Any]:
    return _entry(group) | {"expectation": group.expectation.value}


def _day(value: date | None) -> str | None:
    return None if value in (None, date.min, date.max) else str(value)


def _change(change: Change) -> dict[str, Any]:
    return _entry(change) | {
        "kind": change.kind.value,
        "structure": change.structure,
        "departement": change.departement,
        "from": _day(change.start),
        "to": _day(change.end),
        "strength": change.strength.value,
        "share_elsewhere": round(float(change.share_elsewhere), DIGITS),
        "p_value": float(f"{float(change.p_value):.4g}"),
        "test": change.test,
        "expectation": change.expectation.value,
        "polarity": change.polarity.value,
    }


def _lead(lead: Lead) -> dict[str, Any]:
    lever = lead.lever
    given = {
        name: getattr(lever, name) if lever else ""
        for name in ("what", "who", "first_step", "when", "effort", "effect", "not_when")
    }
    return _entry(lead) | {
        "lever": lever.id if lever else "",
        "commitment": lever.commitment if lever else 0,
        "expectation": lead.expectation.value,
        "origin": lead.origin,
        "theme": lead.theme.label if lead.theme else "",
        "asked": [_suggestion(group) for group in lead.asked],
        "structures": [{"label": name, "count": count} for name, count in lead.structures],
        "subject": lead.subject,
        "subject_count": lead.subject_count,
        "weight": lead.weight,
        **given,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"kind": figure.kind} | _entry(figure)


def scope_dict(scope: Scope) -> dict[str, Any]:
    return {
        "network": french.enumeration(scope.networks),
        "networks": list(scope.networks),
        "structure": scope.structure,
        "departement": scope.departement,
        "procedure": scope.procedure,
        "channel": scope.channel,
        "from": _day(scope.start),
        "to": _day(scope.end),
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "count": sentence.count,
        "evidence": list(sentence.evidence),
    }


def _section(section: Section) -> dict[str, Any]:
    said = list(section.sentences)
    for point in section.points:
        said += [*point.sentences, *point.details, *(row for _, row in point.rows)]
    titles = [point.title for point in section.points]
    return {
        "key": section.key,
        "title": section.title,
        "points": titles,
        "sentences": [_sentence(sentence) for sentence in said],
    }


def to_dict(note: Note) -> dict[str, Any]:
    """The note as plain data, keys in the order of the schema."""
    findings = note.findings
    return {
        "version": VERSION,
        "title": note.title,
        "subtitle": note.subtitle,
        "engine": findings.engine,
        "options": {
            "minimum": note.options.minimum,
            "compare": note.options.compare,
            "fictional": note.options.fictional,
        },
        "scope": scope_dict(findings.scope),
        "figures": [_figure(figure) for figure in note.figures],
        "strengths": [_theme(theme) for theme in findings.strengths],
        "pain_points": [_theme(theme) for theme in findings.pain_points],
        "subjects": [_subject(subject) for subject in findings.subjects],
        "suggestions": [_suggestion(group) for group in findings.suggestions],
        "changes": [_change(change) for change in findings.changes],
        "leads": [_lead(lead) for lead in note.leads],
        "limits": [_entry(item) for item in limits(findings, note.options)],
        "sections": [_section(section) for section in note.sections],
    }


def render(note: Note) -> str:
    return json.dumps(to_dict(note), ensure_ascii=False, indent=1) + "\n"
