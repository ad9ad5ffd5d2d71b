"""Where the files of the pages are served from."""

from __future__ import annotations

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Files(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Named after their content once `collectstatic` has run; by their plain name until then."""

    manifest_strict = False

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002
        if not self.hashed_files:
            return f"{settings.STATIC_URL}{name}"
        return str(super().url(name, force))
