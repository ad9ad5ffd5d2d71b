"""What is asked of a word before it is hidden as a name: situations that the lists can tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from portevoix.text.redact.tagger import ENDS
from portevoix.text.redact.tokens import Word
from portevoix.text.redact.vocabulary import PARTICLES, SAINTS, SHORT_CIVILITIES

THRESHOLD: Final = 0.22
# The same for a first name of the Insee list, or a first and a last name side by side.
LISTED: Final = 0.08
_CALLING: Final = frozenset(("appelle", "appellent", "appelait", "prenomme", "prenommee"))
_ROLES: Final = frozenset(("O", "R", "T", "C", "P", "Q"))
_PEOPLE: Final = frozenset(("C", "K", "R", "Q"))
# « mon nom est Paris », « nom de naissance Sauvage », « nom : Petit ».
_AFTER_NAME: Final = frozenset(("est", "naissance", "usage", ":", "fille"))
_CALLED: Final = frozenset(("Xx", "Xx-Xx", "X", "X."))


def needed(  # noqa: PLR0911, C901 -- one line a situation
    words: Sequence[Word], at: int
) -> float:
    """The probability asked of a word: less of what the lists know as a name, more of a word."""
    word, before = words[at], words[at - 1]
    if called(words, at):
        return -1.0
    if _after_thing(words, at):
        return 0.5
    # « C.M.I. »
    initials = word.shape == "X." and "X." in (before.shape, words[at + 1].shape)
    if initials or before.folded in SAINTS:
        return 0.97
    people = before.group in _PEOPLE or words[at - 2].group in _PEOPLE
    if not people and any(_public_figure(words, place) for place in range(at - 3, at + 1)):
        return 0.98
    if _side_by_side(words, at) or _of_function(words, at):
        return -1.0
    if word.entry.first == 3 and not word.group:
        if not word.ordinary:
            return LISTED
        return THRESHOLD if people or word.shape != "xx" else 0.5
    if word.ordinary:
        return _needed_of_ordinary(word, told=people, named=before.group in ("C", "Q"))
    if word.entry.place and not people:
        return 0.9
    if _acronym(words, at) and not (people and word.entry.family):
        return 0.8
    if _full_name(words, at) or _full_name(words, at - 1):
        return LISTED
    if not (word.entry.first or word.entry.family):
        unknown = 0.8 if word.shape == "xx" else 0.6
        return unknown / 2 if people else unknown
    return THRESHOLD


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
    """Whether a first name and a famous family name stand side by side (« Victor Hugo »)."""
    first, place = words[at], at + 1
    if first.entry.first != 3 or first.shape not in ("Xx", "Xx-Xx"):
        return False
    # « Charles de Gaulle », « Jeanne d'Arc ».
    while place - at < 3 and (words[place].group == "P" or words[place].shape in "'’"):
        place += 1
    return words[place].shape == "Xx" and words[place].entry.famous


def _acronym(words: Sequence[Word], at: int) -> bool:
    """Whether a word in capitals stands alone among words that are not."""
    word = words[at]
    if word.shape != "XX" or word.entry.first > 1:
        return False
    return words[at - 1].shape != "XX" and words[at + 1].shape != "XX"


_CALLERS: Final = SHORT_CIVILITIES | PARTICLES | _CALLING | _AFTER_NAME


def _may_be_called(words: Sequence[Word], at: int) -> bool:
    """A cheap look before `called`."""
    return words[at].shape in _CALLED and words[at - 1].folded in _CALLERS


def plain(words: Sequence[Word], at: int) -> bool:
    """Whether what stands around makes a name, whatever the weights say."""
    called = _may_be_called(words, at)
    return called or _side_by_side(words, at) or _of_function(words, at)


def _side_by_side(words: Sequence[Word], at: int) -> bool:
    """Whether a word is one of a common first name and a name, both capitalised."""
    return _first_and_last(words, at) or _first_and_last(words, at - 1)


def _first_and_last(words: Sequence[Word], at: int) -> bool:
    first, last = words[at], words[at + 1]
    if first.entry.first != 3 or first.shape not in ("Xx", "Xx-Xx") or first.group:
        return False
    if last.shape not in ("Xx", "Xx-Xx") or last.group or last.entry.place:
        return False
    if words[at - 1].folded in SAINTS or _after_thing(words, at):
        return False
    return last.entry.first > 1 or (last.entry.family and not last.ordinary)


def _of_function(words: Sequence[Word], at: int) -> bool:
    """« l'agent ROUSSEAU »: a family name in capitals right after a function that is not."""
    word, before = words[at], words[at - 1]
    named = word.entry.family or word.entry.first > 1
    return word.shape == "XX" and before.group == "R" and before.shape == "xx" and named


def called(words: Sequence[Word], at: int) -> bool:
    """Whether a civility or « s'appelle » stands right before a word that is no role."""
    word, before = words[at], words[at - 1]
    if word.shape not in _CALLED or (word.shape == "X." and words[at + 1].shape == "X."):
        return False
    if before.folded in _CALLING and word.entry.first and not word.group:
        return all(words[place].group != "T" for place in range(max(0, at - 8), at))
    if before.folded in _AFTER_NAME and not word.group and word.shape != "X":
        return any(words[place].folded in ("nom", "prenom") for place in range(at - 5, at - 1))
    back = at - 1
    while words[back].folded in PARTICLES and at - back < 4:
        back -= 1
    if words[back].folded not in SHORT_CIVILITIES or word.group in _ROLES:
        return False
    # « C.M.I. », « Mr X »: an acronym, a name already hidden by hand.
    if words[back - 1].shape == "X." or word.folded in ("x", "y", "z") or "xx" in word.folded:
        return False
    return not (word.entry.usual == 3 and set(word.entry.parts) & set("drcovw"))


def _full_name(words: Sequence[Word], at: int) -> bool:
    """Whether two capitalised words, unknown as words and as places, stand side by side."""
    first, second = words[at], words[at + 1]
    if first.shape != "Xx" or second.shape not in ("Xx", "Xx-Xx"):
        return False
    if any(w.group or w.entry.ordinary or w.entry.place for w in (first, second)):
        return False
    return first.entry.first > 1 or second.entry.first > 1
