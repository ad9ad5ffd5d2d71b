"""The measure of an effect, on places made up with a known one."""

from __future__ import annotations

import numpy as np
import pytest

from portevoix.corpus.effects import Panel, difference_in_differences

PLACES = 12


def drawn(random: np.random.Generator, size: int, start: float, change: float) -> Panel:
    """A place whose share goes from `start` to `start + change`."""
    before, after = random.binomial(size, start), random.binomial(size, start + change)
    return Panel(int(before), size, int(after), size)


def trial(random: np.random.Generator, effect: float, size: int = 120) -> tuple[bool, bool]:
    """Everywhere −3 points, give or take two; here `effect` more. Held? Concluded?"""
    start = random.uniform(0.35, 0.5, PLACES + 1)
    drift = random.normal(-0.03, 0.02, PLACES + 1)
    peers = [drawn(random, size, s, d) for s, d in zip(start[1:], drift[1:], strict=True)]
    here = drawn(random, size, start[0], drift[0] + effect)
    found = difference_in_differences(here, peers)
    assert found is not None
    return found.low <= effect <= found.high, found.conclusive


@pytest.mark.parametrize("effect", [0.0, -0.1, -0.2])
def test_the_interval_holds_the_true_effect(effect: float) -> None:
    random = np.random.default_rng(7)
    held = [trial(random, effect)[0] for _ in range(600)]
    assert np.mean(held) >= 0.93


def test_nothing_done_is_seldom_taken_for_something() -> None:
    random = np.random.default_rng(11)
    concluded = [trial(random, 0.0)[1] for _ in range(600)]
    assert np.mean(concluded) <= 0.065


def test_a_large_effect_is_seen() -> None:
    random = np.random.default_rng(13)
    concluded = [trial(random, -0.2)[1] for _ in range(300)]
    assert np.mean(concluded) >= 0.7


def test_what_moves_everywhere_is_no_effect() -> None:
    peers = [Panel(40, 100, 20, 100) for _ in range(6)]
    found = difference_in_differences(Panel(40, 100, 20, 100), peers)
    assert found is not None
    assert found.difference == pytest.approx(0)
    assert not found.conclusive


@pytest.mark.parametrize("peers", [[], [Panel(1, 20, 1, 20)] * 2, [Panel(0, 0, 3, 9)] * 9])
def test_too_little_to_compare_with(peers: list[Panel]) -> None:
    assert difference_in_differences(Panel(4, 20, 1, 20), peers) is None


def test_small_places_count_together() -> None:
    peers = [Panel(2, 5, 1, 5) for _ in range(8)] + [Panel(20, 60, 15, 60)] * 3
    found = difference_in_differences(Panel(20, 50, 10, 50), peers)
    assert found is not None
    assert found.peers == 4
