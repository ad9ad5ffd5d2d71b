"""What can go wrong with a server of language models. No error holds what was sent, nor the key."""

from __future__ import annotations

from portevoix.errors import PortevoixError, TemporaryError


class ServerError(TemporaryError):
    """Le serveur de modèle ne répond pas : réessayez dans un instant."""


class ServerBusyError(ServerError):
    """Le serveur de modèle est occupé : réessayez dans un instant."""


class BadAnswerError(ServerError):
    """Le serveur de modèle a donné une réponse inutilisable."""


class RefusedError(PortevoixError):
    """Le serveur de modèle refuse la demande : vérifiez adresse, clé et modèle."""
