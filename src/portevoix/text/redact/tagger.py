"""The learned part of names: what each word and its neighbours say, weighed.

Two readings. The first weighs a word by itself and its neighbours; the second adds what the first
found around and elsewhere in the text. Both are sums of weights, one a feature: nothing else is
kept of the texts they were learned on. No rare word is a feature by itself (`Word.key` hides it):
the weights know contexts, not people.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import repeat
from math import exp
from typing import Final

from portevoix.errors import ResourceError
from portevoix.text.redact.lexicon import UNKNOWN
from portevoix.text.redact.tokens import Word

ENDS: Final = frozenset((".", "!", "?", "\n", "…", "|"))
EDGE: Final = Word("", "|", UNKNOWN, "", "", *("|",) * 4, "", 0, *(False,) * 3)
REACH: Final = 4
# Below this probability at the first reading, a word is not read again.
UNLIKELY: Final = 0.02
_CONJUNCTIONS: Final = frozenset((",", "et", "ou", "/", "&", "-"))


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each feature of the first and of the second reading."""

    first: Mapping[str, float]
    second: Mapping[str, float]


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights of the package. Raises `ResourceError` when they are missing."""
    path = resources.files("portevoix") / "data" / "redact" / "names.json.gz"
    try:
        stored = json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError as missing:
        raise ResourceError from missing
    first, second = (
        {feature: hundredths / 100 for feature, hundredths in stored[reading].items()}
        for reading in ("first", "second")
    )
    return Weights(first, second)


def padded(words: Sequence[Word]) -> list[Word]:
    """The words with edges on both sides, so that every word has neighbours."""
    edges = [EDGE] * REACH
    return [*edges, *words, *edges]


def letter_case(words: Sequence[Word]) -> str:
    """How a text is written: L all in capitals, l without any, m mixed."""
    shapes = [word.shape for word in words]
    loud = shapes.count("XX")
    title = shapes.count("Xx") + shapes.count("Xx-Xx")
    low = shapes.count("xx")
    if loud > low + title:
        return "L"
    return "l" if low > 12 * (title + loud) else "m"


def features(words: Sequence[Word], at: int, case: str) -> list[str]:
    """What the first reading weighs of the word at `at` of padded `words`."""
    w, p1, p2, p3, p4 = words[at], words[at - 1], words[at - 2], words[at - 3], words[at - 4]
    n1, n2 = words[at + 1], words[at + 2]
    shape, coarse, code = w.shape, w.coarse, w.code
    start = "^" if p1.key in ENDS else "s"
    told = [
        "1",
        f"a{case}{start}{code}",
        f"A{case}{start}{shape}",
        f"z{case}{start}{coarse}",
        f"Z{start}{coarse}{w.entry.family:d}{w.entry.place:d}",
        f"c{p1.key}|{coarse}",
        f"d{p1.key}|{shape}",
        f"e{n1.key}|{shape}{start}",
        f"f{n1.key}|{coarse}",
        f"g{p2.key} {p1.key}|{shape}",
        f"h{n1.key} {n2.key}|{shape}{start}",
        f"i{p1.coarse}|{coarse}",
        f"j{coarse}|{n1.coarse}",
        f"k{p1.parts}|{n1.parts}|{coarse}",
        f"l{p2.parts} {p1.parts}|{coarse}",
        f"m{n1.parts} {n2.parts}|{coarse}{start}",
        f"n{p1.key}|{n1.key}",
        f"o{p3.group}/{p2.group}/{p1.group}|{coarse}",
        f"q{p1.shape}{n1.shape}|{coarse}",
        f"s{p2.key}|{shape}",
        f"v{n2.key}|{shape}",
        f"w{p3.key} {p2.key} {p1.key}",
        f"x{p1.group}{coarse}|{n1.parts}",
    ]
    if "T" in (p1.group, p2.group, p3.group, p4.group):
        told.append(f"r{shape}{start}{p1.shape}")
    if w.tail:
        told += (f"t{w.tail}", f"u{w.tail[-2:]}|{shape}", f"y{w.folded[:2]}|{shape}")
    else:
        told.append(f"b{w.key}|{shape}")
    return told


def chance(score: float) -> float:
    """The probability that a sum of weights stands for, kept from both ends."""
    return 1 / (1 + exp(-max(-20.0, min(20.0, score))))


def first_reading(
    words: Sequence[Word], places: Sequence[int], case: str, weights: Weights
) -> dict[int, float]:
    """The probability that each word at `places` of padded `words` is part of a name."""
    weigh = weights.first.get
    return {at: chance(sum(map(weigh, features(words, at, case), repeat(0.0)))) for at in places}


def second_reading(
    words: Sequence[Word], found: Mapping[int, float], case: str, weights: Weights
) -> dict[int, float]:
    """The same probabilities, once what stands around and elsewhere in the text is known."""
    weigh = weights.second.get
    best = strongest(words, found)
    return {
        at: chance(sum(map(weigh, evidence(words, found, best, at, case), repeat(0.0))))
        if first > UNLIKELY
        else first
        for at, first in found.items()
    }


def strongest(words: Sequence[Word], found: Mapping[int, float]) -> dict[str, list[float]]:
    """For each word, its probabilities in the text, the greatest first."""
    best: dict[str, list[float]] = {}
    for at, probability in found.items():
        best.setdefault(words[at].folded, []).append(probability)
    for listed in best.values():
        listed.sort(reverse=True)
    return best


def _step(probability: float) -> int:
    """One of ten steps, finer near zero and one."""
    return sum(probability > bound for bound in (0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99))


def evidence(
    words: Sequence[Word],
    found: Mapping[int, float],
    best: Mapping[str, Sequence[float]],
    at: int,
    case: str,
) -> list[str]:
    """What the second reading weighs of the word at `at`."""
    word, own = words[at], _step(found[at])
    left, right = _step(found.get(at - 1, 0.0)), _step(found.get(at + 1, 0.0))
    listed_left = words[at - 1].key in _CONJUNCTIONS
    listed_right = words[at + 1].key in _CONJUNCTIONS
    far_left = _step(found.get(at - 2, 0.0)) if listed_left else "-"
    far_right = _step(found.get(at + 2, 0.0)) if listed_right else "-"
    same = best[word.folded]
    other = same[1] if same[0] == found[at] and len(same) > 1 else same[0]
    elsewhere = _step(other) if len(same) > 1 else "-"
    shape = word.shape
    return [
        "1",
        f"a{own}",
        f"b{own}|{shape}{case}",
        f"c{own}|{left}",
        f"d{own}|{right}",
        f"e{own}|{far_left}",
        f"f{own}|{far_right}",
        f"g{own}|{elsewhere}",
        f"h{shape}|{left}",
        f"i{shape}|{right}",
        f"j{shape}|{elsewhere}",
        f"k{word.kind}",
        f"l{word.code}|{own}",
        f"m{words[at - 1].group}|{shape}{own}",
        f"n{words[at - 1].shape}|{own}",
    ]
