"""Words with their positions, and what the lists know of each, kept for the next texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from portevoix.text.redact.lexicon import UNKNOWN, Entry, fold
from portevoix.text.redact.lexicon import look_up as entry_of
from portevoix.text.redact.vocabulary import GROUPS

# Civilities, relations, functions, « je m'appelle »: what follows may be a name.
ANNOUNCING: Final = frozenset(("C", "K", "R", "Q", "Y"))
# A letter and its point are one word (« J. Dupond », « M. Petit »): the point ends no sentence.
TOKEN: Final = re.compile(
    r"(?<![^\W_])[^\W\d_]\.(?=[^\W\d_]|\Z)"
    r"|[^\W\d_]{1,40}(?:-[^\W\d_]{1,40}){0,4}|\d{1,20}|\n|[^\w\s]"
)


class Word(NamedTuple):
    """What is known of a word whatever its place.

    `shape`: Xx, XX, xx, X, x, X., x., 0, Xx-Xx, xX (two words glued) or the sign itself.
    `group`: the letter of the list of `vocabulary` that holds it.
    `kind` sums up what the lists say; `code` adds the shape; `coarse` says it in fewer letters.
    `key`: the word when it is usual, so that no rare name is learned by heart; else `tail`, its
    last letters.
    `alone`: whether it may be a name with nothing to announce it (2 anywhere, 1 not where a
    sentence begins, 0 no); `possible`: whether it may be one after « Mme », « la conseillère »,
    « je m'appelle »; `told`: whether it is worth a look at all.
    """

    folded: str
    shape: str
    entry: Entry
    group: str
    kind: str
    code: str
    coarse: str
    key: str
    parts: str
    tail: str
    alone: int
    possible: bool
    ordinary: bool
    told: bool


@lru_cache(maxsize=100_000)
def look_up(word: str) -> Word:
    """The word in the lists."""
    shape = _shape(word)
    folded = fold(word[:-1] if word[-1] == "." else word) or word
    if not shape[0].isalpha():
        return Word(folded, shape, UNKNOWN, "", "", *(shape,) * 4, "", 0, *(False,) * 3)
    entry = _entry(folded)
    group = GROUPS.get(folded, "")
    known = entry.usual >= 2 or group != ""
    alone = _alone(folded, shape, entry, group)
    kind = f"{entry.first}{entry.family:d}{entry.place:d}{entry.usual}{entry.parts}{group}"
    return Word(
        folded,
        shape,
        entry,
        group,
        kind,
        f"{shape}:{kind}",
        f"{shape}{entry.first}{entry.ordinary:d}",
        folded if known else "?",
        entry.parts or ("~" if entry.usual else "?"),
        "" if known else folded[-3:],
        alone,
        _possible(shape, entry, group),
        entry.ordinary,
        alone > 0 or group in ANNOUNCING,
    )


def _alone(folded: str, shape: str, entry: Entry, group: str) -> int:
    if group in ("E", "O", "P", "C") or len(folded) < 2 or shape == "xX":
        return 0
    if shape == "xx":
        known = entry.first == 3 or (entry.first > 0 and not entry.parts and entry.usual < 2)
        strange = not entry.ordinary and len(folded) > 2
        return 2 if not group and (known or strange) else 0
    if group and entry.first < 3:
        return 0
    if shape == "XX":
        return (
            2 if entry.first > 1 or (entry.family and not entry.usual) or not entry.ordinary else 0
        )
    return 1 if entry.ordinary and entry.first < 3 else 2


def _possible(shape: str, entry: Entry, group: str) -> bool:
    if shape == "xX":
        return False
    if group in ("O", "C", "P") or (entry.usual == 3 and set(entry.parts) & set("drco")):
        return False
    if shape in ("xx", "x", "x."):
        if entry.usual > 1 and entry.first < 2 and not set(entry.parts) & set("n"):
            return False
        return group in ("", "E") and (entry.first > 0 or entry.family or not entry.ordinary)
    return True


def _entry(folded: str) -> Entry:
    """The entry of a word; where the whole is unknown, what its parts say."""
    entry = entry_of(folded)
    if entry.first or entry.ordinary:
        return entry
    if "-" in folded:
        return _compound(entry, [entry_of(part) for part in folded.split("-") if part])
    glued = _GLUED.match(folded)
    if not glued:
        return entry
    rest = entry_of(folded[glued.end() :])
    if rest.first == 3 or not rest.ordinary or (glued.end() + 3 > len(folded) and rest.usual < 3):
        return entry
    return Entry(0, family=False, place=entry.place, usual=1, parts=rest.parts)


# « jenvoie », « lautre », « quon »: an elision written without its apostrophe.
_GLUED: Final = re.compile(r"(?:qu|[ldjmtsnc])(?=[aeiouyh][a-z]{1})")


def _compound(whole: Entry, parts: Sequence[Entry]) -> Entry:
    """« Jean-Luc » is a first name; « rappelez-moi » and « copié-collé » are words."""
    if all(part.ordinary for part in parts) and not any(part.first == 3 for part in parts):
        return Entry(0, whole.family, whole.place, 1, parts[0].parts)
    first = parts[0].first if not parts[0].usual or parts[-1].first else 0
    family = whole.family or all(part.family for part in parts)
    # « Albert-Camus », « Jean-Moulin »: schools and streets, not people.
    thing = whole.place or (first > 1 and parts[-1].famous)
    return Entry(0 if thing else first, family, thing, 0, "")


_GLUED_CAPITAL: Final = re.compile(r"[a-zà-ÿ][A-ZÀ-Ý]")


def _shape(word: str) -> str:  # noqa: PLR0911 -- one line a shape
    if word.islower() and len(word) > 1 and "." not in word:
        return "xx"
    if word.isdigit():
        return "0"
    if not word[0].isalpha():
        return word[0]
    if len(word) == 1 or word[1] == ".":
        return ("X" if word[0].isupper() else "x") + word[1:]
    if word.isupper():
        return "XX"
    # « limitesCordialement »: two sentences glued, no name; « McDonald » may be one.
    if _GLUED_CAPITAL.search(word, 2 if word[0].isupper() else 0):
        return "xX"
    if word[0].isupper():
        return "Xx-Xx" if "-" in word and word.rpartition("-")[2][:1].isupper() else "Xx"
    return "xx"


# The longest run of letters that is one word.
_LONGEST: Final = 40


@lru_cache(maxsize=100_000)
def _of_chunk(chunk: str) -> tuple[Word, ...]:
    if chunk.isalpha() and len(chunk) <= _LONGEST:
        return (look_up(chunk),)
    return tuple(map(look_up, TOKEN.findall(chunk)))


_CHUNK: Final = re.compile(r"[^ \n]+|\n")


def _chunks(text: str) -> list[str]:
    """The text between spaces; the end of a line is a chunk too."""
    return text.replace("\n", " \n ").split(" ")


def words_of(text: str) -> list[Word]:
    """The words and signs of a text. What stands between two spaces is read once for all texts."""
    return list(chain.from_iterable(map(_of_chunk, _chunks(text))))


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where each word of `words_of` stands."""
    spans: list[tuple[int, int]] = []
    for chunk in _CHUNK.finditer(text):
        start, end = chunk.span()
        if chunk.group().isalpha() and end - start <= _LONGEST:
            spans.append((start, end))
        else:
            spans += [match.span() for match in TOKEN.finditer(text, start, end)]
    return spans
