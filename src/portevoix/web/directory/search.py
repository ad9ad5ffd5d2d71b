"""Finds structures among thousands as people name them: typing errors, acronyms, towns, postcodes.

The whole directory stands in memory, one index a process, made again when the directory changes.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from portevoix.opendata.headings import fold
from portevoix.web.directory.grounds import Grounds, drawn
from portevoix.web.directory.models import Network, Structure, Typology, Version
from portevoix.web.directory.places import Places, Span, gathered, runs, spelt, text_of

_SILENT: Final = frozenset("a au aux d de des du en et l la le les pour sur un une service".split())
# How much a word says, by where it stands.
_NAME, _TOWN, _KIND, _NETWORK, _PLACE = 3.0, 2.6, 2.0, 1.8, 1.2
_PREFIX, _NEAR = 0.8, 0.7
_SAME_DEPARTEMENT, _NAMED_DEPARTEMENT, _SAME_REGION = 0.6, 0.85, 0.25
# A rarer word says no more than this; a postcode less, since big services have one of their own.
_RAREST, _POSTCODE, _AS_PLACE = 6.0, 3.0, 9.0
_CLOSE_ENOUGH: Final = 0.7
# Once a place is named, what is worth less than this share of the first is somewhere else.
_TOO_FAR: Final = 0.45
# The département of what is in none.
_ABROAD: Final = ""
_LONGEST: Final = 10
# A name that more structures bear says nothing of which.
_BORNE_BY: Final = 2

_COLUMNS: Final = (
    "pk public_name official_name town postcode country departement network_id typology_id"
).split()

Numbers = NDArray[np.int32]
Scores = NDArray[np.float32]


class Word(NamedTuple):
    """A word that is looked for; the last one may still be being typed."""

    text: str
    last: bool


@dataclass(frozen=True)
class Index:
    """Words → which structures hold them and how much they weigh there."""

    keys: Numbers
    networks: Numbers
    words: tuple[str, ...]
    postings: dict[str, tuple[Numbers, Scores]]
    rarity: dict[str, float]
    grounds: Grounds
    places: Places
    lengths: Scores
    by_start: dict[str, tuple[str, ...]] = field(repr=False)
    names: dict[str, tuple[int, ...]] = field(repr=False)

    def named_in(self, text: str) -> list[int]:
        """The structures whose whole name a text says, the longest names first.

        A name is two words at least, and no more than two structures bear it.
        """
        words = fold(text).split()
        found: list[str] = []
        for run in runs(words, _LONGEST, 2):
            name = text_of(run, words)
            if name in self.names and not any(name in longer for longer in found):
                found.append(name)
        return [key for name in found for key in self.names[name]]

    def find(self, words: str, network: int | None = None, limit: int = 10) -> list[int]:
        """Return the numbers of the structures that answer best, best first."""
        said = _first(spelt(words))
        if not said or not len(self.keys):
            return []
        score = np.zeros(len(self.keys), dtype=np.float32)
        met = np.zeros(len(self.keys), dtype=np.float32)
        wanted, placed = 0, False
        for words_of, place in self._pieces(said):
            placed = placed or place is not None
            parts = [self._word(word, place) for word in words_of if word.text not in _SILENT]
            founds = [(part > 0).astype(np.float32) for part in parts]
            if place and parts:
                self._around(place, parts, founds)
            wanted += len(parts)
            score += sum(parts)
            met += sum(founds)
        # Half the words met are worth less than half; a short name met whole is worth more.
        score *= (met / wanted) ** 1.5 / self.lengths
        if network is not None:
            score[self.networks != network] = 0
        return self._best(score, limit, _TOO_FAR if placed else 0)

    def _best(self, score: Scores, limit: int, share: float) -> list[int]:
        """The numbers of the best scores, none under this share of the first."""
        score[score < share * score.max()] = 0
        count = min(limit, int((score > 0).sum()))
        if not count:
            return []
        least = np.partition(score, -count)[-count]
        best = np.flatnonzero(score >= least).tolist()
        order = sorted(best, key=lambda row: (-float(score[row]), int(self.keys[row])))[:count]
        return [int(self.keys[row]) for row in order]

    def standing(self, keys: Sequence[int], place: str) -> list[int]:
        """Those in the département of a place, or named or addressed there, in the same order."""
        words = spelt(place)
        spans = self.places.named_in(words, self.postings)
        there = self.grounds.within(frozenset(code for span in spans for code in span.codes))
        if all(word in self.postings for word in words):
            there[reduce(np.intersect1d, [self.postings[word][0] for word in words])] = True
        return [key for key in keys if there[np.searchsorted(self.keys, key)]]

    def _word(self, word: Word, place: Span | None) -> Scores:
        part = np.zeros(len(self.keys), dtype=np.float32)
        # « Toulon » does not say more than « Toul » to who typed « toul ».
        most = self.rarity.get(word.text, _RAREST)
        limit = np.float32(_AS_PLACE if place else np.inf)
        for known, likeness in self._readings(word, near=place is None):
            rows, weights = self.postings[known]
            told = np.minimum(weights * np.float32(min(self.rarity[known], most)), limit)
            np.maximum.at(part, rows, told * np.float32(likeness))
        return part

    def _readings(self, said: Word, *, near: bool) -> Iterator[tuple[str, float]]:
        """The known words that `word` may stand for: itself, those it starts, those near it."""
        word, last = said
        exact = word in self.postings
        if exact:
            yield word, 1.0
        if len(word) >= 3 and (last or not exact):
            for known in self.by_start.get(word[:3], ()):
                if known != word and known.startswith(word):
                    yield known, _PREFIX
        if near and not exact and len(word) >= 4 and not word.isdigit():
            like = process.extract(
                word,
                self.words,
                scorer=OSA.normalized_similarity,
                score_cutoff=_CLOSE_ENOUGH,
                limit=6,
            )
            for known, likeness, _ in like:
                yield known, _NEAR * likeness

    def _pieces(self, said: list[str]) -> Iterator[tuple[list[Word], Span | None]]:
        """The words of each place that was named, as it is spelt; then the others, alone."""
        words = [Word(word, rank == len(said) - 1) for rank, word in enumerate(said)]
        rank = 0
        for span in self.places.named_in(said, self.postings):
            yield from (([word], None) for word in words[rank : span.start])
            last = span.end == len(said)
            yield [Word(word, last) for word in span.name.split()], span
            rank = span.end
        yield from (([word], None) for word in words[rank:])

    def _around(self, place: Span, parts: list[Scores], founds: list[Scores]) -> None:
        """A place says where, not what: « caf villeurbanne » is the Caf of the Rhône.

        What stands in its département has most of its words; what stands elsewhere has them all,
        or none of them: « Hautes-Alpes » is not in « Hautes-Duyes ».
        """
        within = self.grounds.within(place.codes)
        around = self.grounds.around(place.codes) & ~within
        partly = ~(within | np.logical_and.reduce([part > 0 for part in parts]))
        share = np.float32(_NAMED_DEPARTEMENT if place.whole else _SAME_DEPARTEMENT)
        for part, found in zip(parts, founds, strict=True):
            part[partly] = found[partly] = 0
            if place.whole:
                part[~within] *= share
                found[~within] *= share
            for rows, worth in ((within, share), (around, np.float32(_SAME_REGION))):
                part[rows] = np.maximum(part[rows], worth * np.float32(_AS_PLACE))
                found[rows] = np.maximum(found[rows], worth)


def _first(said: list[str]) -> list[str]:
    """No more than `_LONGEST` words that say something."""
    telling = [rank for rank, word in enumerate(said) if word not in _SILENT][:_LONGEST]
    return said[: telling[-1] + 1] if telling else []


def build() -> Index:
    """Read the directory and index its open structures."""
    rows = list(
        Structure.objects.filter(active=True).order_by("pk").values_list(*_COLUMNS, named=True)
    )
    common = {
        f"n{n.pk}": _words(f"{n.name} {n.acronym} {n.also_known_as}") for n in Network.objects.all()
    } | {f"t{t.pk}": _words(t.name) for t in Typology.objects.all()}
    draft = _Draft(len(rows))
    for row, structure in enumerate(rows):
        names = _words(f"{structure.public_name} {structure.official_name}")
        draft.add(row, names, _NAME)
        draft.named(row, structure.public_name, structure.official_name)
        draft.add(row, _words(f"{structure.town} {structure.postcode}"), _TOWN)
        draft.add(row, common.get(f"t{structure.typology_id}", frozenset()), _KIND)
        draft.add(row, common[f"n{structure.network_id}"], _NETWORK)
        if structure.country != "France":
            draft.add(row, _words(structure.country), _PLACE)
        draft.lengths[row] = np.log2(6 + len(names))
        if structure.departement:
            draft.departements[structure.departement].append(row)
            draft.place(structure.town, structure.departement)
        elif structure.country != "France":
            draft.place(structure.town, _ABROAD)
            draft.place(structure.country, _ABROAD)
    keys = np.array([structure.pk for structure in rows], dtype=np.int32)
    return draft.packed(keys, np.array([s.network_id for s in rows], dtype=np.int32))


def _words(text: str) -> frozenset[str]:
    return frozenset(spelt(text)) - _SILENT


class _Draft:
    """What is gathered while the directory is read."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.postings: dict[str, dict[int, float]] = defaultdict(dict)
        self.departements: dict[str, list[int]] = defaultdict(list)
        self.towns: dict[str, set[str]] = defaultdict(set)
        self.lengths = np.ones(size, dtype=np.float32)
        self.names: dict[str, list[int]] = defaultdict(list)

    def place(self, name: str, departement: str) -> None:
        self.towns[" ".join(spelt(name))].add(departement)

    def named(self, row: int, *names: str) -> None:
        for name in {fold(name) for name in names}:
            if len(_words(name)) > 1:
                self.names[name].append(row)

    def add(self, row: int, words: Iterable[str], weight: float) -> None:
        """The first weight given to a word of a structure stands: the heaviest come first."""
        for word in words:
            self.postings[word].setdefault(row, weight)

    def packed(self, keys: Numbers, networks: Numbers) -> Index:
        by_start: dict[str, list[str]] = defaultdict(list)
        for word in self.postings:
            by_start[word[:3]].append(word)
        return Index(
            keys=keys,
            networks=networks,
            words=tuple(w for w in self.postings if len(w) >= 3 and not w.isdigit()),
            postings={
                word: (
                    np.fromiter(found, dtype=np.int32, count=len(found)),
                    np.fromiter(found.values(), dtype=np.float32, count=len(found)),
                )
                for word, found in self.postings.items()
            },
            rarity={word: self._rarity(word) for word in self.postings},
            grounds=drawn(self.size, self.departements),
            places=gathered(self.towns),
            lengths=self.lengths,
            by_start={start: tuple(words) for start, words in by_start.items()},
            names={
                name: tuple(int(keys[row]) for row in rows)
                for name, rows in self.names.items()
                if len(rows) <= _BORNE_BY
            },
        )

    def _rarity(self, word: str) -> float:
        if word.isdigit():
            return _POSTCODE
        return min(_RAREST, float(np.log(1 + self.size / len(self.postings[word]))))


_lock = threading.Lock()
_current: list[tuple[tuple[int, float], Index]] = []


def current() -> Index:
    """The index of the directory as it is now: one small query, and a new index when it changed."""
    version = Version.objects.values_list("number", "changed_at").first()
    stamp = (version[0], version[1].timestamp()) if version else (0, 0.0)
    with _lock:
        if not _current or _current[0][0] != stamp:
            _current[:] = [(stamp, build())]
        return _current[0][1]
