"""`path__under="/12/845/"`: that place of the tree and all below, by the index on each database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


@models.CharField.register_lookup
class Under(models.Lookup[str]):
    """Starts with a path. SQLite's LIKE folds case and so ignores indexes: a range there."""

    lookup_name = "under"
    prepare_rhs = True

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        left, params = self.process_lhs(compiler, connection)
        # « 0 » is the character that follows « / ».
        return f"({left} >= %s AND {left} < %s)", (*params, self.rhs, *params, self.rhs[:-1] + "0")

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", (*params, f"{self.rhs}%")
