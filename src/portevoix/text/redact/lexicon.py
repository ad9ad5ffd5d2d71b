"""What is known of each word: name, place, how usual, parts of speech. Read once, kept packed.

The list holds half a million words. It stays as one string of bytes, with a table of contents of
ten thousand words: it loads in some tens of milliseconds, takes ten times less memory than a
dictionary, and a word is found in two steps.
"""

from __future__ import annotations

import gzip
import unicodedata
from bisect import bisect
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from portevoix.errors import ResourceError

# Letters that no decomposition makes plain.
_PLAIN: Final = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "’": "'"}
)
# The accents of French, at once; the others are decomposed.
_FRENCH: Final = _PLAIN | str.maketrans("àâäáãéèêëîïíìôöóòõùûüúçñÿ", "aaaaaeeeeiiiiooooouuuucny")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents; a hyphen stays."""
    low = word.lower()
    if low.isascii():
        return low
    plain = low.translate(_FRENCH)
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class Entry(NamedTuple):
    """What the list knows of a folded word.

    `first` tells from 0 to 3 how sure a first name it is; `usual` from 0 to 3 how often people
    write it in lower case; `famous` that dictionaries know someone by this family name; `parts`
    its parts of speech (n noun, a adjective, v verb in the third person, w in another, i
    infinitive, p participle, b adverb, d determiner, r preposition, c conjunction, o pronoun, j
    interjection, m number).
    """

    first: int
    family: bool
    place: bool
    usual: int
    parts: str
    famous: bool = False

    @property
    def ordinary(self) -> bool:
        """Whether the word is one of the language, whatever else it may be."""
        return self.usual > 0 or self.parts != ""


UNKNOWN: Final = Entry(0, family=False, place=False, usual=0, parts="")


@lru_cache(maxsize=1)
def _packed() -> bytes:
    try:
        path = resources.files("portevoix") / "data" / "redact" / "lexicon.txt.gz"
        return b"\n" + gzip.decompress(path.read_bytes()) + b"\n"
    except FileNotFoundError as missing:
        raise ResourceError from missing


# How many bytes of the list lie between two words of its table of contents.
_STEP: Final = 1024


@lru_cache(maxsize=1)
def _contents() -> tuple[list[bytes], list[int]]:
    """The words that open each stretch of the list, and where they stand."""
    packed = _packed()
    words: list[bytes] = []
    places: list[int] = []
    for near in range(0, len(packed) - 1, _STEP):
        start = packed.find(b"\n", near)
        stop = packed.find(b"\t", start)
        if stop > 0 and (not places or start > places[-1]):
            words.append(packed[start + 1 : stop])
            places.append(start)
    return words, [*places, len(packed)]


def look_up(folded: str) -> Entry:
    """The entry of a folded word. Raises `ResourceError` when the list is missing."""
    packed, (words, places) = _packed(), _contents()
    sought = folded.encode()
    stretch = bisect(words, sought) - 1
    if stretch < 0:
        return UNKNOWN
    stop = places[stretch + 1] + 1
    line = packed.find(b"\n%b\t" % sought, places[stretch], stop)
    if line < 0:
        return UNKNOWN
    start = line + len(sought) + 2
    return _entry(packed[start : packed.find(b"\n", start)])


@lru_cache(maxsize=8192)
def _entry(known: bytes) -> Entry:
    """What is written after a word; a few thousand words in a row say the same."""
    told = known.decode()
    first, family, place, usual = map(int, told[:4])
    return Entry(first, family > 0, place == 1, usual, told[4:], place == 2)


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """Every word of the list; for training alone."""
    lines = (line.split(b"\t") for line in _packed().strip(b"\n").split(b"\n"))
    return {word.decode(): _entry(known) for word, known in lines}
