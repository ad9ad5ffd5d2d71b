"""A note as a file: the renderers of the library, given what people decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portevoix.note import french, written
from portevoix.note.document import Options, Source
from portevoix.note.written import Written
from portevoix.types import Feeling
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import with_concerns
from portevoix.web.notes.compositions import Composition, Part, Said, Told, compose
from portevoix.web.notes.models import NoteVersion, Study

_BATCH: Final = 2_000
_LISTED: Final = 30

Evidence = dict[str, list[int]]


def render(study: Study, version: NoteVersion, form: str) -> str | bytes:
    """The note as odt, pdf, html or json."""
    note = compose(study, version)
    evidence = {one.key: one.numbers for one in version.evidence.all()}
    if form == "json":
        return _json(study, version, note, evidence)
    return written.render(_written(study, note, evidence), form)


def _written(study: Study, note: Composition, evidence: Evidence) -> Written:
    listed = {key: sorted(found, reverse=True)[:_LISTED] for key, found in evidence.items()}
    parts = [_part(part, listed) for part in note.parts]
    return Written(
        title=note.title.text,
        subtitle=_subtitle(study, note),
        sections=tuple(
            written.section(part.key, part.title, data)
            for part, data in zip(note.parts, parts, strict=True)
        ),
        options=Options(fictional=note.fictional),
        sources=_sources(note, listed),
    )


def _subtitle(study: Study, note: Composition) -> str:
    """What the note is of, who signed it, how much of it people wrote."""
    said = [note.subtitle]
    signed = study.signatures.first()
    if signed is not None and signed.revision == study.revision:
        who = ", ".join(part for part in (signed.name, signed.function) if part)
        said.append(
            _("signée par %(who)s le %(day)s") % {"who": who, "day": french.day(signed.at.date())}
        )
    human = sum(one.human for one in note.sentences())
    if human:
        said.append(
            ngettext(
                "%(n)s phrase écrite par une personne",
                "%(n)s phrases écrites par une personne",
                human,
            )
            % {"n": human}
        )
    model = sum(one.model for one in note.sentences())
    if model:
        said.append(
            ngettext(
                "%(n)s phrase, suivie de *, dite par un modèle de langue et vérifiée",
                "%(n)s phrases, suivies de *, dites par un modèle de langue et vérifiées",
                model,
            )
            % {"n": model}
        )
    return ", ".join(said)


def _marked(said: Said) -> str:
    """The words of a sentence, marked when a language model said them."""
    return f"{said.text}{french.NO_BREAK}*" if said.model else said.text


def _part(part: Part, evidence: Evidence) -> dict[str, Any]:
    return {
        "sentences": [_sentence(one, evidence) for one in part.sentences],
        "points": [_point(point, evidence) for point in part.points],
        "charts": list(part.charts),
    }


def _point(point: Told, evidence: Evidence) -> dict[str, Any]:
    return {
        "key": point.key,
        "title": _marked(point.title),
        "human": point.title.human or point.own,
        "choice": point.choice,
        "sentences": [_sentence(one, evidence) for one in point.sentences],
        "details": [_sentence(one, evidence) for one in point.details],
        "rows": [[name, _sentence(one, evidence)] for name, one in point.rows],
        "quotes": [
            {"experience": q.experience, "start": q.start, "end": q.end, "text": q.text}
            for q in point.quotes
        ],
    }


def _sentence(one: Said, evidence: Evidence) -> dict[str, Any]:
    return {
        "key": one.key,
        "text": _marked(one),
        "human": one.human,
        "model": one.model,
        "count": one.count,
        "evidence": evidence.get(one.key, []),
    }


def _sources(note: Composition, evidence: Evidence) -> dict[str, Source]:
    quoted = {q.experience for part in note.parts for p in part.points for q in p.quotes}
    wanted = quoted | {number for found in evidence.values() for number in found}
    found = with_concerns(Experience.objects.filter(published_at__isnull=False, pk__in=wanted))
    return {str(one.pk): _source(one) for one in found.order_by("pk")}


def _source(one: Experience) -> Source:
    day = one.written_on or (one.published_at.date() if one.published_at else None)
    names = tuple(concern.name for concern in one.concerns.all() if concern.name)
    return Source(
        id=str(one.pk),
        text=one.published_text,
        title=one.published_title,
        day=day,
        feeling=Feeling(one.feeling),
        structures=names,
    )


def _json(study: Study, version: NoteVersion, note: Composition, evidence: Evidence) -> str:
    data = {
        "title": note.title.text,
        "subtitle": note.subtitle,
        "engine": note.engine,
        "fictional": note.fictional,
        "version": version.number,
        "from": str(version.start or ""),
        "to": str(version.end or ""),
        "experiences": version.experiences,
        "sections": [
            {"key": part.key, "title": part.title} | _part(part, evidence) for part in note.parts
        ],
        "signatures": [
            {"name": s.name, "function": s.function, "at": s.at.isoformat()}
            for s in study.signatures.all()
            if s.revision == study.revision
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def evidence_rows(study: Study, version: NoteVersion) -> Iterator[tuple[Any, ...]]:
    """Which experience proves which sentence: one row a pair, those still public."""
    note = compose(study, version)
    yield (
        _("Phrase"),
        _("Expérience"),
        _("Écrite le"),
        _("Ressenti"),
        _("Service"),
        _("Titre"),
    )
    for one in note.sentences():
        found = version.evidence.filter(key=one.key).first() if one.count else None
        numbers = found.numbers if found else []
        for start in range(0, len(numbers), _BATCH):
            yield from _rows(one, numbers[start : start + _BATCH])


def _rows(said: Said, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    stories = with_concerns(Experience.objects.filter(published_at__isnull=False, pk__in=numbers))
    for one in stories.order_by("pk"):
        source = _source(one)
        yield (
            _plain(said.text),
            one.pk,
            source.day or "",
            one.get_feeling_display(),
            _plain(" / ".join(source.structures)),
            _plain(source.title),
        )


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
