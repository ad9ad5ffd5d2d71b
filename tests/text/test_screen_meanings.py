"""What words mean, as screening reads it."""

from __future__ import annotations

import numpy as np
import pytest

from portevoix.text.screening.meanings import Meanings


@pytest.fixture
def known() -> Meanings:
    values = np.array([[3, 0], [0, 4], [1, 1]], np.float32)
    return Meanings.of(["haie", "été", "ete"], values)


def test_a_word_alone_and_repeated_say_the_same_way(known: Meanings) -> None:
    once, thrice = known.of_text("haie"), known.of_text("haie haie haie")
    assert once == pytest.approx([1, 0], abs=1e-5)
    assert thrice[0] > 0
    assert thrice[1] == 0


def test_words_alike_without_accents_are_the_more_frequent_one(known: Meanings) -> None:
    assert known.of_text("ete") == pytest.approx([0, 1], abs=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "xyzzy 12"])
def test_a_text_of_unknown_words_means_nothing(known: Meanings, text: str) -> None:
    assert not known.of_text(text).any()


def test_a_rare_word_brings_more(known: Meanings) -> None:
    weighed = known.by_rarity(["haie ete", "haie", "haie", "haie"])
    before, after = known.of_text("haie ete"), weighed.of_text("haie ete")
    assert after[1] / after[0] > before[1] / before[0]


def test_meanings_are_stored_and_found_again(known: Meanings) -> None:
    weighed = known.weighed(np.eye(2, 10))
    again = Meanings.unpack(weighed.pack())
    for text in ("haie", "ete haie", "rien"):
        assert again.of_text(text) == pytest.approx(weighed.of_text(text), abs=1e-2)
