"""From a key back to words people wrote: the surface forms of a term, and its best label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from portevoix.corpus import terms

# What stands before a noun rather than before a verb or an adjective used as attribute.
_BEFORE_NOUNS = (
    "le la les l un une des du de d au aux mon ma mes notre nos votre vos leur leurs son sa ses "
    "ce cet cette ces quel quelle aucun aucune chaque plusieurs deux trois en à sans par"
)
DETERMINERS = frozenset(_BEFORE_NOUNS.split())


@dataclass(slots=True)
class Surface:
    """How a term was written: forms with their counts, and how often it stood as a noun."""

    forms: Counter[str] = field(default_factory=Counter)
    nouns: int = 0
    total: int = 0

    @property
    def nounness(self) -> float:
        """Share of the occurrences that follow an article, a possessive or a preposition."""
        return self.nouns / self.total if self.total else 0.0

    def written(self) -> str:
        """The most frequent form; accented and shorter ones win ties."""
        if not self.forms:
            return ""
        merged = _merge_case(self.forms)
        return min(merged, key=lambda form: (-merged[form], -_accents(form), len(form), form))

    def label(self) -> str:
        """The form most written, with a capital."""
        best = self.written()
        return best[:1].upper() + best[1:]


def surfaces(keys: Iterable[str], texts: Sequence[str]) -> dict[str, Surface]:
    """The surface of each key in the texts given; keys never met have an empty surface."""
    wanted: dict[str, Surface] = {key: Surface() for key in keys}
    for text in texts:
        _read(text, wanted)
    return wanted


def occurrences(key: str, text: str) -> list[tuple[int, int]]:
    """Where the key is written in the text, as positions in code points."""
    return [(start, end) for found, start, end, _ in _phrases(text) if found == key]


def _read(text: str, wanted: dict[str, Surface]) -> None:
    for key, start, end, before in _phrases(text):
        surface = wanted.get(key)
        if surface is not None:
            surface.forms[" ".join(text[start:end].replace("’", "'").split())] += 1
            surface.total += 1
            surface.nouns += before in DETERMINERS


# The same texts are looked at for every theme, subject and change of a note.
@lru_cache(maxsize=4096)
def _phrases(text: str) -> tuple[tuple[str, int, int, str], ...]:
    """Every key of the text with its position and the word before it, as `terms` finds them."""
    return tuple(_each_phrase(text))


def _each_phrase(text: str) -> Iterable[tuple[str, int, int, str]]:
    run: list[tuple[str, int, str]] = []
    links, before = 0, ""
    for match in terms.TOKEN.finditer(text):
        word = match.group().lower()
        role = terms.role_of(word)
        if role == terms.LINK:
            run, links = ([] if links else run), links + 1
        elif role == terms.ARTICLE:
            run = run if links else []
        elif role == terms.BREAK:
            run, links = [], 0
        else:
            links = 0
            run = [*run[1 - terms.MAX_WORDS :], (role, match.start(), before)]
            for first in range(len(run) - 1, -1, -1):
                key = " ".join(stem for stem, _, _ in run[first:])
                yield key, run[first][1], match.end(), run[first][2]
        before = word


def _merge_case(forms: Counter[str]) -> Counter[str]:
    """Forms that differ by case only, counted under their most frequent (then lower) spelling."""
    groups: dict[str, list[str]] = {}
    for form in sorted(forms):
        groups.setdefault(form.lower(), []).append(form)
    merged: Counter[str] = Counter()
    for group in groups.values():
        best = min(group, key=lambda form: (-forms[form], sum(c.isupper() for c in form), form))
        merged[best] = sum(forms[form] for form in group)
    return merged


def _accents(form: str) -> int:
    return sum(ord(c) > 127 for c in form)
