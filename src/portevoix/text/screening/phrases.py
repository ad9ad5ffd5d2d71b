"""Many patterns read in one pass over the words of a text.

A pattern such as `je (?:vais|veux) en finir|idees? noires` begins with a few words only. Each is
taken apart into what may begin it, once and for all; then a text costs one look-up a word, and
a pattern is tried only where it may begin. Patterns begin at the start of a word: a leading `\\b`
is understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WORD = re.compile(r"\w+")
# More distinct words than any language needs: only hostile texts go further.
_REMEMBERED: Final = 60_000
_ATOM = re.compile(r"\(\?:|\(\?[!=]|\\.|\[[^\]]*\]|.", re.DOTALL)
_QUANTIFIER = re.compile(r"[?*+]|\{[\d,]*\}")


@dataclass(frozen=True, slots=True)
class _Branch:
    """One way for the pattern `name` to begin: `head` matches its first word entirely."""

    name: str
    head: str
    whole: str

    def begins(self, word: str) -> bool:
        if self.head.isalnum():
            return self.head == word
        return _compiled(self.head).fullmatch(word) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first met: most beginnings never are."""
    return re.compile(pattern)


_Started: TypeAlias = tuple[str, re.Pattern[str]]


class _Memo(dict[str, tuple[_Started, ...]]):
    """What each word may begin, remembered as words are met; most begin nothing."""

    def __init__(self, branches: Mapping[str, list[_Branch]]) -> None:
        super().__init__()
        self.branches = branches

    def __missing__(self, word: str) -> tuple[_Started, ...]:
        keys = (word[:2], word[:1], "") if len(word) > 1 else (word, "")
        branches = [b for key in keys for b in self.branches.get(key, ()) if b.begins(word)]
        found = tuple((b.name, _compiled(b.whole)) for b in branches)
        if len(self) < _REMEMBERED:
            self[word] = found
        return found


class Phrases:
    """Named patterns, found together."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        branches: dict[str, list[_Branch]] = {}
        for name, pattern in patterns.items():
            for branch in _branches(name, pattern):
                branches.setdefault(_key(branch.head), []).append(branch)
        self._names = tuple(patterns)
        self._memo = _Memo(branches)

    def find(self, text: str, words: Words) -> Iterator[tuple[str, int, int]]:
        """Name and place of what is met; two finds of a name never overlap."""
        ends = dict.fromkeys(self._names, 0)
        for start, begun in self._beginnings(words):
            for name, whole in begun:
                if start >= ends[name] and (match := whole.match(text, start)):
                    ends[name] = max(match.end(), start + 1)
                    yield name, start, match.end()

    def met(self, text: str, words: Words) -> set[str]:
        """The names met anywhere."""
        found = set[str]()
        for start, begun in self._beginnings(words):
            for name, whole in begun:
                if name not in found and whole.match(text, start):
                    found.add(name)
        return found

    def _beginnings(self, words: Words) -> list[tuple[int, tuple[_Started, ...]]]:
        """The places where something may begin, with what."""
        begun = map(self._memo.__getitem__, words.texts)
        return [pair for pair in zip(words.starts, begun, strict=True) if pair[1]]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order, and where each starts."""

    texts: list[str]
    starts: list[int]


def words_of(text: str) -> Words:
    """The words of a text."""
    return Words(_WORD.findall(text), [match.start() for match in _WORD.finditer(text)])


def _branches(name: str, pattern: str) -> Iterator[_Branch]:
    """The ways a pattern may begin, those of the same first word gathered."""
    gathered: dict[str, list[str]] = {}
    for source in split(pattern):
        for head, whole in _heads("", source):
            gathered.setdefault(head, []).append(whole)
    for head, wholes in gathered.items():
        whole = "|".join(dict.fromkeys(wholes))
        yield _Branch(name, head, whole)


def split(pattern: str) -> list[str]:
    """The alternatives of a pattern, at its top level."""
    depth, parts, start = 0, [], 0
    for atom in _ATOM.finditer(pattern):
        found = atom.group()
        depth += found.startswith("(") - (found == ")")
        if found == "|" and not depth:
            parts.append(pattern[start : atom.start()])
            start = atom.end()
    return [*parts, pattern[start:]]


def _heads(before: str, rest: str) -> Iterator[tuple[str, str]]:
    """(pattern of the first word, whole pattern) for each way `before` + `rest` may begin."""
    head = before
    while rest:
        atom, quantifier, after = _next(rest)
        if atom == r"\b":
            if head:
                break
            rest = after
        elif atom.startswith("(?:"):
            yield from _unfolded(head, atom, quantifier, after)
            return
        elif atom.startswith(("(?", "[^")) or atom in {r"\S", "."}:
            yield head + r"\w*", head + rest
            return
        elif not _wordlike(atom):
            if quantifier:
                yield head + r"\w*", head + rest
                return
            break
        else:
            head, rest = head + atom + quantifier, after
    yield head, head + rest


def _unfolded(head: str, group: str, quantifier: str, after: str) -> Iterator[tuple[str, str]]:
    """A group among the first letters: each of its alternatives in turn, or none."""
    if quantifier not in {"", "?"}:
        group = f"{group}{quantifier}"
        yield head + r"\w*", head + group + after
        return
    for inner in split(group[3:-1]):
        yield from _heads(head, inner + after)
    if quantifier:
        yield from _heads(head, after)


def _next(pattern: str) -> tuple[str, str, str]:
    """The first atom of a pattern, its quantifier and what follows."""
    depth, end = 0, 0
    for atom in _ATOM.finditer(pattern):
        depth += atom.group().startswith("(") - (atom.group() == ")")
        end = atom.end()
        if not depth:
            break
    quantifier = _QUANTIFIER.match(pattern, end)
    last = quantifier.end() if quantifier else end
    return pattern[:end], pattern[end:last], pattern[last:]


def _wordlike(atom: str) -> bool:
    return atom in {r"\w", r"\d"} or re.fullmatch(r"\w|\[[\w]+\]", atom) is not None


def _key(head: str) -> str:
    """The first letters that are sure, two at most."""
    letters = re.match(r"\w{0,3}", head)
    sure = letters.group() if letters else ""
    following = head[len(sure) : len(sure) + 1]
    if following and following in "?*{":
        sure = sure[:-1]
    return sure[:2] if len(sure) != len(head) or len(head) > 1 else sure
