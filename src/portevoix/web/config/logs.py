"""Logs without personal data: routes rather than addresses, kinds of error rather than messages."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Final

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_SPOKEN_BY_ADDRESS: Final = ("django.request", "django.security")


class WithoutPaths(logging.Filter):
    """Replaces the address in Django's own messages by the kind of message: it may hold a token."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(_SPOKEN_BY_ADDRESS) and record.args:
            status = getattr(record, "status_code", "")
            record.msg, record.args = f"{record.name} {status}".strip(), ()
        return True


class WithoutMessages(logging.Formatter):
    """Writes where an error arose and of which kind, not its message: databases quote values."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 (the name is logging's)
        kind, _, trace = ei
        frames = "".join(
            f"  {frame.filename}:{frame.lineno} {frame.name}\n"
            for frame in traceback.extract_tb(trace)
        )
        return f"{frames}{kind.__name__ if kind else 'erreur'}"
