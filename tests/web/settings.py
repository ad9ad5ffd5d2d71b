"""The settings of the site, for tests: plain files, quick hashes, mail kept in memory."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("PORTEVOIX_MODE", "test")
os.environ.setdefault("PORTEVOIX_HOME", tempfile.mkdtemp(prefix="portevoix-tests-"))
os.environ.setdefault("PORTEVOIX_SECRET_KEY", "only-for-tests-" + "abcdefghijklmnopqrstuvwxyz" * 2)

from portevoix.web.config.settings import *  # noqa: F403
from portevoix.web.config.settings import DATABASES, PORTEVOIX_HOME

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PORTEVOIX_INDEX = None
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Test connections are closed one by one: a pool would keep the database open.
    DATABASES["default"]["OPTIONS"].pop("pool")
else:
    # On disk: the threads of a live server share it as they would in production.
    DATABASES["default"]["TEST"] = {"NAME": str(PORTEVOIX_HOME / "test.sqlite3")}
