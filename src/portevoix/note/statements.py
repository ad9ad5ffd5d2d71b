"""A note taken apart to be kept: each statement with a key that the next version finds.

Keys are made of what a statement is about (`pain_points/DEL`, `leads/…`), never of its rank or of
its numbers, so that what people decided stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from portevoix.corpus.findings import Finding, Strength, Theme
from portevoix.note import french
from portevoix.note.document import Chart, Lead, Note, Point, Section, Sentence
from portevoix.opendata.headings import fold

STRENGTHS: Final = "strengths"
PAIN_POINTS: Final = "pain_points"
_LONGEST: Final = 60
_APART: Final = re.compile(r"[^a-z0-9]+")
_NUMBERS: Final = re.compile(
    rf"\d[\d\s,.]*|\b(?:{'|'.join((*french.WORDS, 'une', 'aucune', *french.MONTHS))})\b",
    re.IGNORECASE,
)


@dataclass
class Stored:
    """A note taken apart: the document, the evidence by key, the proposals."""

    document: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Sequence[int]] = field(default_factory=dict)
    themes: list[dict[str, Any]] = field(default_factory=list)
    leads: list[dict[str, Any]] = field(default_factory=list)
    said: set[str] = field(default_factory=set)

    def keep(self, key: str, identifiers: Iterable[str]) -> None:
        found = [int(one) for one in identifiers]
        if found:
            self.evidence[key] = found

    def free(self, key: str) -> str:
        """The key, or with a number when two statements would have it."""
        known, number = key, 2
        while known in self.said:
            known, number = f"{key}-{number}", number + 1
        self.said.add(known)
        return known


def stored(note: Note) -> Stored:
    """Take a note apart."""
    kept = Stored()
    kept.document = {
        "title": note.title,
        "subtitle": note.subtitle,
        "engine": note.findings.engine,
        "fictional": note.options.fictional,
        "minimum": note.options.minimum,
        "compare": note.options.compare,
        "sections": [_section(kept, section, note) for section in note.sections],
    }
    for figure in note.figures:
        if figure.kind in {"feeling", "month"}:
            kept.keep(f"figure/{figure.kind}/{french.month(figure.label)}", figure.evidence)
    themes = [*zip_themes(note)]
    for rank, (side, theme) in enumerate(themes):
        kept.themes += list(_themes(side, theme, rank))
        for detail in theme.details:
            kept.keep(_detail_key(_theme_key(side, theme), detail), detail.evidence)
        kept.keep(_theme_key(side, theme), theme.evidence)
    kept.leads = [_lead(lead, rank) for rank, lead in enumerate(note.leads)]
    return kept


def zip_themes(note: Note) -> Iterator[tuple[str, Theme]]:
    for theme in note.findings.strengths:
        yield STRENGTHS, theme
    for theme in note.findings.pain_points:
        yield PAIN_POINTS, theme


def slug(text: str) -> str:
    return _APART.sub("-", fold(text)).strip("-")


def words_key(text: str) -> str:
    """A key of how a sentence begins, whatever its numbers and months."""
    opening = text.split(f"{french.NO_BREAK}:", 1)[0]
    return slug(_NUMBERS.sub(" ", opening))[:_LONGEST].strip("-") or "phrase"


def _theme_key(side: str, theme: Theme) -> str:
    return f"{side}/{theme.expectation.value}"


def _detail_key(theme: str, detail: Finding) -> str:
    return f"{theme}/d-{detail.topic or words_key(detail.label)}"


def lead_key(lead: Lead) -> str:
    return f"leads/{lead.lever.id if lead.lever else words_key(lead.label)}"


def _themes(side: str, theme: Theme, rank: int) -> Iterator[dict[str, Any]]:
    key = _theme_key(side, theme)
    yield _proposed(theme, key, side, theme, rank, parent="")
    for number, detail in enumerate(theme.details, 1):
        yield _proposed(detail, _detail_key(key, detail), side, theme, rank + number, parent=key)


def _proposed(
    found: Finding, key: str, side: str, theme: Theme, rank: int, *, parent: str
) -> dict[str, Any]:
    return {
        "key": key,
        "parent": parent,
        "side": side,
        "expectation": theme.expectation.value,
        "topic": found.topic,
        "label": french.typeset(french.capital(found.label))[:200],
        "rank": rank,
        "count": found.count,
        "share": float(found.share),
        "low": float(found.interval.low),
        "high": float(found.interval.high),
        "quotes": [quote(one) for one in found.quotes],
    }


def _lead(lead: Lead, rank: int) -> dict[str, Any]:
    lever = lead.lever
    return {
        "key": lead_key(lead),
        "title": french.typeset(lead.label)[:200],
        "rank": rank,
        "expectation": lead.expectation.value,
        "topic": lead.topic,
        "origin": french.capital(lead.origin)[:200],
        "what": french.sentence(lever.what) if lever else "",
        "first_step": french.sentence(lever.first_step) if lever and lever.first_step else "",
    }


def _section(kept: Stored, section: Section, note: Note) -> dict[str, Any]:
    keys = _point_keys(section, note)
    return {
        "key": section.key,
        "title": section.title,
        "sentences": [
            _sentence(kept, sentence, f"{section.key}/{words_key(sentence.text)}")
            for sentence in section.sentences
        ],
        "points": [
            _point(kept, point, key, details)
            for point, (key, details) in zip(section.points, keys, strict=True)
        ],
        "charts": [_chart(chart) for chart in section.charts],
    }


def _point_keys(section: Section, note: Note) -> list[tuple[str, list[str]]]:
    """The key of each point, and of each of its details when they are not found by their words."""
    findings = note.findings
    if section.key in {STRENGTHS, PAIN_POINTS}:
        themes = findings.strengths if section.key == STRENGTHS else findings.pain_points
        told = zip(themes, section.points, strict=True)
        return [(_theme_key(section.key, t), _told_keys(section.key, t, p)) for t, p in told]
    if section.key == "leads":
        return [(lead_key(lead), []) for lead in note.leads]
    if section.key == "changes":
        return _change_keys(section, note)
    return [(f"{section.key}/{words_key(point.title)}", []) for point in section.points]


def _told_keys(side: str, theme: Theme, point: Point) -> list[str]:
    """The keys of the details written: those that say no more than their theme are not."""
    keys = []
    for sentence in point.details:
        detail = next(d for d in theme.details if sentence.text.startswith(_named(d)))
        keys.append(_detail_key(_theme_key(side, theme), detail))
    return keys


def _named(detail: Finding) -> str:
    return f"{french.typeset(french.capital(detail.label))}{french.NO_BREAK}:"


def _change_keys(section: Section, note: Note) -> list[tuple[str, list[str]]]:
    keys = []
    for strength in (Strength.ESTABLISHED, Strength.WEAK):
        told = [c for c in note.findings.changes if c.strength is strength]
        if told:
            named = [
                f"changes/{c.kind.value}-{c.topic or words_key(c.label)}-"
                f"{slug(c.structure or c.departement)[:20]}".rstrip("-")
                for c in told
            ]
            keys.append((f"changes/{strength.value}", named))
    return keys[: len(section.points)]


def _point(kept: Stored, point: Point, key: str, detail_keys: Sequence[str]) -> dict[str, Any]:
    names = list(detail_keys) or [f"{key}/d-{words_key(d.text)}" for d in point.details]
    details = [
        _sentence(kept, sentence, name) for sentence, name in zip(point.details, names, strict=True)
    ]
    return {
        "key": key,
        "title": point.title,
        "sentences": [
            _sentence(kept, sentence, f"{key}/s{rank}")
            for rank, sentence in enumerate(point.sentences)
        ],
        "details": details,
        "rows": [
            [name, _sentence(kept, sentence, f"{key}/{slug(name)[:40]}")]
            for name, sentence in point.rows
        ],
        "quotes": [quote(one) for one in point.quotes],
    }


def _sentence(kept: Stored, sentence: Sentence, key: str) -> dict[str, Any]:
    key = kept.free(key)
    kept.keep(key, sentence.evidence)
    return {"key": key, "text": sentence.text, "count": sentence.count}


def quote(one: Any) -> dict[str, Any]:
    return {
        "experience": int(one.experience),
        "start": one.start,
        "end": one.end,
        "text": one.text,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "key": chart.key,
        "caption": chart.caption,
        "summary": chart.summary,
        "bars": [asdict(bar) for bar in chart.bars],
    }
