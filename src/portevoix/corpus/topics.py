"""Precise sub-subjects: what exactly is praised, reproached or proposed, found by its words.

The taxonomy (`data/topics.txt`) is written by hand: each topic has a code, a side, the
expectations it belongs to, a label as a manager would write it, and rules. A rule is a few sets
of words that must all be near one another in a segment. Matching is lexical and knows nothing of
the reading of the segment: whoever counts checks it (see `portevoix.corpus.saying`).

Every segment passes here: a word is looked up once and gives the sets it belongs to as the bits
of a number, so that a rule is first refused by one « and ».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from portevoix.corpus.terms import fold, tokens_of
from portevoix.types import Expectation

# A longer segment says no more than this many tokens of it do.
MAX_TOKENS: Final = 400
_CACHE_LIMIT: Final = 200_000


class Side(StrEnum):
    """Whether a topic praises, reproaches or proposes."""

    PRAISE = "P"
    REPROACH = "N"
    PROPOSAL = "S"


@dataclass(frozen=True, slots=True)
class Topic:
    """A sub-subject. `label` is a noun phrase without capital; an infinitive for a proposal."""

    code: str
    expectations: tuple[Expectation, ...]
    side: Side
    label: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`topic` is said where each set of `near` has a word within `window` tokens of `anchor`.

    Sets are bits: `anchor` one, `near` and `never` several; `never` is refused anywhere.
    """

    topic: int
    anchor: int
    near: int
    never: int
    window: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow the first one, each maybe a prefix; the sets they belong to and the
    rules those anchor."""

    rest: tuple[tuple[str, bool], ...]
    sets: int
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a word: its sets, the rules it anchors, the phrases it opens.

    `pairs`: those of its phrases that a given next word continues, learnt as met.
    """

    sets: int
    rules: tuple[Rule, ...]
    phrases: tuple[Phrase, ...]
    pairs: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)


_NOTHING: Final = _Known(0, (), ())


@dataclass(slots=True)
class Lexicon:
    """Alternatives as written: exact words, prefixes and phrases, each with its sets as bits."""

    exact: dict[str, int] = field(default_factory=dict)
    prefix: dict[str, int] = field(default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    open_phrases: dict[str, list[Phrase]] = field(default_factory=dict)

    def sets(self, word: str) -> int:
        found = self.exact.get(word, 0)
        for end in range(2, len(word) + 1):
            found |= self.prefix.get(word[:end], 0)
        return found

    def opened(self, word: str) -> tuple[Phrase, ...]:
        found = list(self.phrases.get(word, ()))
        for end in range(2, len(word) + 1):
            found += self.open_phrases.get(word[:end], ())
        return tuple(found)


@dataclass(slots=True)
class Taxonomy:
    """Every topic, in the order of the file, and the rules compiled for matching.

    `anchored`: the rules of each anchor bit. `digest` changes with the file.
    """

    topics: tuple[Topic, ...]
    digest: str
    lexicon: Lexicon
    anchored: dict[int, tuple[Rule, ...]]
    _known: dict[str, _Known] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)

    def extract(self, texts: Iterable[str]) -> list[tuple[str, ...]]:
        """The codes of the topics each text says, in the order of the taxonomy."""
        return [self.said(tokens_of(text)) for text in texts]

    def said(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """The codes of the topics that a segment says, given its tokens."""
        found = self._found(tokens[:MAX_TOKENS])
        return tuple(self.topics[topic].code for topic in sorted(found)) if found else ()

    def _found(self, tokens: Sequence[str]) -> set[int]:
        known = self._known
        met: list[int] = []
        rules: list[Rule] = []
        every = 0
        for token, following in zip(tokens, (*tokens[1:], ""), strict=False):
            word = known.get(token) or self._learn(token)
            sets = word.sets
            if word.phrases:
                opened = word.pairs.get(following)
                if opened is None:
                    opened = self._learn_pair(word, following)
                for phrase in opened:
                    if len(phrase.rest) == 1 or self._follows(tokens, len(met), phrase):
                        sets |= phrase.sets
                        rules += phrase.rules
            met.append(sets)
            every |= sets
            rules += word.rules
        return {
            rule.topic
            for rule in rules
            if every & rule.near == rule.near and not every & rule.never and _holds(rule, met)
        }

    def _follows(self, tokens: Sequence[str], position: int, phrase: Phrase) -> bool:
        """Whether the words after a position are those of the phrase; the next one is known to."""
        after = tokens[position + 2 : position + 1 + len(phrase.rest)]
        if len(after) + 1 < len(phrase.rest):
            return False
        return all(
            _is(self._fold(token), wanted)
            for wanted, token in zip(phrase.rest[1:], after, strict=True)
        )

    def _learn_pair(self, word: _Known, following: str) -> tuple[Phrase, ...]:
        """The phrases that a word opens when `following` comes next."""
        second = self._fold(following)
        opened = tuple(phrase for phrase in word.phrases if _is(second, phrase.rest[0]))
        word.pairs[following] = opened
        return opened

    def _rules_of(self, sets: int) -> tuple[Rule, ...]:
        return tuple(
            rule for bit in _bits(sets) if bit in self.anchored for rule in self.anchored[bit]
        )

    def _fold(self, token: str) -> str:
        folded = self._folded.get(token)
        if folded is None:
            folded = self._folded[token] = fold(token).replace("-", "")
        return folded

    def _learn(self, token: str) -> _Known:
        if len(self._known) > _CACHE_LIMIT:
            self._known.clear()
            self._folded.clear()
        word = self._fold(token)
        sets = self.lexicon.sets(word)
        phrases = tuple(
            Phrase(phrase.rest, phrase.sets, self._rules_of(phrase.sets))
            for phrase in self.lexicon.opened(word)
        )
        known = _Known(sets, self._rules_of(sets), phrases) if sets or phrases else _NOTHING
        self._known[token] = known
        return known


def _bits(sets: int) -> Iterable[int]:
    while sets:
        bit = sets & -sets
        yield bit
        sets ^= bit


def _is(word: str, wanted: tuple[str, bool]) -> bool:
    return word.startswith(wanted[0]) if wanted[1] else word == wanted[0]


def _holds(rule: Rule, met: Sequence[int]) -> bool:
    """Whether every set is met within the window of some anchor."""
    for position, sets in enumerate(met):
        if sets & rule.anchor:
            around = 0
            for other in met[max(0, position - rule.window) : position + rule.window + 1]:
                around |= other
            if around & rule.near == rule.near:
                return True
    return False


@cache
def load_taxonomy() -> Taxonomy:
    """The taxonomy shipped with the package."""
    from portevoix.corpus.taxonomy import read_taxonomy  # noqa: PLC0415 (it compiles into this)

    return read_taxonomy(files("portevoix.data").joinpath("topics.txt").read_text("utf-8"))
