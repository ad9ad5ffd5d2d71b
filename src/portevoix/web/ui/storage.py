"""Where the files of the pages are served from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

_NOT_LOADED: Final = "django_htmx/ext/"


class Files(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Named after their content once `collectstatic` has run; by their plain name until then."""

    manifest_strict = False
    # Modules import one another by their plain name, which is changed like any address.
    support_js_module_import_aggregation = True

    def post_process(
        self,
        paths: dict[str, Any],
        dry_run: bool = False,  # noqa: FBT001, FBT002
        **options: Any,
    ) -> Iterator[tuple[str, str, bool]]:
        """Leave out the extensions of htmx: no page loads them, one imports what is not there."""
        named = {name: path for name, path in paths.items() if not name.startswith(_NOT_LOADED)}
        yield from super().post_process(named, dry_run, **options)

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
