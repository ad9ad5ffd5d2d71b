"""What to call a group of experiences: what happens in them, and the thing they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from portevoix.corpus import incidence
from portevoix.corpus.analyses import Analyses
from portevoix.corpus.incidence import Rows
from portevoix.corpus.items import Item
from portevoix.corpus.sayings import complaints, main_complaints, topic_of
from portevoix.corpus.statistics import Floats, Ints
from portevoix.corpus.surface import Surface, surfaces
from portevoix.labels import COMPLAINTS
from portevoix.text.readings import EXPECTATIONS
from portevoix.types import Expectation

# Forms seen in so many texts are enough to choose a spelling.
_TEXTS: Final = 40
# Endings of infinitives and participles: a lone one must stand as a noun more often.
_VERBAL: Final = ("er", "ir", "é", "ée", "és", "ées")
# A topic names a group that says it at least so often; a second one adds at least so much.
_MAIN: Final = 0.4
_SECOND: Final = 0.25
_MOST: Final = 0.5
# What everyone complains of weighs half as much in what sets a group apart.
_USUAL: Final = 0.5
# A procedure of this name says nothing.
_VAGUE: Final = frozenset({"autre", "autres", "divers", "aucune"})


@dataclass(frozen=True, slots=True)
class Told:
    """The name of a group, without capital, and the code of its topic when it has one."""

    label: str
    topic: str = ""


def told_of(analyses: Analyses, item: Item, rows: Rows) -> Told | None:
    """What happens in the experiences `rows` of an item; None when nothing precise can be said."""
    if item.topic:
        return Told(topic_of(item.topic).label, item.topic)
    name = _name(analyses, item, rows)
    happens = what_happens(analyses, rows)
    if not happens.label:
        expectation = item.expectation
        if expectation is Expectation.GEN:
            expectation = expectation_of(analyses, rows)
        if item.term and not name and not _mostly(analyses, rows, expectation):
            return None
        happens = Told(COMPLAINTS.get(expectation, ""))
    if not happens.label or not name or _repeats(name, happens.label):
        return happens if happens.label else None
    return Told(f"{name} : {happens.label}", happens.topic)


def what_happens(analyses: Analyses, rows: Rows) -> Told:
    """The one or two topics that the experiences reproach most; empty when none stands out."""
    ranked = main_complaints(analyses, rows)
    if not ranked:
        return Told("")
    topics = complaints(analyses).topics
    first, who = ranked[0]
    label = topics[first].label
    for second, others in ranked[1:]:
        more = len(np.setdiff1d(others, who, assume_unique=True))
        if more >= max(2, _SECOND * len(rows)) and len(who) < 2 * _MAIN * len(rows):
            label = f"{label} ; {topics[second].label}"
            who = np.union1d(who, others)
            break
    return Told(label, topics[first].code) if len(who) >= _MAIN * len(rows) else Told("")


def _name(analyses: Analyses, item: Item, rows: Rows) -> str:
    """The procedure or the named thing of an item, or empty when it is no name."""
    if item.procedure:
        return "" if item.procedure.lower() in _VAGUE else lower_first(item.procedure)
    if not item.term:
        return ""
    surface = term_surface(analyses, item.term, rows)
    alone = " " not in item.term and not _acronym(surface.written())
    return "" if alone or not is_name(item.term, surface) else in_sentence(surface)


def _repeats(name: str, label: str) -> bool:
    """Whether the label already says most of the name."""
    stems = incidence.stems_of(name)
    return 2 * len(stems & incidence.stems_of(label)) >= len(stems)


def in_sentence(surface: Surface) -> str:
    """A name as it stands inside a sentence; acronyms and proper names keep their capital."""
    written = surface.written()
    lower = sum(n for form, n in surface.forms.items() if form[:1].islower())
    return lower_first(written) if lower else written


def lower_first(name: str) -> str:
    """Without its capital, unless the first word is an acronym (« CAF », « FranceConnect »)."""
    word = name.split(" ", 1)[0]
    return name if sum(c.isupper() for c in word) > 1 else name[:1].lower() + name[1:]


def _mostly(analyses: Analyses, rows: Rows, expectation: Expectation) -> bool:
    """Whether half of the experiences at least complain first of that expectation."""
    first = _complaint_weights(analyses)[rows].argmax(axis=1) == EXPECTATIONS.index(expectation)
    return bool(first.mean() >= _MOST)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def term_surface(analyses: Analyses, key: str, rows: Rows) -> Surface:
    """How the experiences write the term."""
    return surfaces([key], [analyses.experiences.texts[row] for row in rows[:_TEXTS]])[key]


def contrast(inside: Floats, everywhere: Floats, size: int, total: int) -> Ints:
    """Order of terms by how much more they are said inside than expected (signed χ)."""
    expected = everywhere * size / max(1, total)
    score = (inside - expected) / np.sqrt(expected + 0.5)
    return np.lexsort((np.arange(len(score)), -score))


def is_name(key: str, surface: Surface) -> bool:
    """Whether what was written reads as the name of a thing."""
    if " " in key:
        return surface.total > 0 and surface.nounness >= 0.3
    label = surface.label()
    verbal = label.endswith(_VERBAL) and "-" not in label
    return surface.nounness >= (0.75 if verbal else 0.5) and not _proper(surface)


def _acronym(written: str) -> bool:
    return written.isupper() and len(written) >= 2


def _proper(surface: Surface) -> bool:
    """A lone word nearly always capitalised, and no acronym: a place or a person."""
    if _acronym(surface.label()):
        return False
    capitals = sum(n for form, n in surface.forms.items() if form[:1].isupper())
    return capitals >= 0.6 * surface.total


def expectation_of(analyses: Analyses, rows: Rows) -> Expectation:
    """The expectation the experiences complain of, more than the others do."""
    weights = _complaint_weights(analyses)
    if not weights[rows].any():
        return Expectation.GEN
    excess = weights[rows].mean(axis=0) - _USUAL * weights.mean(axis=0)
    return EXPECTATIONS[int(excess.argmax())]


@lru_cache(maxsize=4)
def _complaint_weights(analyses: Analyses) -> Floats:
    """float64 (experiences, 15): how much of each experience complains of each expectation."""
    segments, owners = analyses.segments, analyses.segments.experience
    weights = segments.polarity[:, 1, None] * segments.expectation[:, : len(EXPECTATIONS) - 2]
    totals = np.zeros((len(analyses.experiences), weights.shape[1]))
    if len(owners):
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        totals[owners[starts]] = np.add.reduceat(weights, starts, axis=0)
    return totals
