"""Figures kept some minutes: counted by one reader at a time, then again behind the readers' back.

Counting a big site takes a second. Whoever comes after the minutes are over is given the figures as
they were, and they are counted again meanwhile; nobody waits but the very first.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, Final, TypeVar

from django.core.cache import caches
from django.db import connections

_FRESH_SECONDS: Final = 300
# Figures older than this are never given: a site that nobody read for an hour counts first.
_GIVEN_SECONDS: Final = 3_600

_logger = logging.getLogger(__name__)

Counted = TypeVar("Counted")

_guard = threading.Lock()
_counting: dict[str, Future[Any]] = {}
_behind: set[str] = set()
_asked: SimpleQueue[tuple[str, Callable[[], Any]]] = SimpleQueue()
_hand: list[threading.Thread] = []


def kept(name: str, count: Callable[[], Counted]) -> Counted:
    """Return what `count` returned some minutes ago; older, it is counted again meanwhile.

    `name` says what is counted, in full; None is kept like any other value. Errors of `count` reach
    the reader who waits for it, never the one who is given earlier figures.
    """
    found: tuple[float, Counted] | None = caches["local"].get(f"kept:{name}")
    if found is None:
        return _count_once(name, count)
    counted_at, value = found
    if time.time() - counted_at >= _FRESH_SECONDS:
        _count_behind(name, count)
    return value


def _count_once(name: str, count: Callable[[], Counted]) -> Counted:
    """Count, or wait for the reader who is counting the same."""
    with _guard:
        running = _counting.get(name)
        if running is None:
            mine = _counting[name] = Future()
    if running is not None:
        value: Counted = running.result()
        return value
    try:
        value = count()
        caches["local"].set(f"kept:{name}", (time.time(), value), _GIVEN_SECONDS)
    except BaseException as error:
        mine.set_exception(error)
        raise
    else:
        mine.set_result(value)
    finally:
        with _guard:
            del _counting[name]
    return value


def _count_behind(name: str, count: Callable[[], Any]) -> None:
    """Leave it to the one thread that counts for nobody in particular."""
    with _guard:
        if name in _behind:
            return
        _behind.add(name)
        if not _hand:
            _hand.append(threading.Thread(target=_count_all, name="figures", daemon=True))
            _hand[0].start()
    _asked.put((name, count))


def _count_all() -> None:
    while True:
        name, count = _asked.get()
        try:
            _count_once(name, count)
        except Exception as error:  # noqa: BLE001
            # The earlier figures stay and the next reader asks again; the thread outlives anything.
            _logger.warning("figures not counted again: %s", type(error).__name__)
        finally:
            with _guard:
                _behind.discard(name)
            connections.close_all()
