"""The application that the server runs."""

from __future__ import annotations

import gc
import os
import threading
import time
from typing import Any, Final

import django

from portevoix.web.config.turnstile import Turnstile

_REST: Final = 600

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portevoix.web.config.settings")
django.setup(set_prefix=False)

from portevoix.web.config.pages import Pages  # noqa: E402 (once Django is set up)

# As many drafts as may wait for a model's server together (`llm.gate`), and one that computes.
_DRAFTS_AT_ONCE: Final = 9
# With them, as many pages as may be read together; each thread keeps its connection.
_THREADS: Final = _DRAFTS_AT_ONCE + 8


def _asks_for_a_draft(scope: Any) -> bool:
    return scope.get("method") == "POST" and str(scope["path"]).endswith("/proposer/")


_pages = Turnstile(Pages(_THREADS), _DRAFTS_AT_ONCE, _asks_for_a_draft)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Pages by Django; the socket of a dictation by its own application."""
    if scope["type"] == "websocket":
        from portevoix.web.voice.socket import dictate  # noqa: PLC0415 (once Django is set up)

        await dictate(scope, receive, send)
    else:
        await _pages(scope, receive, send)


def _load() -> None:
    """What someone who writes needs at once: the index of the directory, the engines."""
    from portevoix.web.directory import search  # noqa: PLC0415
    from portevoix.web.runs import actions  # noqa: PLC0415

    search.current()
    actions.engines()


def _count() -> None:
    """What someone who reads would wait for: the figures of the site; then the dictation."""
    from portevoix.web.api.queries import statistics  # noqa: PLC0415
    from portevoix.web.experiences import likeness, queries  # noqa: PLC0415
    from portevoix.web.moderation.figures import figures as moderation  # noqa: PLC0415
    from portevoix.web.replies.queries import useful_share  # noqa: PLC0415
    from portevoix.web.runs import dictation  # noqa: PLC0415

    queries.figures()
    queries.network_sizes()
    queries.silent_since()
    useful_share()
    moderation()
    statistics(queries.Filters())
    likeness.rarity()
    dictation.engine()
    # What is loaded now stays: the collector would walk it again and again, 0.2 s each time.
    gc.collect()
    gc.freeze()


def _stay_warm() -> None:
    """Load and count what nobody should wait for, then read the statistics every ten minutes."""
    from django.db import Error, connection  # noqa: PLC0415

    from portevoix.web.replies import gathering  # noqa: PLC0415

    first = True
    while True:
        try:
            if first:
                _load()
                gathering.refresh()
                _count()
                first = False
            else:
                gathering.refresh()
        except Error:
            # No database yet: the first request will say so better than a thread.
            pass
        finally:
            connection.close()
        time.sleep(_REST)


if os.environ.get("PORTEVOIX_MODE") != "test":
    threading.Thread(target=_stay_warm, name="warm", daemon=True).start()
