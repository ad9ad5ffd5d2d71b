"""Finds structures among thousands as people name them: typing errors, acronyms, towns, postcodes.

The whole directory stands in memory, one index a process, made again when the directory changes.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from portevoix.opendata.headings import fold
from portevoix.web.directory.models import Network, Structure, Typology, Version

_SILENT: Final = frozenset("a au aux d de des du en et l la le les pour sur un une service".split())
# How much a word says, by where it stands.
_NAME, _TOWN, _KIND, _NETWORK, _PLACE = 3.0, 2.6, 2.0, 1.8, 1.2
_PREFIX, _NEAR, _SAME_DEPARTEMENT = 0.8, 0.7, 0.6
# A rarer word says no more than this; a postcode less, since big services have one of their own.
_RAREST, _POSTCODE, _AS_PLACE = 6.0, 3.0, 9.0
_CLOSE_ENOUGH: Final = 0.7
_LONGEST: Final = 10
# A name that more structures bear says nothing of which.
_BORNE_BY: Final = 2

_COLUMNS: Final = (
    "pk public_name official_name town postcode country departement network_id typology_id"
).split()

Numbers = NDArray[np.int32]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Index:
    """Words → which structures hold them and how much they weigh there."""

    keys: Numbers
    networks: Numbers
    words: tuple[str, ...]
    postings: dict[str, tuple[Numbers, Scores]]
    rarity: dict[str, float]
    departements: dict[str, Numbers]
    towns: dict[str, frozenset[str]]
    lengths: Scores
    by_start: dict[str, tuple[str, ...]] = field(repr=False)
    names: dict[str, tuple[int, ...]] = field(repr=False)

    def named_in(self, text: str) -> list[int]:
        """The structures whose whole name a text says, the longest names first.

        A name is two words at least, and no more than two structures bear it.
        """
        words = fold(text).split()
        found: dict[str, int] = {}
        for length in range(min(_LONGEST, len(words)), 1, -1):
            for start in range(len(words) - length + 1):
                name = " ".join(words[start : start + length])
                if name in self.names and not any(name in longer for longer in found):
                    found[name] = start
        return [key for name in found for key in self.names[name]]

    def find(self, words: str, network: int | None = None, limit: int = 10) -> list[int]:
        """Return the numbers of the structures that answer best, best first."""
        wanted = [word for word in fold(words).split() if word not in _SILENT][:_LONGEST]
        if not wanted or not len(self.keys):
            return []
        score = np.zeros(len(self.keys), dtype=np.float32)
        met = np.zeros(len(self.keys), dtype=np.float32)
        places = self._places(wanted)
        for rank, word in enumerate(wanted):
            part = self._word(word, last=rank == len(wanted) - 1)
            found = (part > 0).astype(np.float32)
            if rank in places:
                # A place says where, not what: « caf villeurbanne » is the Caf of the Rhône.
                part, found = self._around(places[rank], np.minimum(part, _AS_PLACE), found)
            score += part
            met += found
        # Half the words met are worth less than half; a short name met whole is worth more.
        score *= (met / len(wanted)) ** 1.5 / self.lengths
        if network is not None:
            score[self.networks != network] = 0
        count = min(limit, int((score > 0).sum()))
        if not count:
            return []
        best = np.argpartition(-score, count - 1)[:count]
        order = sorted(best.tolist(), key=lambda row: (-float(score[row]), int(self.keys[row])))
        return [int(self.keys[row]) for row in order]

    def _word(self, word: str, *, last: bool) -> Scores:
        part = np.zeros(len(self.keys), dtype=np.float32)
        for known, likeness in self._readings(word, last=last):
            rows, weights = self.postings[known]
            np.maximum.at(part, rows, weights * np.float32(likeness * self.rarity[known]))
        return part

    def _readings(self, word: str, *, last: bool) -> Iterator[tuple[str, float]]:
        """The known words that `word` may stand for: itself, those it starts, those near it."""
        exact = word in self.postings
        if exact:
            yield word, 1.0
        if len(word) >= 3 and (last or not exact):
            for known in self.by_start.get(word[:3], ()):
                if known != word and known.startswith(word):
                    yield known, _PREFIX
        if not exact and len(word) >= 4 and not word.isdigit():
            near = process.extract(
                word,
                self.words,
                scorer=OSA.normalized_similarity,
                score_cutoff=_CLOSE_ENOUGH,
                limit=6,
            )
            for known, likeness, _ in near:
                yield known, _NEAR * likeness

    def _places(self, wanted: list[str]) -> dict[int, set[str]]:
        """The ranks of the words that name a town or a postcode, with its départements."""
        found: dict[int, set[str]] = defaultdict(set)
        for start, word in enumerate(wanted):
            for length in (1, 2, 3):
                for code in self.towns.get(" ".join(wanted[start : start + length]), ()):
                    for rank in range(start, min(start + length, len(wanted))):
                        found[rank].add(code)
            if word.isdigit() and len(word) == 5:
                found[start].add(_departement_of(word))
        return found

    def _around(self, codes: Iterable[str], part: Scores, met: Scores) -> tuple[Scores, Scores]:
        """What stands in the département of a place that was named has most of that word."""
        for code in codes:
            rows = self.departements.get(code)
            if rows is not None:
                part[rows] = np.maximum(part[rows], _SAME_DEPARTEMENT * _AS_PLACE)
                met[rows] = np.maximum(met[rows], _SAME_DEPARTEMENT)
        return part, met


def _departement_of(postcode: str) -> str:
    return postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]


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
            draft.towns[fold(structure.town)].add(structure.departement)
    keys = np.array([structure.pk for structure in rows], dtype=np.int32)
    return draft.packed(keys, np.array([s.network_id for s in rows], dtype=np.int32))


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split()) - _SILENT


class _Draft:
    """What is gathered while the directory is read."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.postings: dict[str, dict[int, float]] = defaultdict(dict)
        self.departements: dict[str, list[int]] = defaultdict(list)
        self.towns: dict[str, set[str]] = defaultdict(set)
        self.lengths = np.ones(size, dtype=np.float32)
        self.names: dict[str, list[int]] = defaultdict(list)

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
            departements={c: np.array(rows, np.int32) for c, rows in self.departements.items()},
            # A name borne in many départements (« Saint-Denis ») says nothing of the place.
            towns={t: frozenset(codes) for t, codes in self.towns.items() if t and len(codes) <= 3},
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
