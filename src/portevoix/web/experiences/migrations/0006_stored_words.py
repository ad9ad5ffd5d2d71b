"""The words of published stories, kept split on PostgreSQL."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from portevoix.web.experiences import fulltext


def store(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    fulltext.store(editor.connection)


def unstore(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    fulltext.unstore(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("experiences", "0005_agents")]
    operations = [migrations.RunPython(store, unstore)]
