"""Peaks: seldom cried for nothing, seen when there."""

from __future__ import annotations

import numpy as np
import pytest

from portevoix.corpus.peaks import peaks, surprise


def quiet(random: np.random.Generator, places: int, *, lively: bool) -> np.ndarray:  # type: ignore[type-arg]
    """Weeks in which nothing happens; `lively` ones vary twice as much as chance alone."""
    means = random.uniform(0.2, 12, places)[:, None]
    if lively:
        return random.negative_binomial(means, 0.5, (places, 27))
    return random.poisson(means, (places, 27))


@pytest.mark.parametrize("lively", [False, True])
def test_quiet_weeks_seldom_alarm(*, lively: bool) -> None:
    random = np.random.default_rng(5)
    alarmed = [len(peaks(quiet(random, 100, lively=lively))) for _ in range(200)]
    assert np.mean(np.array(alarmed) > 0) <= 0.15


def test_a_peak_is_seen_among_many() -> None:
    random = np.random.default_rng(6)
    weeks = quiet(random, 100, lively=False)
    weeks[17] = random.poisson(3, 27)
    weeks[17, -1] = 18
    assert 17 in peaks(weeks).tolist()


def test_few_stories_are_no_peak() -> None:
    weeks = np.zeros((3, 27), np.int64)
    weeks[1, -1] = 4
    assert peaks(weeks).tolist() == []


def test_too_few_weeks_say_nothing() -> None:
    assert peaks(np.array([[1, 1, 1, 40]])).tolist() == []
    assert peaks(np.zeros((0, 27), np.int64)).tolist() == []


def test_surprise_is_a_probability() -> None:
    weeks = np.array([[0] * 26 + [0], [5] * 26 + [5], [5] * 26 + [60]])
    found = surprise(weeks)
    assert ((found >= 0) & (found <= 1)).all()
    assert found[2] < 1e-6 < found[1]
