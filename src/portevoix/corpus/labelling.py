"""What to call a group of experiences: the thing they name more than the others do."""

from __future__ import annotations

import numpy as np

from portevoix.corpus import incidence
from portevoix.corpus.analyses import Analyses
from portevoix.corpus.incidence import Rows
from portevoix.corpus.items import Item
from portevoix.corpus.statistics import Floats, Ints
from portevoix.corpus.surface import Surface, surfaces
from portevoix.labels import EXPECTATION_LABELS
from portevoix.text.readings import EXPECTATIONS
from portevoix.types import Expectation

_CANDIDATES = 12
# Forms seen in so many texts are enough to choose a spelling.
_TEXTS = 80
# Endings of infinitives and participles: a lone one must stand as a noun more often.
_VERBAL = ("er", "ir", "é", "ée", "és", "ées")


UNFAVOURABLE = "Avis défavorables"


def label_of(analyses: Analyses, item: Item, rows: Rows) -> str:
    """The words users have for an item: its procedure, its term, or what `rows` have in common."""
    if item.procedure:
        return capital(item.procedure)
    if item.term:
        surface = term_surface(analyses, item.term, rows)
        if is_name(item.term, surface):
            return capital(surface.label())
    named = distinctive(analyses, rows)
    if item.family == "place":
        # Every unfavourable experience of the place is counted, whatever it is about.
        return f"{UNFAVOURABLE}, notamment : {_inside(named)}" if named else UNFAVOURABLE
    expectation = item.expectation
    if expectation is Expectation.GEN:
        expectation = expectation_of(analyses, rows)
    label = EXPECTATION_LABELS[expectation]
    if not named or incidence.stems_of(named) & incidence.stems_of(label):
        return label
    return f"{label} : {_inside(named)}"


def _inside(name: str) -> str:
    """A label as it stands inside a sentence; acronyms and proper names keep their capital."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def term_surface(analyses: Analyses, key: str, rows: Rows) -> Surface:
    """How the experiences write the term."""
    return surfaces([key], [analyses.experiences.texts[row] for row in rows[:_TEXTS]])[key]


def distinctive(analyses: Analyses, rows: Rows) -> str:
    """The term that most sets these experiences apart from the rest of the scope, or ''."""
    codes = incidence.kept_terms(analyses, 2)
    if not len(codes):
        return ""
    table = incidence.experience_terms(analyses, 2)
    mask = np.zeros(table.shape[0], np.float32)
    mask[rows] = 1.0
    inside = np.asarray(table.T @ mask, np.float64).ravel()
    everywhere = np.asarray(table.sum(0), np.float64).ravel()
    order = contrast(inside, everywhere, len(rows), table.shape[0])
    values = analyses.segments.terms.values
    keys = [values[codes[i]] for i in order[:_CANDIDATES] if inside[i] >= max(2, 0.25 * len(rows))]
    texts = [analyses.experiences.texts[row] for row in rows[:_TEXTS]]
    forms = surfaces(keys, texts)
    return next((forms[key].label() for key in keys if is_name(key, forms[key])), "")


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


def _proper(surface: Surface) -> bool:
    """A lone word nearly always capitalised, and no acronym: a place or a person."""
    label = surface.label()
    if label.isupper() and len(label) >= 2:
        return False
    capitals = sum(n for form, n in surface.forms.items() if form[:1].isupper())
    return capitals >= 0.6 * surface.total


def expectation_of(analyses: Analyses, rows: Rows) -> Expectation:
    """The expectation the experiences are most about, « Aucune évaluation » and general aside."""
    mask = np.zeros(len(analyses.experiences), bool)
    mask[rows] = True
    held = mask[analyses.segments.experience]
    weights = analyses.segments.polarity[held, 1] @ analyses.segments.expectation[held]
    if not held.any():
        return Expectation.GEN
    return EXPECTATIONS[int(weights[: len(EXPECTATIONS) - 2].argmax())]
