"""The checks that read grammar rather than a list: length, passive, acronyms, negations, rarity."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final

import Stemmer

from portevoix.text.plain.remarks import Kind, Remark
from portevoix.text.plain.wording import language
from portevoix.text.redact.lexicon import fold, look_up

LONG: Final = 25
VERY_LONG: Final = 35
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COUNTED: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BE: Final = (
    "suis|es|est|sommes|êtes|sont|étais|était|étions|étiez|étaient|sera|serai|seras|serons|serez"
    "|seront|serais|serait|serions|seriez|seraient|soit|soient|soyez|été|être"
)
# Up to two adverbs between: « est désormais toujours traité ».
_PASSIVE: Final = re.compile(
    rf"\b(?P<be>{_BE})(?:\s(?:pas|plus|bien|aussi|déjà|toujours|souvent|encore|rapidement|désormais"
    r"|ensuite|automatiquement|normalement|\w+ment)){0,2}\s(?P<participle>[^\W\d_]{2,})",
    re.IGNORECASE,
)
_SELF: Final = re.compile(
    r"(?:\bs'|\bse\s|\bvous vous\s|\bnous nous\s|\bm'|\bme\s)(?:y\s)?$", re.IGNORECASE
)
# Verbs whose past is made with « être », and participles that say a state, not who acts.
_NOT_PASSIVE: Final = frozenset(
    "allé venu arrivé parti resté tombé né mort décédé entré monté descendu retourné passé devenu "
    "revenu rentré sorti intervenu parvenu survenu apparu désolé situé obligé âgé concerné "
    "intéressé adapté satisfait ouvert fermé fatigué marié séparé handicapé inscrit déçu absolu "
    "ravi fait dû connu attaché engagé convaincu perdu joint vrai aussi ici lundi mardi jeudi "
    "vendredi samedi midi "
    "élevé touché décidé pressé isolé privé".split()
)
_AGREEMENT: Final = re.compile(r"(?:e|s|es)$")
_PARTICIPLE: Final = re.compile(
    r"(?:é|(?:pr|m)is|quis|[^q]u|crit|dit|duit|truit|[fv]ert|[eao]int|[^u]i)(?:e|s|es)?$"
)
_ACRONYM: Final = re.compile(r"(?<![\w-])[A-ZÀÉÈ]{2,10}(?:-[A-Z]{2,8})?(?![\w-])")
# Everybody says these words rather than what they stand for.
_EVERYDAY: Final = frozenset(
    "SMS PDF TV SOS RDV WW CV CDI CDD PACS SNCF EDF FAQ OK QR TVA SAMU SMIC HLM GPS CD DVD USB ID "
    "IP WIFI UE USA RER TGV RATP BP II III IV VI VII VIII IX XI XII XX XXI".split()
)
_NEGATIVE: Final = re.compile(
    r"\b(?:ne|n')\s?[^.;:!?]{1,40}?\b(?:pas|plus|jamais|rien|aucun|aucune)\b|\bsans\b"
    r"|\bà moins que?\b|\bexclu(?:re|s|t|ons|ez|ent)\b|\brefus(?:er|ez|ons|ent|é)\b",
    re.IGNORECASE,
)
# Clauses that stand side by side are read one after the other.
_APART: Final = re.compile(r"[,:;()]|\b(?:et|mais|ni|ou|car)\b")
_NEAR: Final = 50
_RARE_LENGTH: Final = 7


def long_sentence(sentence: str, start: int) -> Iterator[Remark]:
    """A sentence of more than 25 words."""
    words = len(_COUNTED.findall(sentence))
    if words > LONG:
        how = "très longue" if words > VERY_LONG else "longue"
        message = f"Phrase {how}\u00a0: {words}\u00a0mots. Coupez-la en deux."
        yield Remark(Kind.LONG, start, start + len(sentence), message)


def passive(sentence: str, start: int) -> Iterator[Remark]:
    """« sera examiné »: one does not know who acts."""
    for match in _PASSIVE.finditer(sentence):
        if _SELF.search(sentence[: match.start()]) or not _is_participle(match["participle"]):
            continue
        said = sentence[match.start() : match.end()]
        message = (
            f"«\u00a0{said}\u00a0»\u00a0: dites qui agit, «\u00a0nous\u00a0» ou «\u00a0vous\u00a0»."
        )
        yield Remark(Kind.PASSIVE, start + match.start(), start + match.end(), message)


def _is_participle(word: str) -> bool:
    low = word.lower()
    if low in _NOT_PASSIVE or _AGREEMENT.sub("", low) in _NOT_PASSIVE:
        return False
    return bool(_PARTICIPLE.search(low)) and "p" in look_up(fold(low)).parts


def double_negation(sentence: str, start: int) -> Iterator[Remark]:
    """Two negations that bear on each other: the reader must reckon."""
    for first, second in pairwise(_NEGATIVE.finditer(sentence)):
        between = sentence[first.end() : second.start()]
        if len(between) < _NEAR and not _APART.search(between):
            message = "Deux négations\u00a0: dites plutôt ce qui est possible, ou à faire."
            yield Remark(Kind.NEGATION, start + first.start(), start + second.end(), message)
            return


def rare_words(sentence: str, start: int) -> Iterator[Remark]:
    """Words of the language that people hardly ever write."""
    for match in _WORD.finditer(sentence):
        word = match[0]
        if len(word) < _RARE_LENGTH or not word.islower() or "-" in word:
            continue
        entry = look_up(fold(word))
        named = entry.place or entry.first
        if entry.parts and not entry.usual and not named and not _known_stem(word):
            message = f"«\u00a0{word}\u00a0» est un mot rare\u00a0: un mot plus courant\u00a0?"
            yield Remark(Kind.RARE, start + match.start(), start + match.end(), message)


def _known_stem(word: str) -> bool:
    """Whether people and official pages use a word of this family."""
    stemmed = Stemmer.Stemmer("french", 0).stemWord
    return bool({fold(stemmed(word)), stemmed(fold(word))} & _background())


@cache
def _background() -> frozenset[str]:
    source = resources.files("portevoix") / "data" / "terms" / "background.tsv"
    return frozenset(line.partition("\t")[0] for line in source.read_text("utf-8").splitlines())


def acronyms(text: str, known: Collection[str]) -> Iterator[Remark]:
    """Each acronym, the first time it stands, unless it is explained there or known."""
    seen: set[str] = set()
    for match in _ACRONYM.finditer(text):
        name = match[0].upper()
        if name in seen or name in _EVERYDAY or name in known:
            continue
        seen.add(name)
        full, plain = _expansions().get(name, ("", ""))
        if _explained(text, match, full) or _shouted(text, match):
            continue
        instead = tuple(filter(None, (full, plain)))
        message = f"Sigle non expliqué\u00a0: {name}."
        if full:
            message += f" Écrivez d'abord «\u00a0{full} ({name})\u00a0»."
        yield Remark(Kind.ACRONYM, match.start(), match.end(), message, instead)


def _explained(text: str, match: re.Match[str], full: str) -> bool:
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if after.startswith("(") and " " in after.partition(")")[0]:
        return True
    if before.endswith("(") and after.startswith((")", ",", " :")):
        return True
    return bool(full) and fold(full) in fold(text)


def _shouted(text: str, match: re.Match[str]) -> bool:
    """A whole line in capitals holds no acronym: it shouts."""
    line = text[text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 14 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


@cache
def _expansions() -> dict[str, tuple[str, str]]:
    return {
        str(row["acronym"]).upper(): (str(row["full"]), str(row["plain"]))
        for row in language()["acronyms"]
    }
