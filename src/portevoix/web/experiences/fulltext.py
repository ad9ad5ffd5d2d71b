"""Words to folded stems, and the index of each database that finds them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any, Final

import Stemmer
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from portevoix.opendata.headings import fold

_TABLE: Final = "experiences_searchentry"
_INDEX: Final = "experiences_words"
_LONGEST_QUERY: Final = 12
# Words that nearly every story holds: they find nothing and cost a lot.
_STOP: Final = frozenset(
    "a ai ait alors apres au aucun aussi autre aux avait avant avec avez avoir bien c ca car "
    "ce cela ces cet cette chez ci comme d dans de depuis des deux doit donc dont du elle "
    "elles en encore est et etait etaient ete etes etre eu faire fait fois ici il ils j je l "
    "la le les leur leurs lui m ma mais me meme mes moi mon n ne ni non nos notre nous on ont "
    "ou par pas peu peut plus pour qu quand que quel quelle qui quoi s sa sans se ses si son "
    "sont sous suis sur t ta te tes toi ton tous tout toute toutes tres tu un une vers vos "
    "votre vous y".split()
)

_SQLITE: Final = (
    f"CREATE VIRTUAL TABLE {_INDEX} USING fts5(stems, content='{_TABLE}', "
    "content_rowid='experience_id', tokenize='ascii', detail='none')",
    f"CREATE TRIGGER {_INDEX}_added AFTER INSERT ON {_TABLE} BEGIN "
    f"INSERT INTO {_INDEX}(rowid, stems) VALUES (new.experience_id, new.stems); END",
    f"CREATE TRIGGER {_INDEX}_removed AFTER DELETE ON {_TABLE} BEGIN "
    f"INSERT INTO {_INDEX}({_INDEX}, rowid, stems) "
    "VALUES ('delete', old.experience_id, old.stems); END",
    f"CREATE TRIGGER {_INDEX}_changed AFTER UPDATE ON {_TABLE} BEGIN "
    f"INSERT INTO {_INDEX}({_INDEX}, rowid, stems) "
    "VALUES ('delete', old.experience_id, old.stems); "
    f"INSERT INTO {_INDEX}(rowid, stems) VALUES (new.experience_id, new.stems); END",
)
_POSTGRESQL: Final = (
    f"CREATE INDEX {_INDEX} ON {_TABLE} USING gin (to_tsvector('simple', stems))",
)
# Stored, the words of a story are not split again each time one of them is looked for.
_STORED: Final = (
    f"ALTER TABLE {_TABLE} ADD COLUMN words tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', stems)) STORED",
    f"DROP INDEX {_INDEX}",
    f"CREATE INDEX {_INDEX} ON {_TABLE} USING gin (words)",
)
_NOT_STORED: Final = (
    f"DROP INDEX {_INDEX}",
    f"ALTER TABLE {_TABLE} DROP COLUMN words",
    *_POSTGRESQL,
)

_POSTGRESQL_SEARCH: Final = (
    f"SELECT experience_id FROM {_TABLE} WHERE words @@ to_tsquery('simple', %s)"
)

_stemmers = threading.local()


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, folded, in their order, without the commonest."""
    if not hasattr(_stemmers, "french"):
        # A stemmer is not made to be shared by threads.
        _stemmers.french = Stemmer.Stemmer("french")
    words = [word for word in fold(text).split() if word not in _STOP]
    found: list[str] = _stemmers.french.stemWords(words)
    return found


def matching(words: str) -> RawSQL | None:
    """Return the condition « its text holds each of these words »; None when no word is left.

    Use it as `Experience.objects.filter(pk__in=matching(words))`.
    """
    wanted = list(dict.fromkeys(stems(words)))[:_LONGEST_QUERY]
    if not wanted:
        return None
    if connection.vendor == "sqlite":
        query = " AND ".join(f'"{stem}"' for stem in wanted)
        return _raw(f"SELECT rowid FROM {_INDEX} WHERE {_INDEX} MATCH %s", query)
    # Stems hold letters and digits only: nothing in them is an operator.
    return _raw(_POSTGRESQL_SEARCH, " & ".join(wanted))


def holding_two(pairs: Iterable[tuple[str, str]]) -> RawSQL:
    """Return the condition « its text holds both stems of one of these pairs »."""
    if connection.vendor == "sqlite":
        query = " OR ".join(f'("{one}" AND "{other}")' for one, other in pairs)
        return _raw(f"SELECT rowid FROM {_INDEX} WHERE {_INDEX} MATCH %s", query)
    query = " | ".join(f"({one} & {other})" for one, other in pairs)
    return _raw(_POSTGRESQL_SEARCH, query)


def _raw(sql: str, *params: Any) -> RawSQL:
    return RawSQL(sql, params, output_field=models.BigIntegerField())


def install(database: BaseDatabaseWrapper) -> None:
    """Make the index."""
    _run(database, _SQLITE if database.vendor == "sqlite" else _POSTGRESQL)


def remove(database: BaseDatabaseWrapper) -> None:
    """Take the index away."""
    if database.vendor == "sqlite":
        triggers = [f"DROP TRIGGER {_INDEX}_{act}" for act in ("added", "removed", "changed")]
        _run(database, (*triggers, f"DROP TABLE {_INDEX}"))
    else:
        _run(database, (f"DROP INDEX {_INDEX}",))


def store(database: BaseDatabaseWrapper) -> None:
    """Keep the words split, on PostgreSQL; SQLite's index already does."""
    if database.vendor == "postgresql":
        _run(database, _STORED)


def unstore(database: BaseDatabaseWrapper) -> None:
    if database.vendor == "postgresql":
        _run(database, _NOT_STORED)


def _run(database: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
