"""The triggers that make the journal append-only, on both databases."""

from __future__ import annotations

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE: Final = "journal_entry"
_REFUSAL: Final = "journal_entry is append-only"

_SQLITE: Final = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_{act.lower()} BEFORE {act} ON {_TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for act in ("UPDATE", "DELETE")
)
_POSTGRESQL: Final = (
    f"CREATE OR REPLACE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
    f"CREATE OR REPLACE TRIGGER {_TABLE}_no_change BEFORE UPDATE OR DELETE ON {_TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {_TABLE}_refuse()",
)
_REMOVE: Final = {
    "sqlite": tuple(f"DROP TRIGGER IF EXISTS {_TABLE}_no_{act}" for act in ("update", "delete")),
    "postgresql": (f"DROP TRIGGER IF EXISTS {_TABLE}_no_change ON {_TABLE}",),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers; nothing happens when they are there."""
    _run(connection, _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for a migration backwards, and to empty a test database."""
    _run(connection, _REMOVE[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
