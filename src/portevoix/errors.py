"""The one error tree. Messages are shown to people: plain French, saying what to do.

A permanent error will fail again on the same input; a temporary one may be tried again.
"""

from __future__ import annotations


class PortevoixError(Exception):
    """Une erreur que l'on sait expliquer."""

    permanent = True

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)

    @property
    def message(self) -> str:
        return str(self)


class InputError(PortevoixError):
    """Les données fournies ne conviennent pas."""


class UnreadableFileError(InputError):
    """Ce fichier ne peut pas être lu."""


class MissingColumnError(InputError):
    """Une colonne nécessaire manque dans ce fichier."""


class EmptyScopeError(InputError):
    """Aucune expérience ne correspond au périmètre demandé."""


class FalseStatementError(PortevoixError):
    """Une affirmation de la note ne se retrouve pas dans les données."""


class ResourceError(PortevoixError):
    """Un fichier de données du logiciel manque ou est abîmé : réinstallez-le."""


class TemporaryError(PortevoixError):
    """Le service est momentanément indisponible : réessayez."""

    permanent = False
