"""Words misspelled as people do, the same each time."""

from __future__ import annotations

import random

from portevoix.training.misspelling import misspelled

TEXT = "Bonjour, la conseillère a perdu mon dossier et personne ne répond depuis des semaines."


def words_changed(share: float) -> int:
    changed = misspelled(TEXT, share, random.Random(3)).split()
    return sum(before != after for before, after in zip(TEXT.split(), changed, strict=False))


def test_the_same_seed_misspells_the_same() -> None:
    assert misspelled(TEXT, 0.5, random.Random(1)) == misspelled(TEXT, 0.5, random.Random(1))


def test_as_many_as_asked() -> None:
    assert misspelled(TEXT, 0.0, random.Random(1)) == TEXT
    assert words_changed(0.2) < words_changed(1.0)


def test_capitals_and_short_words_are_left() -> None:
    text = "Le RSA de Marie est dû le 3"
    assert misspelled(text, 1.0, random.Random(1)).startswith("Le RSA de Marie")
