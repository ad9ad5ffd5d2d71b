"""What is asked of a word before it is hidden as a name: situations that the lists can tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from portevoix.text.redact.civilities import called
from portevoix.text.redact.tagger import ENDS
from portevoix.text.redact.tokens import Word
from portevoix.text.redact.vocabulary import FIGURES, SAINTS

THRESHOLD: Final = 0.22
# The same for a first name of the Insee list, or a first and a last name side by side.
LISTED: Final = 0.08
_FIGURE_WORDS: Final = frozenset(word for name in FIGURES for word in name.split())
# The same for a rare name in small letters that nothing announces; for what is no name.
_RARE: Final = 0.85
_NEVER: Final = 2.0
_BEING: Final = frozenset(("suis", "jsuis", "cest", "c'est", "moi"))
_PRONOUNS: Final = frozenset("le la les lui leur moi toi nous vous y en".split())
_ROLES: Final = frozenset(("O", "R", "T", "C", "P", "Q"))
_PEOPLE: Final = frozenset(("C", "K", "R", "Q"))


def needed(  # noqa: PLR0911, PLR0912, C901 -- one line a situation
    words: Sequence[Word], at: int
) -> float:
    """The probability asked of a word: less of what the lists know as a name, more of a word."""
    word, before = words[at], words[at - 1]
    if called(words, at):
        return -1.0
    if word.folded.rpartition("-")[2] in _PRONOUNS and "-" in word.folded:
        return _NEVER  # « Aidez-le »
    if _after_thing(words, at):
        return 0.5
    # « C.M.I. »
    initials = word.shape == "X." and "X." in (before.shape, words[at + 1].shape)
    if initials or before.folded in SAINTS:
        return 0.97
    people = before.group in _PEOPLE or words[at - 2].group in _PEOPLE
    if _public_figure(words, at):
        return _NEVER
    if _side_by_side(words, at) or _of_function(words, at):
        return -1.0
    if word.entry.first == 3 and not word.group:
        if not word.ordinary:
            return LISTED
        return THRESHOLD if people or word.shape != "xx" else 0.5
    if word.ordinary:
        # « je suis venu », « c'est juste »: less sure than « je m'appelle Juste ».
        being = before.folded in _BEING and word.shape in ("xx", "x")
        named = before.group in ("C", "Q") and not being
        return _needed_of_ordinary(word, told=people and not being, named=named)
    if word.entry.place and not people:
        return 0.9
    if _acronym(words, at) and not (people and word.entry.family):
        return 0.8
    if _full_name(words, at) or _full_name(words, at - 1):
        return LISTED
    if not (word.entry.first or word.entry.family):
        unknown = 0.8 if word.shape == "xx" else 0.6
        return unknown / 2 if people else unknown
    # In small letters with nobody announced, a rare name is more often a word misspelled.
    return THRESHOLD if people or word.shape != "xx" else _RARE


def _needed_of_ordinary(word: Word, *, told: bool, named: bool) -> float:
    """The same for a word of the language: in lower case and in no list of names, never alone."""
    if word.shape in ("xx", "x") and not (word.entry.first or word.entry.family):
        return 0.5 if named else 1.0
    if word.entry.place and not told:
        return 0.9
    return THRESHOLD if named else 0.6 if told else 0.8


def _after_thing(words: Sequence[Word], at: int) -> bool:
    """Whether « rue », « lycée », « le chat » stands shortly before, with no verb between."""
    for place in (at - 1, at - 2, at - 3):
        word = words[place]
        if word.group == "T":
            return True
        if word.key in ENDS or word.folded == "que" or (not word.group and "v" in word.parts):
            return False
    return False


def _public_figure(words: Sequence[Word], at: int) -> bool:
    """Whether a word is part of the full name of someone known to all (« Victor Hugo »).

    « la conseillère Louise Michel » is someone else.
    """
    return words[at].folded in _FIGURE_WORDS and any(
        " ".join(word.folded for word in words[first : first + length]) in FIGURES
        and words[first - 1].group not in ("C", "R")
        for length in (2, 3)
        for first in range(at - length + 1, at + 1)
    )


def _acronym(words: Sequence[Word], at: int) -> bool:
    """Whether a word in capitals stands alone among words that are not."""
    word = words[at]
    if word.shape != "XX" or word.entry.first > 1:
        return False
    return words[at - 1].shape != "XX" and words[at + 1].shape != "XX"


def plain(words: Sequence[Word], at: int) -> bool:
    """Whether what stands around makes a name, whatever the weights say."""
    return called(words, at) or _side_by_side(words, at) or _of_function(words, at)


def _side_by_side(words: Sequence[Word], at: int) -> bool:
    """Whether a word is one of a common first name and a name, both capitalised."""
    pairs = (_first_and_last, _last_and_first)
    return any(pair(words, place) for pair in pairs for place in (at - 1, at))


def _last_and_first(words: Sequence[Word], at: int) -> bool:
    """« DUPUIS Jean-Marc »: as forms ask for it."""
    last, first = words[at], words[at + 1]
    if last.shape not in ("XX", "XX-XX") or last.group or len(last.folded) < 4:
        return False
    if last.ordinary or last.entry.place:
        return False
    return first.shape in ("Xx", "Xx-Xx") and first.entry.first == 3 and not first.group


def _first_and_last(words: Sequence[Word], at: int) -> bool:
    first, last = words[at], words[at + 1]
    if first.entry.first != 3 or first.shape not in ("Xx", "Xx-Xx") or first.group:
        return False
    if last.shape not in ("Xx", "Xx-Xx") or last.group or last.entry.place:
        return False
    if words[at - 1].folded in SAINTS or _after_thing(words, at):
        return False
    rare = last.entry.usual < 2 and "v" not in last.entry.parts
    return last.entry.first > 1 or (last.entry.family and not last.ordinary) or rare


def _of_function(words: Sequence[Word], at: int) -> bool:
    """« l'agent ROUSSEAU »: a family name in capitals right after a function that is not."""
    word, before = words[at], words[at - 1]
    named = word.entry.family or word.entry.first > 1
    return word.shape == "XX" and before.group == "R" and before.shape == "xx" and named


def _full_name(words: Sequence[Word], at: int) -> bool:
    """Whether two capitalised words, unknown as words and as places, stand side by side."""
    first, second = words[at], words[at + 1]
    if first.shape != "Xx" or second.shape not in ("Xx", "Xx-Xx"):
        return False
    if any(w.group or w.entry.ordinary or w.entry.place for w in (first, second)):
        return False
    return first.entry.first > 1 or second.entry.first > 1
