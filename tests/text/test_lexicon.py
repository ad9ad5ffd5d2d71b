"""Words are learnt once, pairs are found by their stems."""

from __future__ import annotations

import numpy as np
import pytest

from portevoix.text import lexicon
from portevoix.text.lexicon import UNKNOWN, Lexicon

FEATURES = ("w:site", "s:sit", "w:0", "site_pann", "sit_pan", "sit_en")


@pytest.fixture
def words() -> Lexicon:
    scores = np.arange(1, 7, dtype=np.float32)[:, None]
    return Lexicon(FEATURES, scores, ["site", "0"])


def test_a_word_brings_the_sum_of_what_is_known_of_it(words: Lexicon) -> None:
    assert words.sums[words["site"], 0] == 3
    assert words.sums[words["2023"], 0] == 3
    assert words.meaning[words["2023"]] == 2
    assert words.meaning[words["panne"]] == UNKNOWN


def test_known_pairs_are_found(words: Lexicon) -> None:
    rows = np.array([words["site"], words["en"], words["site"]])
    known, added = words.pairs(rows[:-1], rows[1:])
    assert known.tolist() == [True, False]
    assert added.tolist() == [[6.0]]


def test_a_stream_of_new_words_does_not_fill_the_machine(
    words: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexicon, "_MOST_WORDS", 100)
    for number in range(150):
        words[f"mot{chr(97 + number % 26)}{chr(97 + number // 26)}"]
    words.tidy()
    assert not words
    assert words.sums[words["site"], 0] == 3


def test_segments_read_in_one_go_keep_their_words(words: Lexicon) -> None:
    rows, counts = words.rows(["Site en panne !", "", "panne\x1esite", "..."])
    assert counts.tolist() == [4, 0, 2, 1]
    expected = [words[w] for w in ("site", "en", "panne", "!", "panne", "site", "...")]
    assert rows.tolist() == expected
