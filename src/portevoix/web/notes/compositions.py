"""A note as it is read: what the machine wrote, with what people decided laid over it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portevoix.note import french
from portevoix.web.experiences.models import Experience
from portevoix.web.notes import packing
from portevoix.web.notes.enums import Choice, Side, Status
from portevoix.web.notes.models import (
    ChosenLead,
    ChosenTheme,
    Evidence,
    Improvement,
    NoteVersion,
    Study,
    Wording,
)
from portevoix.web.runs import corpora

THEMED: Final = frozenset(Side.values)
FEW: Final = 20
_COUNT: Final = re.compile(r"[\w\u202f]+ expériences?", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as it is read. `machine` is what the machine writes there; `stale` when a person
    rewrote another sentence of the machine than today's; `number` is the last wording's. `model`
    when a language model said it, checked."""

    key: str
    text: str
    count: int = 0
    human: bool = False
    machine: str = ""
    stale: bool = False
    number: int = 0
    by: str = ""
    model: bool = False

    @property
    def pieces(self) -> tuple[str, str, str]:
        """Before, the words that say how many, after: the middle opens what it counts."""
        found = _COUNT.search(self.text) if self.count else None
        if found is None:
            return self.text, "", ""
        return self.text[: found.start()], found[0], self.text[found.end() :]


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote with the experience it comes from."""

    experience: int
    start: int
    end: int
    text: str
    human: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One item of a section. `parts` are the themes brought together, by their labels."""

    key: str
    title: Said
    sentences: tuple[Said, ...] = ()
    details: tuple[Said, ...] = ()
    rows: tuple[tuple[str, Said], ...] = ()
    quotes: tuple[Cited, ...] = ()
    parts: tuple[str, ...] = ()
    choice: str = ""
    own: bool = False
    split: bool = False
    improvement: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is read. `dropped` are the items that a person took out."""

    key: str
    title: str
    sentences: tuple[Said, ...] = ()
    points: tuple[Told, ...] = ()
    charts: tuple[dict[str, Any], ...] = ()
    dropped: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """A whole note as it is read."""

    title: Said
    subtitle: str
    parts: tuple[Part, ...]
    fictional: bool
    engine: str

    def part(self, key: str) -> Part:
        return next(part for part in self.parts if part.key == key)

    def sentences(self) -> Iterable[Said]:
        for part in self.parts:
            yield from part.sentences
            for point in part.points:
                yield point.title
                yield from point.sentences
                yield from point.details
                yield from (said for _, said in point.rows)


@dataclass
class Chosen:
    """What people decided of a study, read once."""

    themes: dict[str, ChosenTheme] = field(default_factory=dict)
    leads: dict[str, ChosenLead] = field(default_factory=dict)
    quotes: dict[str, list[Cited]] = field(default_factory=dict)
    wordings: dict[str, Wording] = field(default_factory=dict)
    improvements: dict[str, int] = field(default_factory=dict)
    modelled: dict[str, str] = field(default_factory=dict)

    def said(self, key: str, machine: str, count: int = 0) -> Said:
        """The last wording of a key, else the model's, else the machine's."""
        wording = self.wordings.get(key)
        if wording is None or not wording.text:
            number = wording.number if wording else 0
            said = self.modelled.get(key, machine)
            model = key in self.modelled
            return Said(key, said, count, machine=machine, number=number, model=model)
        return Said(
            key,
            wording.text,
            count,
            human=True,
            machine=machine,
            stale=bool(machine) and wording.over != machine,
            number=wording.number,
            by=wording.by.name if wording.by else "",
        )


def chosen(study: Study) -> Chosen:
    """Read what people decided. Five queries."""
    found = Chosen(
        themes={one.key: one for one in study.chosen_themes.all()},
        leads={one.key: one for one in study.chosen_leads.all()},
        wordings={one.key: one for one in study.wordings.select_related("by").order_by("number")},
        improvements=dict(of_scope(study).order_by("-pk").values_list("lead", "pk")),
    )
    quotes: dict[str, list[Cited]] = defaultdict(list)
    for one in study.chosen_quotes.all():
        quotes[one.key].append(Cited(one.experience_id, one.start, one.end, one.text, human=True))
    found.quotes = dict(quotes)
    return found


def of_scope(study: Study) -> QuerySet[Improvement]:
    """What is already being improved after leads of this place, whatever the study."""
    same = Improvement.objects.filter(
        structure=study.structure_id, departement=study.departement
    ).filter(Q(network__in=study.network_ids) if study.network_ids else Q(network=None))
    return same.exclude(lead="").exclude(status=Status.ABANDONED)


def compose(study: Study, version: NoteVersion, people: Chosen | None = None) -> Composition:
    """The note of a version with what people decided of the study."""
    people = people or chosen(study)
    people.modelled = dict(version.model_wordings.values_list("key", "text"))
    document = version.document
    composer = _Composer(version, people)
    parts = tuple(composer.part(section) for section in document["sections"])
    return _public(
        Composition(
            title=people.said("title", document["title"]),
            subtitle=document["subtitle"],
            parts=parts,
            fictional=document.get("fictional", False),
            engine=document.get("engine", ""),
        )
    )


class _Composer:
    """Lays what people decided over one version."""

    def __init__(self, version: NoteVersion, people: Chosen) -> None:
        self._version, self._people = version, people
        self._themes = {theme.key: theme for theme in version.themes.all()}
        self._absorbed = {
            part: one.key for one in people.themes.values() for part in one.parts if part != one.key
        }

    def part(self, section: dict[str, Any]) -> Part:
        key = section["key"]
        points = [self._told(point) for point in section["points"]]
        dropped: list[Told] = []
        if key in THEMED:
            points, dropped = self._themed(key, points)
        elif key == "leads":
            points, dropped = self._leads(points)
        elif key in {"subjects", "suggestions"}:
            dropped = [p for p in points if self._is_dropped(p.key)]
            points = [p for p in points if not self._is_dropped(p.key)]
        return Part(
            key,
            section["title"],
            tuple(self._said(one) for one in section["sentences"]),
            tuple(points),
            tuple(section["charts"]),
            tuple(dropped),
        )

    def _said(self, one: dict[str, Any]) -> Said:
        return self._people.said(one["key"], one["text"], one["count"])

    def _told(self, point: dict[str, Any]) -> Told:
        key = point["key"]
        return Told(
            key,
            self._people.said(f"{key}/title", point["title"]),
            tuple(self._said(one) for one in point["sentences"]),
            tuple(self._said(one) for one in point["details"]),
            tuple((name, self._said(one)) for name, one in point["rows"]),
            self._quotes(key, point["quotes"]),
        )

    def _quotes(self, key: str, proposed: Sequence[dict[str, Any]]) -> tuple[Cited, ...]:
        picked = self._people.quotes.get(key)
        return tuple(picked) if picked else tuple(Cited(**one) for one in proposed)

    def _is_dropped(self, key: str) -> bool:
        one = self._people.themes.get(key)
        return one is not None and one.dropped

    def _themed(self, side: str, points: list[Told]) -> tuple[list[Told], list[Told]]:
        """Themes kept, merged, split; then those taken out."""
        made = [self._merged(point) for point in points if point.key not in self._absorbed]
        known = {point.key for point in points}
        made += [
            self._apart(one)
            for one in self._people.themes.values()
            if one.side == side and one.key not in known and one.key in self._themes
        ]
        split = {point.key for point in made if point.split}
        made = [
            replace(point, details=tuple(d for d in point.details if d.key not in split))
            for point in made
        ]
        kept = [point for point in made if not self._is_dropped(point.key)]
        return kept, [point for point in made if self._is_dropped(point.key)]

    def _merged(self, point: Told) -> Told:
        """The theme with those brought under it, counted again."""
        one = self._people.themes.get(point.key)
        parts = [self._themes[key] for key in (one.parts if one else ()) if key in self._themes]
        others = [theme for theme in parts if theme.key != point.key]
        if not others:
            return point
        numbers = self._union([point.key, *(theme.key for theme in others)])
        sections = self._version.document["sections"]
        absorbed = [
            self._told(p)
            for section in sections
            for p in section["points"]
            if p["key"] in {theme.key for theme in others}
        ]
        first = self._counted(point.key, len(numbers), others[0].side)
        return replace(
            point,
            sentences=(first, *point.sentences[1:]),
            details=(*point.details, *(d for other in absorbed for d in other.details)),
            quotes=(*point.quotes, *(q for other in absorbed for q in other.quotes[:1])),
            parts=tuple(theme.label for theme in others),
        )

    def _apart(self, one: ChosenTheme) -> Told:
        """A precise subject that a person made a theme of its own."""
        theme = self._themes[one.key]
        return Told(
            one.key,
            self._people.said(f"{one.key}/title", theme.label),
            (self._counted(one.key, theme.count, theme.side),),
            quotes=self._quotes(one.key, theme.quotes),
            split=True,
        )

    def _union(self, keys: Sequence[str]) -> set[int]:
        packed = Evidence.objects.filter(version=self._version, key__in=keys)
        return {n for one in packed for n in packing.numbers(bytes(one.packed))}

    def _counted(self, key: str, count: int, side: str) -> Said:
        total = self._version.experiences
        verb = "s’en félicite" if side == Side.STRENGTH else "s’en plaint"
        said = f"{french.experiences(count)} {french.plural(count, verb, _many(verb))}"
        if total >= FEW:
            low, high = corpora.interval(count, total)
            said += f", soit {french.percent(count / total)} ({french.between(low, high)})"
        return self._people.said(f"{key}/s0", french.sentence(said), count)

    def _leads(self, points: list[Told]) -> tuple[list[Told], list[Told]]:
        """Accepted leads first, then those that nobody judged; refused ones apart."""
        people = self._people
        told = [replace(point, choice=self._choice(point.key)) for point in points]
        told += [self._own(one) for one in people.leads.values() if one.own]
        told = [replace(p, improvement=people.improvements.get(p.key)) for p in told]
        kept = [point for point in told if point.choice != Choice.REFUSED]
        kept.sort(key=lambda point: point.choice != Choice.ACCEPTED)
        return kept, [point for point in told if point.choice == Choice.REFUSED]

    def _choice(self, key: str) -> str:
        one = self._people.leads.get(key)
        return one.choice if one else ""

    def _own(self, one: ChosenLead) -> Told:
        title = self._people.said(f"{one.key}/title", one.title)
        text = self._people.said(f"{one.key}/text", one.text)
        return Told(
            one.key,
            replace(title, human=True),
            rows=((_("Ce que nous proposons"), replace(text, human=True)),) if one.text else (),
            choice=one.choice,
            own=True,
        )


def _many(verb: str) -> str:
    return {"s’en félicite": "s’en félicitent", "s’en plaint": "s’en plaignent"}[verb]


def _public(note: Composition) -> Composition:
    """The note without quotes of stories that are public no more. One query."""
    quoted = {q.experience for part in note.parts for point in part.points for q in point.quotes}
    known = _described(quoted)
    parts = tuple(
        replace(part, points=tuple(_quoting(point, known) for point in part.points))
        for part in note.parts
    )
    return replace(note, parts=parts)


def _quoting(point: Told, known: dict[int, tuple[str, str]]) -> Told:
    """Keep quotes that are still, word for word, in a public text."""
    kept = (
        replace(q, where=known[q.experience][1])
        for q in point.quotes
        if q.experience in known and known[q.experience][0][q.start : q.end] == q.text
    )
    return replace(point, quotes=tuple(kept))


def _described(numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The public text of experiences, and « 3 mars 2025, Caf du Rhône »."""
    found = Experience.objects.filter(pk__in=list(numbers), published_at__isnull=False)
    rows = found.prefetch_related("concerns__structure", "concerns__network")
    return {one.pk: (one.published_text, where(one)) for one in rows}


def where(experience: Experience) -> str:
    day = experience.written_on or (experience.published_at and experience.published_at.date())
    parts = [french.day(day)] if day else []
    parts += [concern.name for concern in experience.concerns.all()[:1] if concern.name]
    return ", ".join(parts)
