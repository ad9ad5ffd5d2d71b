"""The secret key of a demonstration, made once and kept out of reach of other accounts."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from portevoix.configuration import ConfigurationError

_LENGTH: Final = 50


def kept_key(folder: Path) -> str:
    """Return the key kept in `folder`, written there the first time (mode 600)."""
    path = folder / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key


def checked_key(key: str) -> str:
    """Return the key of a real site; raise when it is too short to be one."""
    if len(key) < _LENGTH or len(set(key)) < 20:
        raise ConfigurationError(
            "PORTEVOIX_SECRET_KEY est trop courte ou trop simple : faites-en une avec "
            "« python -c 'import secrets; print(secrets.token_urlsafe(64))' »."
        )
    return key
