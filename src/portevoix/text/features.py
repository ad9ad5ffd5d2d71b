"""Words of a segment as numbers: a model additive over words, so that each word is read once.

A segment's scores are the sum of the vectors of its words (themselves sums over the word and its
character n-grams) and of its pairs of neighbouring words, divided by one norm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import Stemmer

# Any letters or digits: a class of its own for French letters is a third slower.
_TOKEN: Final = re.compile(r"[^\W_]+|[!?]+|\.\.\.|\x1e")
# Stands between segments read in one go; in a text it is nothing but a blank.
MARK: Final = "\x1e"
_DIGITS: Final = re.compile(r"\d+")
_FOLD: Final = str.maketrans("àâäéèêëîïôöùûüç’", "aaaeeeeiioouuuc'")
_NGRAMS: Final = (3, 4, 5)
_STEMMER: Final = Stemmer.Stemmer("french")


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case, numbers as `0`, loud marks as one."""
    return [plain(token) for token in raw_tokens([text])]


def raw_tokens(segments: Sequence[str]) -> list[str]:
    """Return the words of segments in lower case, as they are written, a `MARK` between two."""
    text = MARK.join(segments)
    if text.count(MARK) >= len(segments) > 0:
        text = MARK.join(segment.replace(MARK, " ") for segment in segments)
    found: list[str] = _TOKEN.findall(text.lower().replace("œ", "oe").replace("…", "..."))
    return found


def plain(token: str) -> str:
    """Return a token as the model knows it: numbers as `0`, loud marks as one."""
    if token.isalpha():
        return token
    if token[0] in "!?":
        return token[0] if len(token) == 1 else token[0] * 2
    return _DIGITS.sub("0", token)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a word, without accents."""
    return str(_STEMMER.stemWord(word)).translate(_FOLD)


def word_features(word: str) -> Iterator[str]:
    """Yield the features of one word: itself, its stem, its character n-grams."""
    yield f"w:{word}"
    yield f"s:{stem(word)}"
    padded = f" {word.translate(_FOLD)} "
    for size in _NGRAMS:
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def pair_feature(left: str, right: str) -> str:
    """Return the feature of two neighbouring words."""
    return f"{stem(left)}_{stem(right)}"
