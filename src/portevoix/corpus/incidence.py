"""Who says what: analyses turned into sparse tables of experiences by labels."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from portevoix.corpus.analyses import Analyses, Labels
from portevoix.corpus.terms import ALIASES, role_of

Rows = NDArray[np.int64]
Table = sparse.csr_array

UNFAVOURABLE, NEUTRAL, FAVOURABLE = 0, 1, 2
# A mean lean (P minus N, −1 to 1) beyond this is an opinion.
LEAN: Final = 0.15
# A word alone must stand as a noun at least this often in administrative French.
LONE_NOUN: Final = 0.4
MAX_TERMS: Final = 3000


@cache
def background() -> dict[str, tuple[float, float]]:
    """Stem → (share of administrative documents that hold it, share of uses as a noun)."""
    source = files("portevoix.data").joinpath("terms/background.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in source.splitlines())
    return {stem: (int(share) / 10_000, int(noun) / 100) for stem, share, noun in rows}


@cache
def everyday() -> frozenset[str]:
    """Stems of the words that name nothing by themselves."""
    source = files("portevoix.data").joinpath("terms/everyday.txt").read_text("utf-8")
    lines = [line for line in source.splitlines() if not line.startswith("#")]
    return frozenset(role_of(word) for line in lines for word in line.split())


def table_of(labels: Labels) -> Table:
    """bool-like float32 csr (rows, values)."""
    data = np.ones(len(labels.codes), np.float32)
    shape = (len(labels), len(labels.values))
    return sparse.csr_array((data, labels.codes, labels.offsets), shape=shape)


def leans(analyses: Analyses) -> NDArray[np.float32]:
    """How favourable each segment is, from −1 to 1."""
    polarity = analyses.segments.polarity
    lean: NDArray[np.float32] = polarity[:, 0] - polarity[:, 1]
    return lean


def outlooks(analyses: Analyses) -> NDArray[np.int8]:
    """Per experience UNFAVOURABLE, NEUTRAL or FAVOURABLE: as declared, else as computed."""
    declared = analyses.experiences.feelings
    size = len(declared)
    rows = analyses.segments.experience
    total = np.bincount(rows, leans(analyses), size)
    mean = total / np.maximum(np.bincount(rows, minlength=size), 1)
    return np.where(declared < 0, outlook_of(mean), declared).astype(np.int8)


def outlook_of(mean: NDArray[np.float64]) -> NDArray[np.int8]:
    """The outlook of each mean lean."""
    positive = np.where(mean > LEAN, FAVOURABLE, NEUTRAL)
    return np.where(mean < -LEAN, UNFAVOURABLE, positive).astype(np.int8)


# A note looks at one corpus and perhaps the previous period, with one or two thresholds.
@lru_cache(maxsize=4)
def kept_terms(analyses: Analyses, minimum: int, limit: int = MAX_TERMS) -> Rows:
    """Codes of the terms worth a look: said in `minimum` segments, the best `limit` of them."""
    terms = analyses.segments.terms
    counts = np.bincount(terms.codes, minlength=len(terms.values))
    codes = np.flatnonzero(counts >= minimum)
    if len(codes) > 20 * limit:
        cut = np.argpartition(-counts[codes], 20 * limit)[: 20 * limit]
        codes = np.sort(codes[cut])
    scores = np.array([weight(terms.values[c]) for c in codes]) * counts[codes]
    codes, scores = codes[scores > 0], scores[scores > 0]
    order = np.lexsort((codes, -scores))[:limit]
    return np.sort(codes[order])


@lru_cache(maxsize=200_000)
def weight(key: str) -> float:
    """How telling a key is by itself, 0 for one that can name nothing."""
    known = background()
    stems = key.split(" ")
    facts = [known.get(stem, (0.0002, 0.6)) for stem in stems]
    if len(set(stems)) < len(stems) or facts[0][1] < 0.35:
        return 0.0
    rarest = min(share for share, _ in facts)
    if len(stems) == 1 and (key in everyday() or facts[0][1] < LONE_NOUN or len(key) < 3):
        return 0.0
    if all(stem in everyday() for stem in stems) and rarest > 0.03:
        return 0.0
    return float(-np.log10(rarest + 0.0002) * np.log2(len(stems) + 1))


@lru_cache(maxsize=4)
def experience_terms(analyses: Analyses, minimum: int) -> Table:
    """csr (experiences, kept terms): 1 where the experience says the term at least once."""
    codes = kept_terms(analyses, minimum)
    segments = analyses.segments
    terms = segments.terms
    column = np.full(len(terms.values), -1, np.int64)
    column[codes] = np.arange(len(codes))
    row_of = np.repeat(segments.experience, np.diff(terms.offsets))
    found = column[terms.codes]
    mask = found >= 0
    shape = (len(analyses.experiences), len(codes))
    data = np.ones(int(mask.sum()), np.float32)
    table = sparse.csr_array((data, (row_of[mask], found[mask])), shape=shape)
    table.sum_duplicates()
    table.data[:] = 1.0
    return table


@lru_cache(maxsize=4)
def segment_terms(analyses: Analyses, minimum: int) -> Table:
    """csr (segments, kept terms): 1 where the segment says the term."""
    codes = kept_terms(analyses, minimum)
    terms = analyses.segments.terms
    column = np.full(len(terms.values), -1, np.int64)
    column[codes] = np.arange(len(codes))
    found = column[terms.codes]
    mask = found >= 0
    offsets = np.concatenate([[0], np.cumsum(mask)])[terms.offsets]
    data = np.ones(int(mask.sum()), np.float32)
    return sparse.csr_array((data, found[mask], offsets), shape=(len(terms), len(codes)))


def segments_with(analyses: Analyses, code: int) -> Rows:
    """Rows of the segments that say the term."""
    terms = analyses.segments.terms
    hits = np.flatnonzero(terms.codes == code)
    return np.searchsorted(terms.offsets, hits, side="right") - 1


def segment_text(analyses: Analyses, row: int) -> str:
    """What the segment says, as it stands in the redacted text."""
    start, end = analyses.segments.spans[row]
    text: str = analyses.experiences.texts[analyses.segments.experience[row]]
    return text[start:end]


# The same quotes and names are compared for every statement of a note.
@lru_cache(maxsize=16_384)
def stems_of(text: str) -> frozenset[str]:
    """The content stems of a name, for comparison with keys."""
    words = text.lower().replace("'", " ").replace("’", " ").split()
    stems = (role_of(word.strip("().,–")) for word in words if word.strip("().,–"))
    return frozenset(ALIASES.get(stem, stem) for stem in stems if len(stem) > 1)
