"""Strict readers of the environment: a wrong value stops the start with a French sentence."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection
from dataclasses import fields
from pathlib import Path
from typing import Final

from portevoix.configuration import Configuration, ConfigurationError

PREFIX: Final = "PORTEVOIX_"
# Read by the tests or by other parts of the software.
_ELSEWHERE: Final = frozenset(
    {
        "PORTEVOIX_SHARED",
        "PORTEVOIX_SPEECH",
        "PORTEVOIX_SPEECH_CLIPS",
        "PORTEVOIX_SPEECH_KEY",
        "PORTEVOIX_SPEECH_MODEL",
        "PORTEVOIX_SPEECH_MODELS",
        "PORTEVOIX_SPEECH_REMOTE_MODEL",
        "PORTEVOIX_SPEECH_URL",
    }
) | {f"{PREFIX}{one.name.upper()}" for one in fields(Configuration)}
_YES: Final = frozenset({"oui", "yes", "true", "1"})
_NO: Final = frozenset({"non", "no", "false", "0"})


class Environment:
    """Reads variables by name and remembers them, so that a misspelt one can be told."""

    def __init__(self) -> None:
        self._known: set[str] = set(_ELSEWHERE)

    def text(self, name: str, default: str | None = None) -> str:
        """Return the value; raise when it is missing and has no default."""
        self._known.add(name)
        value = os.environ.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ConfigurationError(
                f"Le réglage {name} manque : donnez-le dans l'environnement "
                "(voir docs/howto/installer.md)."
            )
        return default

    def choice(self, name: str, options: Collection[str], default: str) -> str:
        value = self.text(name, default)
        if value not in options:
            raise ConfigurationError(
                f"{name} vaut « {value} » : choisissez {' ou '.join(sorted(options))}."
            )
        return value

    def yes_no(self, name: str, *, default: bool) -> bool:
        value = self.text(name, "oui" if default else "non").lower()
        if value not in _YES | _NO:
            raise ConfigurationError(f"{name} vaut « {value} » : écrivez oui ou non.")
        return value in _YES

    def integer(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise ConfigurationError(
                f"{name} vaut « {value} » : un nombre entier d'au moins {least} est attendu."
            )
        return int(value)

    def words(self, name: str, default: str | None = None) -> list[str]:
        """Return a list written with commas."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def folder(self, name: str, default: str) -> Path:
        """Return a folder, made when it is not there, closed to other accounts of the machine."""
        path = Path(self.text(name, default)).resolve()
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(
                f"{name} : le dossier « {path} » ne peut pas être créé ({error.strerror})."
            ) from error
        return path

    def refuse_unknown(self) -> None:
        """Raise for a `PORTEVOIX_…` variable that nothing reads: it is a misspelling."""
        for name in sorted(os.environ):
            if name.startswith(PREFIX) and name not in self._known:
                near = difflib.get_close_matches(name, self._known, n=1)
                hint = f" Vouliez-vous écrire {near[0]} ?" if near else ""
                raise ConfigurationError(f"Le réglage {name} n'existe pas.{hint}")
