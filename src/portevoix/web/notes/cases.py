"""Corrections of notes, read again by a second person; those retained are evaluation cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from portevoix.errors import PortevoixError
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.policies import NotAllowedError
from portevoix.web.experiences.models import Experience
from portevoix.web.journal.actions import record
from portevoix.web.notes.enums import Correction
from portevoix.web.notes.models import (
    ChosenQuote,
    ChosenTheme,
    CorrectionReview,
    ProposedTheme,
    Study,
)
from portevoix.web.notes.policies import reviewable

# A page of corrections, and the texts that one case may hold.
SHOWN: Final = 30
_TEXTS: Final = 100


class AlreadyReviewedError(PortevoixError):
    """Cette correction a déjà été relue."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction: `theme` is what the machine had said, `text` the quote that was picked.

    `retained` is what was decided of it, None while it waits.
    """

    kind: str
    pk: int
    study: Study
    theme: ProposedTheme
    by: str
    at: datetime
    text: str
    retained: bool | None

    @property
    def said(self) -> tuple[str, str, str]:
        """What it says, whatever the study: the next study of a scope brings it along."""
        return self.kind, self.theme.key, self.text


def to_review(agent: Agent) -> list[Corrected]:
    """The corrections that wait for this person's decision, the oldest first, each once."""
    studies = Study.objects.filter(reviewable(agent)).select_related("network", "structure")
    found = _corrections(studies)
    known = {one.said for one in found if one.retained is not None}
    waiting: dict[tuple[str, str, str], Corrected] = {}
    for one in found:
        if one.said not in known:
            waiting.setdefault(one.said, one)
    return list(waiting.values())[:SHOWN]


def _corrections(studies: Iterable[Study]) -> list[Corrected]:
    """What people corrected in some studies. A fixed number of queries."""
    by_number = {study.pk: study for study in studies}
    rows = [(kind, one) for kind in Correction for one in _rows(kind, study__in=by_number)]
    themes = _themes(by_number, {one.key for _, one in rows})
    decided = CorrectionReview.objects.filter(study__in=by_number)
    choices = {(d.kind, d.corrected): d.retained for d in decided}
    found = [
        Corrected(
            kind,
            one.pk,
            by_number[one.study_id],
            theme,
            one.by.name if one.by else "",
            one.at,
            one.text if kind is Correction.QUOTE else "",
            choices.get((kind, one.pk)),
        )
        for kind, one in rows
        if (theme := themes.get((one.study_id, one.key))) is not None
    ]
    return sorted(found, key=lambda one: (one.at, one.pk))


def _rows(kind: Correction, **which: Any) -> Any:
    if kind is Correction.QUOTE:
        public = ChosenQuote.objects.filter(experience__published_at__isnull=False)
        return public.filter(**which).select_related("by", "study")
    return ChosenTheme.objects.filter(dropped=True, **which).select_related("by", "study")


def _themes(
    studies: Mapping[int, Study], keys: set[str]
) -> Mapping[tuple[int, str], ProposedTheme]:
    """The theme of a key in the latest version of each study that has it."""
    rows = ProposedTheme.objects.filter(version__study__in=studies, key__in=keys)
    ordered = rows.select_related("version").order_by("version__number")
    return {(one.version.study_id, one.key): one for one in ordered}


@transaction.atomic
def review(kind: str, pk: int, actor: Agent, *, retained: bool) -> CorrectionReview:
    """Make a correction a case, or not. Raises `NotAllowedError`, `AlreadyReviewedError`."""
    one = _rows(Correction(kind), pk=pk).first()
    if one is None or not Study.objects.filter(reviewable(actor), pk=one.study_id).exists():
        raise NotAllowedError
    if CorrectionReview.objects.filter(kind=kind, corrected=pk).exists():
        raise AlreadyReviewedError
    made = CorrectionReview.objects.create(
        study=one.study, kind=kind, corrected=pk, retained=retained, by=actor
    )
    record("review_correction", one.study, actor=actor, kind=kind, retained=int(retained))
    return made


def cases() -> Iterator[dict[str, Any]]:
    """The retained corrections as cases of `portevoix evaluate notes`: published words only."""
    retained = [one for one in _corrections(Study.objects.all()) if one.retained]
    for one in retained:
        texts = [one.text] if one.text else _behind(one.theme)
        yield {
            "id": f"{one.kind}-{one.pk}",
            "kind": str(one.kind),
            "side": str(one.theme.side),
            "expectation": one.theme.expectation,
            "texts": texts,
        }


def _behind(theme: ProposedTheme) -> list[str]:
    """The published texts that made the machine see a theme."""
    evidence = theme.version.evidence.filter(key=theme.key).first()
    numbers = evidence.numbers[:_TEXTS] if evidence else []
    rows = Experience.objects.filter(pk__in=numbers, published_at__isnull=False).order_by("pk")
    return list(rows.values_list("published_text", flat=True))
