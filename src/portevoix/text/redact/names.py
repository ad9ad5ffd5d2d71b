"""Names of persons: which words may be one, what the learned weights say, where each name ends.

Most words of a text are looked up once in the lists and go no further.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.tagger import (
    ENDS,
    REACH,
    UNLIKELY,
    Weights,
    first_reading,
    letter_case,
    padded,
    second_reading,
    shipped,
)
from portevoix.text.redact.tokens import ANNOUNCING, Word, spans_of, words_of
from portevoix.text.redact.vocabulary import PARTICLES, SAINTS, SHORT_CIVILITIES
from portevoix.types import PersonalData

THRESHOLD: Final = 0.22
# The same for a first name of the Insee list, or a first and a last name side by side.
LISTED: Final = 0.08
# From this probability, a name is hidden wherever it stands again.
SURE: Final = 0.7
_INITIALS: Final = frozenset(("X", "x", "X.", "x."))
_CAPITAL: Final = frozenset(("Xx", "XX", "Xx-Xx"))
_CALLING: Final = frozenset(("appelle", "appellent", "appelait", "prenomme", "prenommee"))
_ROLES: Final = frozenset(("O", "R", "T", "C", "P", "Q"))
_PEOPLE: Final = frozenset(("C", "K", "R", "Q"))
# « mon nom est Paris », « nom de naissance Sauvage », « nom : Petit ».
_AFTER_NAME: Final = frozenset(("est", "naissance", "usage", ":", "fille"))
_CALLED: Final = frozenset(("Xx", "Xx-Xx", "X", "X."))


def candidates(words: Sequence[Word]) -> list[int]:
    """The places of padded `words` that may be part of a name: the learned weights decide."""
    told = [at for at, word in enumerate(words) if word.told]
    chosen: set[int] = set()
    for at in told:
        word = words[at]
        if word.alone and (word.alone > 1 or words[at - 1].key not in ENDS):
            chosen.add(at)
        if word.group in ANNOUNCING:
            chosen.update(_announced(words, at))
    return sorted(chosen.union(*(_beside(words, at) for at in chosen)))


def _announced(words: Sequence[Word], at: int) -> Iterator[int]:
    """The word or two after a civility, a function, a relation, « je m'appelle »."""
    after = at + 1
    if words[after].shape in (".", ":", ",", "«", '"'):
        after += 1
    named = words[at].group in ("C", "Q", "Y")
    for place in (after, after + 1):
        word = words[place]
        if not word.shape[0].isalpha():
            return
        if word.possible and (named or _fits(word)):
            yield place


def _fits(word: Word) -> bool:
    """Whether a word may be the name of a person told by function: « la dame melun »."""
    if word.group == "E":
        return word.entry.place
    return word.shape not in ("xx", "x") or word.entry.first == 3 or not word.ordinary


def _beside(words: Sequence[Word], at: int) -> Iterator[int]:
    """Initials, particles and capitals next to a word that may be a name."""
    for place in (at - 2, at - 1, at + 1, at + 2):
        word = words[place]
        if word.shape in _INITIALS or word.group == "P" or word.shape in _CAPITAL:
            yield place


def probabilities(words: Sequence[Word], weights: Weights) -> dict[int, float]:
    """The probability that each word of padded `words` is part of a name, where it may be."""
    places = candidates(words)
    if not places:
        return {}
    case = letter_case(words)
    found = first_reading(words, places, case, weights)
    if max(found.values()) <= UNLIKELY:
        return {}
    return second_reading(words, found, case, weights)


def names(text: str, weights: Weights | None = None) -> Iterator[PersonalData]:
    """The names of `text`, and every other place where a name found stands again."""
    words = padded(words_of(text))
    found = probabilities(words, weights or shipped())
    sure = {
        at
        for at, chance in found.items()
        if (chance > LISTED or _may_be_called(words, at)) and chance > _needed(words, at)
    }
    if not sure:
        return
    sure |= _more(words, found, sure)
    sure |= _again(words, found, sure)
    spans = spans_of(text)
    for first, last in _runs(text, words, spans, sure):
        if not any(_telling(words, at) for at in range(first, last + 1)):
            continue
        start, end = _edges(text, words, spans, first, last)
        login = _LOGIN.match(text, end)
        if login:
            before = _LOGIN_BEFORE.search(text, max(0, start - 30), start)
            start = before.start() if before else start
            reason = "nom suivi de chiffres : un identifiant"
            yield PersonalData(start, login.end(), Kind.ACCOUNT, 0.6, reason)
            continue
        score = max(found.get(at, 0.7) for at in range(first, last + 1))
        reason = _reason(words, first, known=first in found)
        yield PersonalData(start, end, Kind.PERSON, min(0.99, max(score, 0.5)), reason)


