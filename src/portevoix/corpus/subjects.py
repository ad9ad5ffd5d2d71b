"""Subjects: the named things users talk about, found by statistics.

A subject is a term that stands as a noun phrase, is said by enough experiences, is not explained
by a longer term that holds it (C-value), and is said here more than in administrative French at
large. Variants (inflection and prepositions share a key; typing errors, order, acronym) are
merged, and two terms that rest on the same experiences are one subject: the longer name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein

from portevoix.corpus import incidence
from portevoix.corpus.analyses import Analyses
from portevoix.corpus.findings import Subject
from portevoix.corpus.incidence import Rows, weight
from portevoix.corpus.labelling import capital, expectation_of, is_name
from portevoix.corpus.statistics import Floats, Ints, wilson
from portevoix.corpus.surface import Surface, surfaces
from portevoix.corpus.terms import extract

_POOL: Final = 120
# Segments read to choose a spelling, spread over those that say the term.
_TEXTS: Final = 24
# What being a phrase is worth, as a logarithm of how much commoner than at large.
_PHRASE: Final = 1.5
# A term inside a longer one this often is a fragment of it.
_FRAGMENT: Final = 0.6
# Two terms said by the same experiences to this point are one subject.
_SAME: Final = 0.6
# Acronyms whose letters are not those of the words people write.
_ACRONYMS: Final = {"cni": "cart ident", "secu": "secur social", "titr sejour": "cart sejour"}
# Names of two words that name nothing.
_NOTHING: Final = frozenset({"sit web", "sit internet", "adress mail", "numer telephon"})
# A word that this share of the structures or networks bear says where, not what.
_WHERE: Final = 0.1


@dataclass(slots=True)
class _Named:
    """A candidate with the experiences that say it (sorted int64) and how it was written."""

    key: str
    rows: Rows
    score: float
    surface: Surface
    variants: list[str]


def find_subjects(analyses: Analyses, *, minimum: int, limit: int = 12) -> tuple[Subject, ...]:
    """At most `limit` subjects of at least `minimum` experiences, the most telling first."""
    pool = _pool(analyses, minimum)
    named = [candidate for candidate in pool if _is_subject(candidate)]
    named += _procedures(analyses, minimum)
    merged = _merged(named)[:limit]
    outlook = _Leaning(analyses)
    subjects = [_subject(analyses, candidate, outlook) for candidate in merged]
    return tuple(sorted(subjects, key=lambda subject: (-subject.count, subject.label)))


def _pool(analyses: Analyses, minimum: int) -> list[_Named]:
    codes = incidence.kept_terms(analyses, minimum)
    table = incidence.experience_terms(analyses, minimum).tocsc()
    counts = np.diff(table.indptr)
    values = analyses.segments.terms.values
    keys = [values[code] for code in codes]
    scores = _termhood(keys, counts, table.shape[0], minimum) * ~_names_places(analyses, keys)
    best = [i for i in np.argsort(-scores, kind="stable")[:_POOL] if scores[i] > 0]
    told = incidence.segment_terms(analyses, minimum)[:, best].tocsc()
    named = []
    for column, i in enumerate(best):
        rows = np.sort(table.indices[table.indptr[i] : table.indptr[i + 1]]).astype(np.int64)
        said = np.sort(told.indices[told.indptr[column] : told.indptr[column + 1]])
        sample = said[:: -(-len(said) // _TEXTS)].tolist()
        texts = [incidence.segment_text(analyses, row) for row in sample]
        surface = surfaces([keys[i]], texts)[keys[i]]
        named.append(_Named(keys[i], rows, float(scores[i]), surface, []))
    return named


def _procedures(analyses: Analyses, minimum: int) -> list[_Named]:
    """Procedures that authors declare: names already, said by those who chose them."""
    labels = analyses.experiences.procedures
    table = incidence.table_of(labels).tocsc()
    named = []
    for code, name in enumerate(labels.values):
        rows = np.sort(table.indices[table.indptr[code] : table.indptr[code + 1]]).astype(np.int64)
        key = max(extract([name])[0], key=len, default="")
        if len(rows) >= minimum and key and weight(key) > 0:
            surface = Surface(Counter({name: len(rows)}), len(rows), len(rows))
            score = np.sqrt(len(rows)) * 2.0 * np.log2(key.count(" ") + 2) ** 1.5
            named.append(_Named(key, rows, float(score), surface, []))
    return named


def _termhood(keys: list[str], counts: Ints, total: int, minimum: int) -> Floats:
    """C-value on experiences, times how much commoner the term is here than at large."""
    index = {key: i for i, key in enumerate(keys)}
    longest = np.zeros(len(keys))
    for key, count in zip(keys, counts, strict=True):
        for part in _parts(key):
            if part in index:
                longest[index[part]] = max(longest[index[part]], count)
    known = incidence.background()
    scores = np.zeros(len(keys))
    for i, key in enumerate(keys):
        stems = key.split(" ")
        alone = counts[i] - longest[i]
        if counts[i] < minimum or longest[i] >= _FRAGMENT * counts[i] or alone < 1:
            continue
        # What is rare as a phrase is bounded by its rarest word.
        expected = min(known.get(stem, (0.0003, 0.0))[0] for stem in stems) / len(stems)
        ratio = np.log2((counts[i] / total + 0.001) / (expected + 0.001))
        # A phrase is a name by its shape, however common the procedure it names.
        ratio = max(ratio, _PHRASE if len(stems) > 1 else 0.0)
        scores[i] = ratio * np.sqrt(alone) * np.log2(len(stems) + 1) ** 1.5
    return scores


def _parts(key: str) -> list[str]:
    stems = key.split(" ")
    size = len(stems)
    return [
        " ".join(stems[i:j]) for i in range(size) for j in range(i + 1, size + 1) if j - i < size
    ]


def _names_places(analyses: Analyses, keys: list[str]) -> NDArray[np.bool_]:
    """True for keys made only of words of the network or of many structures."""
    experiences = analyses.experiences
    counts: dict[str, int] = {}
    for name in experiences.structures.values:
        for stem in incidence.stems_of(name):
            counts[stem] = counts.get(stem, 0) + 1
    floor = max(3, _WHERE * len(experiences.structures.values))
    where = {stem for stem, count in counts.items() if count >= floor}
    for name in experiences.networks.values:
        where |= incidence.stems_of(name)
    return np.array([set(key.split(" ")) <= where for key in keys], bool)


def _is_subject(candidate: _Named) -> bool:
    """A name of several words, or an acronym: a word alone tells too little."""
    written = candidate.surface.written()
    precise = " " in candidate.key or (written.isupper() and len(written) >= 2)
    return precise and candidate.key not in _NOTHING and is_name(candidate.key, candidate.surface)


def _merged(named: list[_Named]) -> list[_Named]:
    """Variants put together, then terms on the same experiences: the best (longest) stays."""
    chosen: list[_Named] = []
    for candidate in sorted(named, key=lambda one: (-one.score, one.key)):
        same = next((one for one in chosen if _variant(candidate, one)), None)
        if same is not None:
            same.rows = np.union1d(same.rows, candidate.rows)
            same.variants.append(candidate.surface.label())
        elif not any(_covered(candidate, one) for one in chosen):
            chosen.append(candidate)
    return chosen


def _variant(one: _Named, other: _Named) -> bool:
    """Same words in another order, a typing error away, or the initials."""
    stems, others = one.key.split(" "), other.key.split(" ")
    if sorted(stems) == sorted(others):
        return True
    if len(stems) == len(others) and min(len(one.key), len(other.key)) >= 8:
        close = DamerauLevenshtein.distance(one.key, other.key, score_cutoff=1) <= 1
        return close and one.key[:1] == other.key[:1]
    known = {_ACRONYMS.get(key, key) for key in (one.key, other.key)}
    return len(known) == 1 or _initials(one, other) or _initials(other, one)


def _initials(short: _Named, long: _Named) -> bool:
    stems = long.key.split(" ")
    if len(stems) < 2 or short.key != "".join(stem[0] for stem in stems):
        return False
    return short.surface.label().isupper()


def _covered(one: _Named, other: _Named) -> bool:
    """Said by the same experiences, with a word in common or wholly inside the other."""
    shared = len(np.intersect1d(one.rows, other.rows, assume_unique=True))
    smaller = min(len(one.rows), len(other.rows))
    words = set(one.key.split(" ")) & set(other.key.split(" "))
    return shared >= (0.3 if words else _SAME) * smaller


class _Leaning:
    """How each experience speaks of what it names: the mean lean of the segments that say it."""

    def __init__(self, analyses: Analyses) -> None:
        self._analyses = analyses
        self._leans = incidence.leans(analyses)
        self._outlooks = incidence.outlooks(analyses)
        terms = analyses.segments.terms
        self._code = {value: code for code, value in enumerate(terms.values)}

    def of(self, candidate: _Named) -> tuple[int, int]:
        """How many favourable and unfavourable experiences; a name only declared, not written,
        takes the outlook of the whole experience."""
        outlook = self._outlooks[candidate.rows]
        code = self._code.get(candidate.key)
        if code is not None:
            segments = incidence.segments_with(self._analyses, code)
            owners = self._analyses.segments.experience[segments]
            size = len(self._analyses.experiences)
            total = np.bincount(owners, self._leans[segments], size)[candidate.rows]
            said = np.bincount(owners, minlength=size)[candidate.rows]
            outlook = np.where(said > 0, incidence.outlook_of(total / np.maximum(said, 1)), outlook)
        favourable = int((outlook == incidence.FAVOURABLE).sum())
        return favourable, int((outlook == incidence.UNFAVOURABLE).sum())


def _subject(analyses: Analyses, candidate: _Named, leaning: _Leaning) -> Subject:
    favourable, unfavourable = leaning.of(candidate)
    total = len(analyses.experiences)
    label = candidate.surface.label()
    variants = dict.fromkeys(v for v in candidate.variants if v and v != label)
    return Subject(
        label=capital(label),
        count=len(candidate.rows),
        share=len(candidate.rows) / total,
        interval=wilson(len(candidate.rows), total),
        evidence=tuple(analyses.experiences.ids[row] for row in candidate.rows),
        variants=tuple(variants),
        expectation=expectation_of(analyses, candidate.rows),
        favourable=favourable,
        unfavourable=unfavourable,
    )
