"""The library of levers: complete, distinct, in plain words."""

from __future__ import annotations

import re
from collections import Counter

from portevoix.corpus.topics import Side, load_taxonomy
from portevoix.labels import COMMITMENTS
from portevoix.note.levers import load_levers
from portevoix.types import Expectation

# Words that a reader outside the office does not use.
JARGON = re.compile(
    r"\b(?:optimis|mutualis|process|digitalis|impact|pilotage|gouvernance)\w*", re.IGNORECASE
)


def test_every_expectation_has_levers_to_choose_from() -> None:
    counts = Counter(lever.expectation for lever in load_levers())
    precise = set(Expectation) - {Expectation.GEN, Expectation.RIEN}
    assert set(counts) == precise
    assert min(counts.values()) >= 5


def test_each_lever_says_who_does_what_by_when() -> None:
    for lever in load_levers():
        said = (lever.what, lever.who, lever.when, lever.first_step, lever.effect, lever.not_when)
        assert all(said), lever.id
        assert lever.topics, lever.id
        assert lever.commitment in COMMITMENTS, lever.id


def test_levers_answer_every_reproach_of_the_taxonomy() -> None:
    known = {topic.code: topic.side for topic in load_taxonomy().topics}
    answered = {topic for lever in load_levers() for topic in lever.topics}
    codes = {code for code in answered if not code.isupper()}
    assert codes <= set(known)
    assert {code for code, side in known.items() if side is Side.REPROACH} <= codes
    precise = set(Expectation) - {Expectation.GEN, Expectation.RIEN}
    assert precise <= {Expectation(code) for code in answered - codes}


def test_titles_are_distinct_short_and_plain() -> None:
    titles = [lever.title for lever in load_levers()]
    assert len(set(titles)) == len(titles)
    assert all(len(title) <= 75 and not JARGON.search(title) for title in titles)
