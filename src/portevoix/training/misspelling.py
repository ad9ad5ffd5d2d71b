"""Words as people misspell them: what is unknown to the lists is more often that than a name."""

from __future__ import annotations

import random
import re
from typing import Final

# What sounds the same, most of it; each is tried on the whole word.
_SOUNDS: Final = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"é(?=\b)|er\b", "é"),
        (r"é\b|és\b|ée\b", "er"),
        (r"eau", "o"),
        (r"au", "o"),
        (r"ph", "f"),
        (r"qu", "k"),
        (r"c(?=[ao])", "k"),
        (r"ss", "s"),
        (r"s(?=[aeiou])", "ss"),
        (r"tion", "sion"),
        (r"(?<=\w{3})[est]\b", ""),
        (r"(?<=\w{3})ent\b", "e"),
        (r"ai", "é"),
        (r"en", "an"),
        (r"an", "en"),
        (r"ez\b", "é"),
        (r"[éèê]", "e"),
        (r"ç", "s"),
        (r"h", ""),
        (r"([bcdflmnprst])\1", r"\1"),
        (r"(?<=[aeiou])([lmnpt])(?=[aeiou])", r"\1\1"),
    )
)
_WORD: Final = re.compile(r"(?<![\w'’])[a-zà-ÿ]{4,}(?![\w'’])")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def misspelled(text: str, share: float, draw: random.Random) -> str:
    """Return a text where about `share` of its longer words in small letters are misspelled."""

    def maybe(match: re.Match[str]) -> str:
        return _misspell(match.group(), draw) if draw.random() < share else match.group()

    glued = re.sub(
        r"(?<=[a-zà-ÿ]{2})[ '’](?=[a-zà-ÿ]{2})",
        lambda space: "" if draw.random() < share / 6 else space.group(),
        text,
    )
    return _WORD.sub(maybe, glued)


def _misspell(word: str, draw: random.Random) -> str:
    sounds = [(pattern, written) for pattern, written in _SOUNDS if pattern.search(word)]
    if sounds and draw.random() < 0.6:
        pattern, written = draw.choice(sounds)
        return pattern.sub(written, word, count=1)
    place = draw.randrange(1, len(word))
    way = draw.randrange(4)
    if way == 0:
        return word[:place] + word[place + 1 :]
    if way == 1:
        return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
    if way == 2:
        return word[:place] + draw.choice(_LETTERS) + word[place:]
    return word[:place] + draw.choice(_LETTERS) + word[place + 1 :]
