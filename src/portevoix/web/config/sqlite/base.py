"""Django's SQLite, whose writers wait in line (`line`) before they begin."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from portevoix.web.config.sqlite.line import Line, line_of

_WRITING: Final = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; it has its turn for a whole transaction, or for one statement alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: Line | None = None
        self.execute_wrappers.append(self._execute_alone)

    def _enter(self) -> None:
        """Wait for one's turn as long as SQLite would wait for the file."""
        if self._turn is not None or self.is_in_memory_db():
            return
        line = line_of(str(self.settings_dict["NAME"]))
        if not line.enter(self.settings_dict["OPTIONS"].get("timeout", 5)):
            raise OperationalError("database is locked")
        self._turn = line

    def _leave(self) -> None:
        line, self._turn = self._turn, None
        if line is not None:
            line.leave()

    def _execute_alone(self, execute: Callable[..., Any], sql: str, *others: Any) -> Any:
        """A statement that writes outside a transaction is one by itself."""
        if self._turn is not None or not sql.startswith(_WRITING):
            return execute(sql, *others)
        self._enter()
        try:
            return execute(sql, *others)
        finally:
            self._leave()

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        with ExitStack() as failing:
            failing.callback(self._leave)
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            failing.pop_all()

    def _commit(self) -> None:
        # A commit that fails is rolled back: the turn ends there.
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()
