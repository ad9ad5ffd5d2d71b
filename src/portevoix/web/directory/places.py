"""Which place someone names among their words: a commune, a département, a postcode.

A service is rarely in the commune of those it serves: « caf montcuit » is the Caf of la Manche. So
every commune of France is known here, not only the towns where a service stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portevoix.opendata.headings import fold
from portevoix.opendata.territories import (
    communes,
    departement_of,
    departement_rows,
    ordinary_words,
)

_BORNE_IN: Final = 3
# A word of that many services (« bus », « bourse ») is not the village of that name.
_ORDINARY: Final = 15
_WORDS: Final = 6
# One error in a word of five letters, two from nine.
_LETTERS, _LONG = 5, 9
_SPELT: Final = {"st": "saint", "ste": "sainte"}
_DIVIDED: Final = frozenset({"paris", "lyon", "marseille"})

Codes = frozenset[str]
Postings = Mapping[str, tuple[Sized, object]]


@dataclass(frozen=True, slots=True)
class Span:
    """The words `start` to `end` (excluded) name a place, in these départements."""

    start: int
    end: int
    codes: Codes
    name: str
    """As the place is spelt."""
    whole: bool = False
    """Whether a whole département is named: all that stands there is in it."""

    @property
    def ranks(self) -> range:
        return range(self.start, self.end)


def spelt(text: str) -> list[str]:
    """Words without accents or capitals; « St » is Saint, « Paris 13 » has a thirteenth part."""
    words = [_SPELT.get(word, word) for word in fold(text).split()]
    for rank, (before, word) in enumerate(pairwise(words), start=1):
        if before in _DIVIDED and word.isdecimal() and len(word) <= 2:
            words[rank] = "1er" if int(word) == 1 else f"{int(word)}e"
    return words


def runs(words: Sequence[str], longest: int, shortest: int = 1) -> Iterator[range]:
    """The ranks of every run of words of these lengths, the longest first."""
    for length in range(min(longest, len(words)), shortest - 1, -1):
        for start in range(len(words) - length + 1):
            yield range(start, start + length)


def text_of(piece: range, words: Sequence[str]) -> str:
    """These words in one piece."""
    return " ".join(words[piece.start : piece.stop])


@dataclass(frozen=True)
class Places:
    """Names, as `spelt` gives them in one piece → the codes of their départements."""

    towns: Mapping[str, Codes]
    """Where a service stands."""
    communes: Mapping[str, Codes]
    """Where none does."""
    departements: Mapping[str, Codes]
    """By name and by code."""
    by_length: Mapping[int, Sequence[str]]
    """The names of towns and communes, by their number of letters."""

    def named_in(self, words: Sequence[str], postings: Postings) -> list[Span]:
        """The places that `words` name, in order; `postings`: the words of services.

        The surest reading that finds one stands: « nantes nord » is in Nantes, not in le Nord.
        """
        postcodes = list(_postcodes(words))
        pieces = list(runs(words, _WORDS))
        sure = list(_apart(self._sure(pieces, words)))
        # Several words that name a place, or too many, say nothing else.
        said = {rank for span in sure if span.end - span.start > 1 for rank in span.ranks}
        unknown = {
            rank for rank, word in enumerate(words) if rank not in said and _unknown(word, postings)
        }
        several = [piece for piece in pieces if len(piece) > 1]
        alone = [piece for piece in pieces if len(piece) == 1]
        for reading, taken in (
            (self._misspelt(several, words, unknown, postings), ()),
            (sure, ()),
            (self._departement(words), said),
            (self._village(words, postings), said),
            (self._misspelt(alone, words, unknown, postings), said),
        ):
            if spans := [span for span in _apart(reading, taken) if span.codes]:
                return sorted([*postcodes, *spans], key=lambda span: span.start)
        return postcodes

    def _sure(self, pieces: Iterable[range], words: Sequence[str]) -> Iterator[Span]:
        """Towns, and whatever is named in several words, the longest first.

        A name of too many places is one too, in no département.
        """
        for piece in pieces:
            name = text_of(piece, words)
            wide = self.departements.get(name, frozenset())
            codes = self.towns.get(name)
            if codes is None and len(piece) > 1:
                codes = self.communes.get(name, wide or None)
            # « Vienne » is a town and a département.
            if codes is not None:
                yield Span(piece.start, piece.stop, codes | wide, name, whole=bool(wide))

    def _departement(self, words: Sequence[str]) -> Iterator[Span]:
        """« Nord » or « 59 », beside what is looked for there."""
        if len(words) > 1:
            for rank, word in enumerate(words):
                if word in self.departements:
                    yield Span(rank, rank + 1, self.departements[word], word, whole=True)

    def _village(self, words: Sequence[str], postings: Postings) -> Iterator[Span]:
        for rank, word in enumerate(words):
            ordinary = word in postings and len(postings[word][0]) >= _ORDINARY
            if word in self.communes and not ordinary:
                yield Span(rank, rank + 1, self.communes[word], word)

    def _misspelt(
        self,
        pieces: Iterable[range],
        words: Sequence[str],
        unknown: Collection[int],
        postings: Postings,
    ) -> Iterator[Span]:
        """Words near the name of a place, one of which nothing knows."""
        for piece in pieces:
            if any(rank in unknown for rank in piece):
                yield from self._near(piece, text_of(piece, words), postings)

    def _near(self, piece: range, said: str, postings: Postings) -> Iterator[Span]:
        lengths = range(len(said) - 2, len(said) + 3)
        likeness, names = _nearest(said, [n for k in lengths for n in self.by_length.get(k, ())])
        if not names:
            return
        # Nearer to the name of a service, it is that one misspelt.
        rival, known = _nearest(said, [word for word in postings if len(word) in lengths])
        service = known and not any(word in self.towns for word in known)
        if rival > likeness or (service and rival == likeness):
            return
        found = [self.towns[n] if n in self.towns else self.communes[n] for n in names]
        codes = frozenset[str]().union(*found)
        if all(found) and len(codes) <= _BORNE_IN:
            yield Span(piece.start, piece.stop, codes, names[0])


def gathered(towns: Mapping[str, Collection[str]]) -> Places:
    """Every place of France, and `towns`: those where a service stands, with its départements."""
    standing = _few(towns)
    villages = _few({name: codes for name, codes in communes().items() if name not in towns})
    departements = {}
    for row in departement_rows():
        departements[" ".join(spelt(row["name"]))] = frozenset({row["code"]})
        departements[fold(row["code"])] = frozenset({row["code"]})
    by_length: dict[int, list[str]] = defaultdict(list)
    for name in [*standing, *villages]:
        by_length[len(name)].append(name)
    return Places(standing, villages, departements, by_length)


def _few(names: Mapping[str, Collection[str]]) -> dict[str, Codes]:
    """A name borne in many départements (« Saint-Denis ») says nothing of the place."""
    return {
        name: frozenset(codes if len(codes) <= _BORNE_IN else ())
        for name, codes in names.items()
        if name
    }


def _apart(spans: Iterable[Span], said: Iterable[int] = ()) -> Iterator[Span]:
    """Each word names one place, that of the first span to hold it; `said` already name one."""
    taken = set(said)
    for span in spans:
        if taken.isdisjoint(span.ranks):
            taken.update(span.ranks)
            yield span


def _postcodes(words: Sequence[str]) -> Iterator[Span]:
    for rank, word in enumerate(words):
        if word.isdecimal() and len(word) == 5:
            yield Span(rank, rank + 1, frozenset({departement_of(word)}), word)


def _unknown(word: str, postings: Postings) -> bool:
    """Whether nothing knows this word, which may be a place misspelt: « reste » is not Creste."""
    if len(word) < _LETTERS or not word.isalpha():
        return False
    return word not in postings and word not in ordinary_words()


def _nearest(name: str, among: Sequence[str]) -> tuple[float, list[str]]:
    """The nearest names, one or two errors away, and how alike they are."""
    errors = 2 if len(name) >= _LONG else 1
    found = process.extract(
        name,
        among,
        scorer=OSA.normalized_similarity,
        score_cutoff=1 - (errors + 0.01) / len(name),
        limit=_BORNE_IN + 1,
    )
    best = max((likeness for _, likeness, _ in found), default=0.0)
    return best, [known for known, likeness, _ in found if likeness == best]