# « leila92 », « dupont.j1980 »: the name is part of a login.
_LOGIN: Final = re.compile(r"(?:[._\-][A-Za-z]{1,15}){0,2}[._\-]?\d{1,6}(?:[._\-]?\w{1,10})?(?!\w)")
_LOGIN_BEFORE: Final = re.compile(r"(?<![\w'’])[\w.\-]{1,20}\Z")


def _telling(words: Sequence[Word], at: int) -> bool:
    """Whether a word may be a name without others: no particle, no letter but after « Mme »."""
    word = words[at]
    return (word.group != "P" and len(word.folded) > 1) or _called(words, at)


def _needed(  # noqa: PLR0911, C901 -- one line a situation
    words: Sequence[Word], at: int
) -> float:
    """The probability asked of a word: less of what the lists know as a name, more of a word."""
    word, before = words[at], words[at - 1]
    if _called(words, at):
        return -1.0
    if _after_thing(words, at):
        return 0.5
    if before.folded in SAINTS:
        return 0.97
    if word.shape == "X." and "X." in (before.shape, words[at + 1].shape):
        return 0.97  # « C.M.I. »
    told = before.group in _PEOPLE or words[at - 2].group in _PEOPLE
    if not told and (_public_figure(words, at) or _public_figure(words, at - 1)):
        return 0.95
    if word.entry.first == 3 and not word.group:
        if not word.ordinary:
            return LISTED
        return THRESHOLD if told or word.shape != "xx" else 0.5
    if word.ordinary:
        return _needed_of_ordinary(word, told=told, named=before.group in ("C", "Q"))
    if word.entry.place and not told:
        return 0.9
    if _acronym(words, at):
        return 0.8
    if _full_name(words, at) or _full_name(words, at - 1):
        return LISTED
    if not (word.entry.first or word.entry.family):
        unknown = 0.8 if word.shape == "xx" else 0.6
        return unknown / 2 if told else unknown
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
    first, last = words[at], words[at + 1]
    capitals = first.shape in ("Xx", "Xx-Xx") and last.shape == "Xx"
    return capitals and first.entry.first == 3 and last.entry.famous


def _acronym(words: Sequence[Word], at: int) -> bool:
    """Whether a word in capitals stands alone among words that are not."""
    word = words[at]
    if word.shape != "XX" or word.entry.first > 1:
        return False
    return words[at - 1].shape != "XX" and words[at + 1].shape != "XX"


_CALLERS: Final = SHORT_CIVILITIES | PARTICLES | _CALLING | _AFTER_NAME


def _may_be_called(words: Sequence[Word], at: int) -> bool:
    """A cheap look before `_called`."""
    return words[at].shape in _CALLED and words[at - 1].folded in _CALLERS


def _called(words: Sequence[Word], at: int) -> bool:
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


def _more(words: Sequence[Word], found: Mapping[int, float], sure: Collection[int]) -> set[int]:
    """Capitals that go on with a sure name, over particles and apostrophes."""
    more: set[int] = set()
    for at in sure:
        more |= _before(words, at)
        step = 1
        while step < 4 and _links(words[at + step]):
            step += 1
        word = words[at + step]
        if step == 1 and word.shape in ("X.", "x.") and words[at].entry.first > 1:
            more.add(at + 1)
        if word.shape not in ("Xx", "Xx-Xx") or word.ordinary or word.group:
            continue
        enough = 0.02 if step == 1 else 0.5 if word.entry.place else 0.0
        if found.get(at + step, 0.0) >= enough:
            more.update(range(at + 1, at + step + 1))
    return more


_ONLY_PARTICLES: Final = frozenset(
    "el ben bin ait ould da dos van von bou abou abu mac mc di del della".split()
)


def _before(words: Sequence[Word], at: int) -> set[int]:
    """The particle right before a sure name: « El », « Ben », « da », « Le » with its capital."""
    particle, name = words[at - 1], words[at]
    if not name.shape[0].isalpha() or particle.folded not in PARTICLES:
        return set()
    capital = particle.shape == "Xx" and name.shape in ("Xx", "Xx-Xx") and name.entry.first < 3
    starts = words[at - 2].key in ENDS and particle.folded in ("le", "la", "de", "du", "les")
    if particle.folded in _ONLY_PARTICLES or (capital and not starts):
        return {at - 1}
    return set()


