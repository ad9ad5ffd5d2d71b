"""What pages ask of studies and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portevoix.note import french
from portevoix.web.directory.models import Network, Structure
from portevoix.web.directory.queries import departement
from portevoix.web.experiences.models import Experience
from portevoix.web.experiences.queries import with_concerns
from portevoix.web.notes.enums import Comparison, Status
from portevoix.web.notes.models import Improvement, NoteVersion, Study

_SENTENCE: Final = re.compile(r"[^.!?…\n]+[.!?…]*")
_SHORT: Final = 25
_SHOWN: Final = 10


def sentence(study: Study, version: NoteVersion | None = None) -> str:
    """« Les avis sur la Caf de Sambrelle, en 2025, comparés à la période précédente »."""
    if study.structure is not None:
        said = [_("Les avis sur %(what)s") % {"what": study.structure.public_name}]
    elif study.networks:
        names = french.enumeration([network.name for network in study.networks])
        said = [_("Les avis sur %(what)s") % {"what": names}]
    else:
        said = [_("Les avis sur tous les services publics")]
    if study.typology is not None:
        said.append(_("structures « %(kind)s »") % {"kind": study.typology.name})
    if study.departement:
        said.append(_territory(study.departement))
    if study.procedure:
        said.append(_("démarche « %(procedure)s »") % {"procedure": study.procedure})
    if study.channel:
        said.append(_("contact : %(channel)s") % {"channel": study.get_channel_display().lower()})
    if study.feeling:
        said.append(_("ressenti %(feeling)s") % {"feeling": study.get_feeling_display().lower()})
    dates = version or study
    said.append(french.period(dates.start, dates.end) or _("depuis le début"))
    if study.comparison == Comparison.PREVIOUS and dates.start and dates.end:
        said.append(_("comparés à la période précédente"))
    return french.typeset(", ".join(said))


def _territory(code: str) -> str:
    found = departement(code)
    return _("département %(name)s") % {"name": str(found) if found else code}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence of a text, where it stands."""

    start: int
    end: int
    text: str


def stretches(text: str) -> Sequence[Stretch]:
    """The sentences of a text that may be quoted."""
    found = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        if end - start >= _SHORT:
            found.append(Stretch(start, end, text[start:end]))
    return found


@dataclass(frozen=True, slots=True)
class Behind:
    """The experiences behind a statement, some at a time; `count` is what the note counted."""

    count: int
    rows: Sequence[Experience]
    first: int
    previous: int | None
    next: int | None

    @property
    def shown(self) -> tuple[int, int]:
        return self.first + 1, min(self.first + _SHOWN, self.count)


def behind(version: NoteVersion, key: str, start: int = 0) -> Behind | None:
    """The experiences that prove a statement, those still public, the latest first; None when it
    has none."""
    evidence = version.evidence.filter(key=key).first()
    if evidence is None:
        return None
    numbers = sorted(evidence.numbers, reverse=True)
    start = min(max(0, start), len(numbers) - 1)
    shown = public(numbers[start : start + _SHOWN])
    return Behind(
        evidence.count,
        shown,
        start,
        max(0, start - _SHOWN) if start else None,
        start + _SHOWN if start + _SHOWN < len(numbers) else None,
    )


def public(numbers: Sequence[int]) -> Sequence[Experience]:
    """Those of a short list that are public, the latest first."""
    found = Experience.objects.filter(published_at__isnull=False, pk__in=numbers)
    return tuple(with_concerns(found).order_by("-pk"))


def improvements(
    network: Network | None = None, structure: Structure | None = None
) -> QuerySet[Improvement]:
    """What services publicly change, everywhere or in a place and below it."""
    found = Improvement.objects.filter(
        status__in=(Status.COMMITTED, Status.DONE), committed_on__isnull=False
    ).exclude(public_wording="")
    if structure is not None:
        found = found.filter(structure__path__under=structure.path)
    elif network is not None:
        found = found.filter(network=network)
    return found.select_related("network", "structure")


def after_many(
    done: bool,  # noqa: FBT001 (two lists, chosen by the reader)
    network: Network | None = None,
    structure: Structure | None = None,
    number: int = 6,
) -> Sequence[Improvement]:
    """The latest changes made, or promised, after many stories. One query."""
    found = improvements(network, structure).filter(done_on__isnull=not done).defer("concerned")
    return tuple(found.order_by("-done_on" if done else "-committed_on", "-pk")[:number])
