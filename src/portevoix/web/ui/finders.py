"""The few files of the DSFR that pages use, out of the 1 600 that the package holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

_PREFIX: Final = "dsfr"
_WANTED: Final = (
    "dsfr.main.min.css",
    "dsfr.module.min.js",
    "utility/icons/icons.main.min.css",
    "favicon/*",
    "fonts/*.woff",
    "fonts/*.woff2",
    "icons/*/*.svg",
    "artwork/*.svg",
    "artwork/background/*",
)


class DesignSystemFinder(BaseFinder):
    """Finds `dsfr/…` among the wanted files of the installed package."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self.root: Path = settings.DSFR_FILES
        self.storage = FileSystemStorage(location=self.root)
        self.storage.prefix = _PREFIX  # type: ignore[attr-defined]

    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        name = Path(path)
        if name.parts[:1] != (_PREFIX,):
            return []
        inside = name.relative_to(_PREFIX)
        found = self.root / inside
        if ".." in inside.parts or not any(inside.match(w) for w in _WANTED) or not found.is_file():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for pattern in _WANTED:
            for path in sorted(self.root.glob(pattern)):
                if path.is_file():
                    yield str(path.relative_to(self.root)), self.storage
