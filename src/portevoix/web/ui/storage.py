"""Where the files of the pages are served from."""

from __future__ import annotations

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Files(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Named after their content once `collectstatic` has run; by their plain name until then."""

    manifest_strict = False
    # Modules import one another by their plain name, which is changed like any address.
    support_js_module_import_aggregation = True

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002
        if not self.hashed_files:
            return f"{settings.STATIC_URL}{name}"
        return str(super().url(name, force))


def are_stale() -> bool:
    """Tell whether a file changed since `collectstatic` last ran."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return True
    gathered = manifest.stat().st_mtime
    return any(
        storage.get_modified_time(path).timestamp() > gathered
        for finder in get_finders()
        for path, storage in finder.list(None)
    )
