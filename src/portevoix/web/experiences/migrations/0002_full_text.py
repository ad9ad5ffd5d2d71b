"""Full-text indexes on the stems: FTS5 on SQLite, GIN on PostgreSQL."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from portevoix.web.experiences import fulltext


def install(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    fulltext.install(editor.connection)


def remove(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    fulltext.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("experiences", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
