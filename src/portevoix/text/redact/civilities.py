"""Words that something announces as a name, whatever the weights say: « Mme », « s'appelle »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from portevoix.text.redact.tokens import Word
from portevoix.text.redact.vocabulary import PARTICLES, SHORT_CIVILITIES

_CALLING: Final = frozenset(("appelle", "appellent", "appelait", "prenomme", "prenommee"))
_ROLES: Final = frozenset(("O", "R", "T", "C", "P", "Q"))
# « mon nom est Paris », « nom de naissance Sauvage », « nom : Petit ».
_AFTER_NAME: Final = frozenset(("est", "naissance", "usage", ":", "fille"))
_MARRIED: Final = frozenset(("epouse", "epse", "ep", "nee", "veuve", "vve"))
_CAPITALISED: Final = frozenset(("Xx", "Xx-Xx", "X", "X."))
_SHOUTED: Final = frozenset(("XX", "XX-XX"))
# Said of someone who is named, while « un monsieur », « cette dame » are not.
_BEFORE_A_NAME: Final = frozenset(("mme", "mr", "mlle", "mmes"))
_IN_FULL: Final = frozenset(("madame", "monsieur", "mademoiselle"))
_OF: Final = frozenset("de du des d la l les".split())
_ONE: Final = frozenset("un une le la ce cet cette l du au autre jeune chaque quel quelle".split())


def called(words: Sequence[Word], at: int) -> bool:
    """Whether a civility or « s'appelle » stands right before a word that is no role."""
    word, before = words[at], words[at - 1]
    if word.shape == "xx":
        return _in_small_letters(words, at)
    if not _is_capital(word) or (word.shape == "X." and words[at + 1].shape == "X."):
        return False
    if before.folded in _CALLING and word.entry.first and not word.group:
        return all(words[place].group != "T" for place in range(max(0, at - 8), at))
    if before.folded in _AFTER_NAME and not word.group and word.shape != "X":
        return any(words[place].folded in ("nom", "prenom") for place in range(at - 5, at - 1))
    if before.folded in _MARRIED and _is_capital(words[at - 2]) and not word.group:
        return True
    return _after_civility(words, at)


def _after_civility(words: Sequence[Word], at: int) -> bool:
    """« Mme Rose de La Tour », « M. DUPONT »: over the words of the name that come first."""
    word, back = words[at], at - 1
    while at - back < 4 and (words[back].folded in PARTICLES or _may_be_named(words[back])):
        back -= 1
    civility = words[back]
    if civility.folded not in SHORT_CIVILITIES or word.group in _ROLES:
        return False
    between = range(back + 1, at)
    further = any(_may_be_named(words[place]) for place in between)
    # « Madame du Standard », « M. de la Direction »
    if (
        word.ordinary
        and word.entry.first < 2
        and any(words[place].shape == "xx" and words[place].folded in _OF for place in between)
    ):
        return False
    if word.group and (further or word.shape in _SHOUTED):
        return False
    if word.shape in _SHOUTED and word.ordinary and civility.shape == "XX":
        return False
    # « C.M.I. », « Mr X »: an acronym, a name already hidden by hand.
    if words[back - 1].shape == "X." or word.folded in ("x", "y", "z") or "xx" in word.folded:
        return False
    return not (word.entry.usual == 3 and set(word.entry.parts) & set("drcovw"))


def _is_capital(word: Word) -> bool:
    return word.shape in _CAPITALISED or word.shape in _SHOUTED


def _may_be_named(word: Word) -> bool:
    """A capitalised word that no list forbids: « Madame Rose Marie Blanc »."""
    named = word.shape in ("Xx", "Xx-Xx") or (word.shape in _SHOUTED and not word.ordinary)
    return named and not word.group


def _in_small_letters(words: Sequence[Word], at: int) -> bool:
    """« mme cordonnier », « mr gaufrer »: a rare word, that says nothing of the person."""
    word, civility, first = words[at], words[at - 1], words[at - 2]
    if civility.group != "C" or word.group or len(word.folded) < 3 or word.entry.usual > 1:
        return False
    if set(word.entry.parts) - set("ni") or first.folded in _ONE:
        return False
    if civility.folded in _BEFORE_A_NAME or civility.shape in ("M.", "m."):
        return True
    return civility.folded in _IN_FULL and word.entry.parts != "" and "a" not in first.entry.parts
