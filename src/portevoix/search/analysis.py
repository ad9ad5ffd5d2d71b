"""How texts and questions become terms: French stems without accents, without empty words.

One analyzer serves the index, the questions and the meanings, so that they always agree.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib import resources
from typing import Final

import tantivy

NAME: Final = "portevoix_fr"
_local = threading.local()


def build() -> tantivy.TextAnalyzer:
    """A new analyzer."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.custom_stopword(list(_empty_words())))
        .filter(tantivy.Filter.stemmer("french"))
        .filter(tantivy.Filter.ascii_fold())
        .build()
    )


def terms(text: str) -> list[str]:
    """The terms of a text, in order."""
    analyzer: tantivy.TextAnalyzer | None = getattr(_local, "analyzer", None)
    if analyzer is None:
        # One a thread: the analyzer works in a buffer of its own.
        analyzer = _local.analyzer = build()
    return analyzer.analyze(text)


@cache
def _empty_words() -> tuple[str, ...]:
    source = resources.files("portevoix") / "data" / "search" / "empty_words.txt"
    return tuple(
        word
        for line in source.read_text("utf-8").splitlines()
        if not line.startswith("#")
        for word in line.split()
    )
