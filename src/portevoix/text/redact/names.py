"""Names of persons: which words may be one, what the learned weights say, where each name ends.

Most words of a text are looked up once in the lists and go no further.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from portevoix.text.redact.civilities import called
from portevoix.text.redact.kinds import Kind
from portevoix.text.redact.situations import LISTED, needed, plain
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
from portevoix.text.redact.vocabulary import PARTICLES
from portevoix.types import PersonalData

# From this probability, a name is hidden wherever it stands again.
SURE: Final = 0.7
_INITIALS: Final = frozenset(("X", "x", "X.", "x."))
_CAPITAL: Final = frozenset(("Xx", "XX", "Xx-Xx"))


def candidates(words: Sequence[Word]) -> list[int]:
    """The places of padded `words` that may be part of a name: the learned weights decide."""
    chosen = _by_themselves(words)
    return sorted(chosen.union(*(_beside(words, at) for at in chosen)))


def _by_themselves(words: Sequence[Word]) -> set[int]:
    """The places of words that may be a name without what stands beside them."""
    told = [at for at, word in enumerate(words) if word.told]
    chosen: set[int] = set()
    for at in told:
        word = words[at]
        if word.alone and (word.alone > 1 or words[at - 1].key not in ENDS):
            chosen.add(at)
        if word.group in ANNOUNCING:
            chosen.update(_announced(words, at))
    return chosen


def _announced(words: Sequence[Word], at: int) -> Iterator[int]:
    """The word or two after a civility, a function, a relation, « je m'appelle »."""
    after = at + 1
    if words[after].shape in (".", ":", ",", "«", '"'):
        after += 1
    while words[at].group == "C" and words[after].group == "P" and after - at < 5:
        after += 1  # « M. de La Tour »
    named = words[at].group in ("C", "Q", "Y")
    for place in (after, after + 1):
        word = words[place]
        if not word.shape[0].isalpha():
            return
        if (word.possible and (named or _fits(word))) or called(words, place):
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
    places = sorted(_by_themselves(words))
    if not places:
        return {}
    case = letter_case(words)
    found = first_reading(words, places, case, weights)
    likely = [at for at, chance in found.items() if chance > UNLIKELY or called(words, at)]
    if not likely:
        return {}
    # Initials and particles are read beside what may be a name alone.
    beside = {near for at in likely for near in _beside(words, at)}.difference(found)
    found |= first_reading(words, sorted(beside), case, weights)
    found = dict(sorted(found.items()))
    return second_reading(words, found, case, weights)


def names(text: str, weights: Weights | None = None) -> Iterator[PersonalData]:
    """The names of `text`, and every other place where a name found stands again."""
    words = padded(words_of(text))
    found = probabilities(words, weights or shipped())
    sure = {
        at
        for at, chance in found.items()
        if (chance > LISTED or plain(words, at)) and chance > needed(words, at)
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
    return (word.group != "P" and len(word.folded) > 1) or called(words, at)


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
        if word.shape not in ("Xx", "Xx-Xx") or word.group:
            continue
        # « Jean Barre »: a word of the language, but a family name after a sure first name.
        named = step == 1 and words[at].entry.first == 3 and word.entry.family
        if word.ordinary and not (named and found.get(at, 0.0) > SURE):
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
    start -= len(_left(text[max(0, start - 22) : start])) or _article(text, words[first], start)
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
_PREFIX: Final = re.compile(
    r"(?<![\w'’])(?P<initials>[MNO]['’]|(?:[A-LN-ZÀ-Ý]\.[ -]?){1,2}|[a-ln-z]\. )\Z"
)


_ARTICLE: Final = re.compile(r"(?<![\w'’])(?:Le|La|Du|De|Des) \Z")


def _article(text: str, word: Word, start: int) -> int:
    """The length of the article of « Le Goff »: only before what is a family name alone."""
    if word.shape != "Xx" or word.ordinary or word.entry.first > 2 or not word.entry.family:
        return 0
    match = _ARTICLE.search(text, max(0, start - 4), start)
    return len(match.group()) if match else 0


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
