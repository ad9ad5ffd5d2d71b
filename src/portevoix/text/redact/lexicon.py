"""The word lists of the engine, read once: first names, family names, places, ordinary words."""

from __future__ import annotations

import gzip
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from portevoix.errors import ResourceError


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents; a hyphen stays."""
    decomposed = unicodedata.normalize("NFD", word.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded forms. `places` join their words by hyphens, as in « saint-etienne »."""

    first_names: frozenset[str]
    family_names: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]


def _read(name: str) -> frozenset[str]:
    try:
        packed = (resources.files("portevoix") / "data" / "redact" / name).read_bytes()
    except FileNotFoundError as missing:
        raise ResourceError from missing
    return frozenset(gzip.decompress(packed).decode().split("\n"))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists shipped with the package. Raises `ResourceError` when one is missing."""
    return Lexicon(
        _read("first_names.txt.gz"),
        _read("family_names.txt.gz"),
        _read("places.txt.gz"),
        _read("words.txt.gz"),
    )
