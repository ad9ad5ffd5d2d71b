"""Compiles the taxonomy of precise sub-subjects, written as `data/topics.txt` explains."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from portevoix.corpus.topics import Lexicon, Phrase, Rule, Side, Taxonomy, Topic
from portevoix.errors import ResourceError
from portevoix.types import Expectation

WINDOW: Final = 10
_HEADER: Final = re.compile(
    r"(?P<code>[a-z0-9-]+) (?P<expectations>[A-Z]{3}(?:,[A-Z]{3})*) (?P<side>[PNS]) : (?P<label>.+)"
)


@dataclass(slots=True)
class _Draft:
    """What has been read so far: lists of words, sets of words already numbered, rules."""

    macros: dict[str, str] = field(default_factory=dict)
    bits: dict[str, int] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def expanded(self, words: str) -> str:
        return re.sub(r"\$[a-z]+", lambda name: self.macros[name.group()], words)

    def bit(self, words: str) -> int:
        """The bit of a set, the same for the same words."""
        return 1 << self.bits.setdefault(words, len(self.bits))


def read_taxonomy(source: str) -> Taxonomy:
    """Compile a taxonomy.

    Raises `ResourceError` for a line that cannot be read, or a code met twice.
    """
    draft = _Draft()
    for line in source.splitlines():
        if line.strip() and not line.startswith("#"):
            _read_line(draft, line)
    if len({topic.code for topic in draft.topics}) < len(draft.topics):
        raise ResourceError("La liste des sujets précis est abîmée : un code y est deux fois.")
    anchored: dict[int, list[Rule]] = {}
    for rule in draft.rules:
        anchored.setdefault(rule.anchor, []).append(rule)
    return Taxonomy(
        topics=tuple(draft.topics),
        digest=sha256(source.encode()).hexdigest()[:16],
        lexicon=_lexicon(draft.bits),
        anchored={bit: tuple(rules) for bit, rules in anchored.items()},
    )


def _read_line(draft: _Draft, line: str) -> None:
    try:
        if line.startswith("$"):
            name, _, words = line.partition("=")
            draft.macros[name.strip()] = draft.expanded(words.strip())
        elif line.startswith(" "):
            draft.rules.append(_rule(draft, draft.expanded(line.strip())))
        else:
            draft.topics.append(_topic(line))
    except (KeyError, ValueError) as error:
        raise ResourceError(
            f"La liste des sujets précis est abîmée ({line.strip()[:80]})."
        ) from error


def _topic(line: str) -> Topic:
    found = _HEADER.fullmatch(line.strip())
    if found is None:
        raise ValueError(line)
    codes = tuple(Expectation(code) for code in found["expectations"].split(","))
    return Topic(found["code"], codes, Side(found["side"]), found["label"])


def _rule(draft: _Draft, line: str) -> Rule:
    if not draft.topics:
        raise ValueError(line)
    body, _, window = line.partition("@")
    parts = [part.strip() for part in body.split("+")]
    if not all(part.removeprefix("-") for part in parts):
        raise ValueError(line)
    near = [draft.bit(part) for part in parts if not part.startswith("-")]
    never = sum({draft.bit(part[1:]) for part in parts if part.startswith("-")})
    return Rule(len(draft.topics) - 1, near[0], sum(set(near)), never, int(window or WINDOW))


def _lexicon(bits: dict[str, int]) -> Lexicon:
    lexicon = Lexicon()
    phrases: dict[tuple[str, tuple[tuple[str, bool], ...]], int] = {}
    for words, number in bits.items():
        for alternative in words.split("|"):
            first, *rest = alternative.split("_")
            if rest:
                key = (first, tuple((part.rstrip("*"), part.endswith("*")) for part in rest))
                phrases[key] = phrases.get(key, 0) | 1 << number
            else:
                table = lexicon.prefix if first.endswith("*") else lexicon.exact
                table[first.rstrip("*")] = table.get(first.rstrip("*"), 0) | 1 << number
    for (first, following), sets in phrases.items():
        opened = lexicon.open_phrases if first.endswith("*") else lexicon.phrases
        opened.setdefault(first.rstrip("*"), []).append(Phrase(following, sets))
    return lexicon
