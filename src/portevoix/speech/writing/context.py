"""What the learned model of capitals sees of a word and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from portevoix.speech.writing.words import key
from portevoix.text.redact.tokens import look_up


def case_features(words: Sequence[str], starts: Sequence[bool]) -> list[list[str]]:
    """For each word, what says whether it takes a capital. `starts`: it begins a sentence.

    Rare words are seen through the lists of names and places alone: no name is learned by heart.
    """
    seen = [look_up(word) if word else look_up("-") for word in words]
    codes = [
        f"{w.entry.first == 3:d}{w.entry.family:d}{w.entry.place:d}{w.entry.usual > 0:d}{w.group}"
        for w in seen
    ]
    keys = [key(w) if s.entry.usual or s.group else "?" for w, s in zip(words, seen, strict=True)]
    codes, keys = ["<", *codes, ">", ">"], ["<", *keys, ">", ">"]
    out = []
    for i, start in enumerate(starts, start=1):
        own = key(words[i - 1])
        out.append([
            f"0{own}", f"c{codes[i]}", f"s{start:d}{codes[i]}", f"t{own[-3:]}{codes[i]}",
            f"-{keys[i - 1]}", f"+{keys[i + 1]}", f"a{keys[i - 1]}|{codes[i]}",
            f"b{codes[i]}|{keys[i + 1]}", f"d{keys[i - 1]}|{own}", f"e{own}|{keys[i + 1]}",
            f"f{codes[i - 1]}|{codes[i]}|{codes[i + 1]}", f"g{own}|{keys[i + 1]}|{keys[i + 2]}",
        ])  # fmt: skip
    return out
