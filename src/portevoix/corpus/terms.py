"""Candidate keys of a segment: the phrases that may turn out to be the name of something.

A key is one to four stems joined by a space, articles and prepositions left out, so that
« certificats de vie » and « le certificat de vie » meet. A phrase never crosses a stop word,
a verb of every day, punctuation, a number or a mask: what remains has the shape of a French
noun phrase. The work is a dictionary look-up a word, since every segment passes here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import Stemmer

MAX_WORDS: Final = 4
MAX_TERMS: Final = 64
# A mask such as « [nom] » is one token, and breaks a phrase as punctuation does.
TOKEN: Final = re.compile(r"\[[^\]\n]{0,40}\]|[^\W\d_]+(?:-[^\W\d_]+)*|[\d.,;:!?()«»\"…/\n]")
PREPOSITIONS: Final = frozenset(["de", "d", "du", "des", "à", "au", "aux", "en", "sur", "par"])
ARTICLES: Final = frozenset(["la", "le", "les", "l"])
ALIASES: Final = {"rdv": "rendezvous", "rdvs": "rendezvous", "tel": "telephon", "doc": "document"}
BREAK: Final = ""
LINK: Final = "+"
ARTICLE: Final = "="
_CLITICS: Final = re.compile(
    r"(?:-t)?-(?:je|tu|il|elle|on|ils|elles|nous|vous|moi|toi|lui|leur|eux|ce|ci|là|en|y|le|la|les)$"
)
_CACHE_LIMIT: Final = 200_000


def fold(text: str) -> str:
    """The text in lower case without accents; ligatures are opened."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@cache
def stop_words() -> frozenset[str]:
    """The words that break a phrase, folded as `fold` does."""
    source = files("portevoix.data").joinpath("terms/stop.txt").read_text("utf-8")
    lines = [line for line in source.splitlines() if not line.startswith("#")]
    return frozenset(fold(word) for line in lines for word in line.split())


class _Roles(dict[str, str]):
    """What each lower-case word is: its stem, or one of BREAK, LINK, ARTICLE; learnt as met."""

    def __init__(self) -> None:
        super().__init__()
        self._stem = Stemmer.Stemmer("french", 0).stemWord

    def __missing__(self, word: str) -> str:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        role = self._role(word)
        self[word] = role
        return role

    def _role(self, word: str) -> str:
        if word in PREPOSITIONS:
            return LINK
        if word in ARTICLES:
            return ARTICLE
        if word != "rendez-vous":
            word = _CLITICS.sub("", word)
        plain = fold(word)
        joined = plain.replace("-", "")
        if len(joined) < 2 or plain.startswith("[") or plain in stop_words():
            return BREAK
        if not joined.isalpha() or joined in stop_words() or len(joined) > 40:
            return BREAK
        return ALIASES.get(joined) or fold(self._stem(word.replace("-", "")))


_ROLES = _Roles()


def role_of(word: str) -> str:
    """The stem of a lower-case word, or BREAK, LINK or ARTICLE."""
    return _ROLES[word]


def tokens_of(text: str) -> list[str]:
    """The words, masks, digits and punctuation of a text, in lower case."""
    return TOKEN.findall(text.lower())


def extract(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The candidate keys of each text, without repetition, at most `MAX_TERMS` each."""
    return [keys_of(tokens_of(text)) for text in texts]


def keys_of(tokens: Sequence[str]) -> tuple[str, ...]:
    """The candidate keys of a segment, given its tokens."""
    found: dict[str, None] = {}
    run: list[str] = []
    links = 0
    for word in tokens:
        role = _ROLES[word]
        if role == LINK:
            # Two prepositions in a row, or one with nothing before, join nothing.
            if links:
                run = []
            links += 1
        elif role == ARTICLE:
            # An article alone opens an object (« refuse le dossier »): not inside a name.
            if not links:
                run = []
        elif role == BREAK:
            run = []
            links = 0
        else:
            links = 0
            run = [*run[1 - MAX_WORDS :], role]
            _add_endings(found, run)
    return tuple(found)[:MAX_TERMS]


def _add_endings(found: dict[str, None], run: list[str]) -> None:
    """Add every phrase that ends with the last word of the run."""
    key = run[-1]
    found[key] = None
    for word in run[-2::-1]:
        key = f"{word} {key}"
        found[key] = None
