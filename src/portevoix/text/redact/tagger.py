"""The learned part of names: what each word and its neighbours say, given to a small CRF.

No rare word is a feature by itself (`Word.key` hides it): the model learns contexts, not people.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from threading import Lock
from typing import Final

import pycrfsuite

from portevoix.errors import ResourceError
from portevoix.text.redact.tokens import Token, Word

# A tagger keeps the sentence between `set` and `marginal`: two threads would read each other's.
_ONE_AT_A_TIME: Final = Lock()
_ENDS = frozenset((".", "!", "?", "\n", "…"))
_EDGE = Word("", "|", False, False, False, False, "", "|", "|")  # noqa: FBT003


def features(tokens: Sequence[Token]) -> list[list[str]]:
    """The features of each token: itself, two on either side, and how they go together."""
    words = [_EDGE, _EDGE, *(token.word for token in tokens), _EDGE, _EDGE]
    letters = [token.word.shape for token in tokens if token.word.shape in ("XX", "Xx", "xx")]
    loud = "L" if 2 * letters.count("XX") > len(letters) else "l"
    return [_around(words[i : i + 5], loud) for i in range(len(tokens))]


def _around(near: Sequence[Word], loud: str) -> list[str]:
    w2, w1, w, n1, n2 = near
    first = "S" if w1.key in _ENDS or w1.key == "|" else "s"
    code = w.code
    return [
        f"a{loud}{code}",
        f"b{w.key}",
        f"c{first}{code}",
        f"d{w1.code}/{code}",
        f"e{code}/{n1.code}",
        f"f{w1.key}/{code}",
        f"g{code}/{n1.key}",
        f"h{w1.key}",
        f"i{n1.key}",
        f"j{w2.key}/{w1.key}/{w.shape}",
        f"k{w2.code}/{w1.code}/{w.shape}",
        f"l{w2.group}/{w1.group}/{w.shape}",
        f"m{w.shape}/{n1.key}/{n2.key}",
        f"n{w2.key}",
        f"o{first}{w.shape}/{n1.shape}/{n2.shape}",
    ]


@lru_cache(maxsize=1)
def _tagger() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    model = resources.files("portevoix") / "data" / "redact" / "names.crfsuite"
    if not model.is_file():
        raise ResourceError
    with resources.as_file(model) as path:
        tagger.open(str(path))
    return tagger


def probabilities(tokens: Sequence[Token]) -> list[tuple[float, float]]:
    """For each token, the probabilities that it begins a name and that it goes on with one."""
    if not tokens:
        return []
    tagger = _tagger()
    told = features(tokens)
    with _ONE_AT_A_TIME:
        tagger.set(told)
        return [(tagger.marginal("B", i), tagger.marginal("I", i)) for i in range(len(tokens))]
