"""Figures kept: counted once, given while they are counted again, never lost to an error."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.db import OperationalError

from portevoix.web.ui.kept import _GIVEN_SECONDS, kept

_PATIENCE = 10


class Counter:
    """Counts how often it counted; may be told to wait or to fail."""

    def __init__(self) -> None:
        self.calls = 0
        self.threads: list[str] = []
        self.go = threading.Event()
        self.go.set()
        self.error: Exception | None = None

    def __call__(self) -> int | None:
        self.calls += 1
        self.threads.append(threading.current_thread().name)
        if not self.go.wait(_PATIENCE):
            raise AssertionError("nobody let it count")
        if self.error:
            raise self.error
        return self.calls


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Move the clock of the figures."""
    start, moved = time.time(), [0.0]
    monkeypatch.setattr("portevoix.web.ui.kept.time.time", lambda: start + moved[0])

    def move(seconds: float) -> None:
        moved[0] += seconds

    yield move
    monkeypatch.undo()


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def test_what_is_fresh_is_not_counted_again() -> None:
    count = Counter()
    assert [kept("fresh", count) for _ in range(3)] == [1, 1, 1]
    assert count.calls == 1


def test_nothing_is_a_figure_too() -> None:
    calls: list[int] = []
    for _ in range(2):
        assert kept("nothing", lambda: calls.append(1)) is None
    assert len(calls) == 1


def test_names_do_not_meet() -> None:
    assert kept("one", lambda: 1) == 1
    assert kept("two", lambda: 2) == 2


def test_earlier_figures_are_given_while_they_are_counted_again(
    later: Callable[[float], None],
) -> None:
    count = Counter()
    assert kept("stale", count) == 1
    later(301)
    count.go.clear()
    assert kept("stale", count) == 1
    assert kept("stale", count) == 1
    count.go.set()
    wait_until(lambda: kept("stale", count) == 2)
    assert count.calls == 2
    assert count.threads[1] == "figures"


def test_figures_too_old_are_counted_before_they_are_given() -> None:
    count = Counter()
    kept("old", count)
    caches["local"].touch("kept:old", 0)
    assert kept("old", count) == 2
    assert _GIVEN_SECONDS >= 3_600


def test_readers_at_once_count_once() -> None:
    count = Counter()
    count.go.clear()
    found: list[int | None] = []
    readers = [
        threading.Thread(target=lambda: found.append(kept("crowd", count))) for _ in range(8)
    ]
    for reader in readers:
        reader.start()
    wait_until(lambda: count.calls == 1)
    count.go.set()
    for reader in readers:
        reader.join(_PATIENCE)
    assert found == [1] * 8
    assert count.calls == 1


def test_an_error_reaches_the_reader_who_waits_and_is_not_kept() -> None:
    count = Counter()
    count.error = OperationalError("gone")
    with pytest.raises(OperationalError):
        kept("error", count)
    count.error = None
    assert kept("error", count) == 2


def test_an_error_behind_leaves_the_earlier_figures(
    later: Callable[[float], None], caplog: pytest.LogCaptureFixture
) -> None:
    count = Counter()
    assert kept("behind", count) == 1
    later(301)
    count.error = OperationalError("the word of a person")
    assert kept("behind", count) == 1
    wait_until(lambda: bool(caplog.records))
    assert "OperationalError" in caplog.text
    assert "the word of a person" not in caplog.text
    count.error = None
    wait_until(lambda: (kept("behind", count) or 0) > 1)
