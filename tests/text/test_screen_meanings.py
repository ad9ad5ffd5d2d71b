"""What words mean, as screening reads it."""

from __future__ import annotations

import numpy as np
import pytest

from portevoix.text.screening.meanings import Meanings


@pytest.fixture
def known() -> Meanings:
    values = np.array([[3, 0], [0, 4], [1, 1]], np.float32)
    return Meanings.learned(["haie", "été", "ete"], values)


def test_a_word_alone_and_repeated_say_the_same_way(known: Meanings) -> None:
    once, thrice = known.of("haie".split()), known.of("haie haie haie".split())
    assert once == pytest.approx([1, 0], abs=1e-5)
    assert thrice[0] > 0
    assert thrice[1] == 0


def test_words_alike_without_accents_are_the_more_frequent_one(known: Meanings) -> None:
    assert known.of("ete".split()) == pytest.approx([0, 1], abs=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "xyzzy 12"])
def test_a_text_of_unknown_words_means_nothing(known: Meanings, text: str) -> None:
    assert not known.of(text.split()).any()


def test_a_rare_word_brings_more(known: Meanings) -> None:
    weighed = known.by_rarity([["haie", "ete"], ["haie"], ["haie"], ["haie"]])
    before, after = known.of("haie ete".split()), weighed.of("haie ete".split())
    assert after[1] / after[0] > before[1] / before[0]


def test_meanings_are_stored_and_found_again(known: Meanings) -> None:
    weighed = known.weighed(np.eye(2, 10))
    again = Meanings.unpack(weighed.pack())
    for text in ("haie", "ete haie", "rien"):
        assert again.of(text.split()) == pytest.approx(weighed.of(text.split()), abs=1e-2)