def _links(word: Word) -> bool:
    """Whether a word may stand inside a name: « de », « Le », an apostrophe."""
    linked = word.folded in PARTICLES and word.folded not in ("et", "ou")
    short = word.shape == "Xx" and len(word.folded) < 4 and not word.group
    return linked or short or word.shape in ("'", "’")


def _again(words: Sequence[Word], found: Mapping[int, float], sure: Collection[int]) -> set[int]:
    """Other places of the words of a sure name; an ordinary word only in the same letters."""
    known = {
        words[at].folded: words[at]
        for at in sure
        if found.get(at, 0.0) > SURE and len(words[at].folded) > 2 and not words[at].group
    }
    if not known:
        return set()
    for name in list(known.values()):
        if name.entry.first > 1 and "-" in name.folded:
            known |= {part: name for part in name.folded.split("-") if len(part) > 2}
    return {
        at
        for at, word in enumerate(words)
        if word.folded in known and at not in sure and _same(words, at, known[word.folded])
    }


def _same(words: Sequence[Word], at: int, name: Word) -> bool:
    word = words[at]
    if words[at - 1].group == "T":
        return False
    if not (word.ordinary or word.entry.place or name.ordinary):
        return True
    return word.shape[:2] == name.shape[:2] != "xx" and words[at - 1].key not in ENDS


Spans = Sequence[tuple[int, int]]


def _runs(
    text: str, words: Sequence[Word], spans: Spans, sure: Collection[int]
) -> Iterator[tuple[int, int]]:
    """The first and last places of each name: words side by side, particles between included."""
    first = last = -1
    for at in sorted(sure):
        if first >= 0 and _joined(text, words, spans, last, at):
            last = at
            continue
        if first >= 0:
            yield first, last
        first = last = at
    if first >= 0:
        yield first, last


def _joined(text: str, words: Sequence[Word], spans: Spans, last: int, at: int) -> bool:
    """Whether two places belong to one name: nothing but a space or particles lies between."""
    between = text[spans[last - REACH][1] : spans[at - REACH][0]]
    if len(between) > 12 or "\n" in between:
        return False
    particles = all(map(_links, words[last + 1 : at]))
    return between in ("", " ", "-", "'", "’") or (at - last <= 3 and particles)


def _edges(
    text: str, words: Sequence[Word], spans: Spans, first: int, last: int
) -> tuple[int, int]:
    """The stretch of a name with its particles, its point of initial, its apostrophes."""
    start, end = spans[first - REACH][0], spans[last - REACH][1]
    start -= len(_left(text[max(0, start - 22) : start]))
    tail = _TAIL.match(text, end)
    end = tail.end() if tail else end
    if text[end : end + 1] == "." and words[last].shape in ("X", "x") and last > first:
        end += 1
    return start, end


# « Le Floc'h »; « Mme de la Bretonnière »; « M'Baye ».
_TAIL: Final = re.compile(r"['’][a-zà-ÿ]{1,3}(?!\w)|['’][A-Z][a-zà-ÿ]{2,20}(?!\w)")
_LEFT: Final = re.compile(
    r"(?:(?<=mme )|(?<=m\. )|(?<=mr )|(?<=monsieur )|(?<=madame )|(?<=les ))"
    r"(?P<particle>de la |de l['’]|de |du |des |d['’]|le |la |van der |van |von |el |al |ben )\Z",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(r"(?<![\w'’])(?P<initials>[MNO]['’]|(?:[A-LN-ZÀ-Ý]\.[ -]?){1,2})\Z")


def _left(before: str) -> str:
    match = _PREFIX.search(before) or _LEFT.search(before)
    return match.group(match.lastgroup or 0) if match else ""


def _reason(words: Sequence[Word], first: int, *, known: bool) -> str:
    if not known:
        return "nom déjà cité dans le texte"
    before = words[first - 1] if words[first - 1].shape[0].isalpha() else words[first - 2]
    if before.group == "C":
        return "nom après une civilité"
    if before.group == "R":
        return "nom après une fonction"
    if before.group in ("K", "Q"):
        return "nom annoncé (parenté, « je m'appelle », « nom : »)"
    if words[first].entry.first > 1:
        return "prénom des listes, placé comme un nom"
    return "mot placé comme un nom de personne"
