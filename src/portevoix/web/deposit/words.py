"""What is done to words as they are typed: made safe to keep, and the title read from a story."""

from __future__ import annotations

import re
from typing import Final

_NEWLINES: Final = re.compile(r"\r\n?")
# Signs that no keyboard types and that a database may refuse.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_END_OF_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s|\n")
_GREETING: Final = re.compile(
    r"^(?:bonjour|bonsoir|madame|monsieur|messieurs|mesdames|salut|coucou)\b[^\w]*", re.IGNORECASE
)
_LONGEST: Final = 70
_SHORTEST: Final = 15


def kept(typed: str) -> str:
    """What was typed, with plain line ends and without the signs that cannot be kept."""
    return _UNSEEN.sub("", _NEWLINES.sub("\n", typed))


def suggested_title(text: str) -> str:
    """The first sentence of a story that says something, cut between two words."""
    found = ""
    for sentence in _END_OF_SENTENCE.split(_without_greeting(text)):
        found = f"{found} {sentence}".strip()
        if len(found) >= _SHORTEST:
            break
    found = " ".join(found.split()).rstrip(" .,;:…")
    if len(found) > _LONGEST:
        found = found[: _LONGEST + 1].rsplit(" ", 1)[0][:_LONGEST].rstrip(" ,;:’'") + "…"
    return found[:1].upper() + found[1:]


def _without_greeting(text: str) -> str:
    text = text.strip()
    while (shorter := _GREETING.sub("", text)) != text:
        text = shorter
    return text
