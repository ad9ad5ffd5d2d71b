"""Which engine serves dictation, as the people who run Porte-voix chose it."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from portevoix.errors import InputError
from portevoix.speech.engine import Engine
from portevoix.speech.engines.local import MISSING, LocalEngine
from portevoix.speech.engines.unavailable import UnavailableEngine
from portevoix.speech.limits import Limits
from portevoix.speech.models import ModelError, read_folder

NAMES: Final = ("auto", "local", "remote", "none")
_NO_MODEL: Final = (
    "aucun modèle n'est installé (« portevoix speech models » les montre) et aucun serveur de "
    "transcription n'est configuré (PORTEVOIX_SPEECH_URL)"
)


def models_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where models are installed: `PORTEVOIX_SPEECH_MODELS`, else the user's data folder."""
    values = os.environ if environment is None else environment
    if chosen := values.get("PORTEVOIX_SPEECH_MODELS", "").strip():
        return Path(chosen)
    data = values.get("XDG_DATA_HOME", "").strip()
    return (Path(data) if data else Path.home() / ".local" / "share") / "portevoix" / "speech"


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """`engine` is one of `NAMES`; `model` the folder of a local one, else the first installed."""

    engine: str = "auto"
    model: Path | None = None
    folder: Path = field(default_factory=models_folder)
    url: str = ""
    key: str = field(default="", repr=False)
    remote_model: str = "whisper-1"
    threads: int = 1
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read `PORTEVOIX_SPEECH` and its `_MODEL`, `_MODELS`, `_URL`, `_KEY`, `_REMOTE_MODEL`."""
        values = os.environ if environment is None else environment

        def read(name: str, default: str = "") -> str:
            return values.get(f"PORTEVOIX_SPEECH{name}", "").strip() or default

        model = read("_MODEL")
        return cls(
            engine=read("", "auto"),
            model=Path(model) if model else None,
            folder=models_folder(values),
            url=read("_URL"),
            key=read("_KEY"),
            remote_model=read("_REMOTE_MODEL", "whisper-1"),
        )


def installed(folder: Path) -> list[Path]:
    """The folders of `folder` that hold a model, by name."""
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if path.is_dir() and _is_model(path)]


def _is_model(path: Path) -> bool:
    try:
        read_folder(path)
    except ModelError:
        return False
    return True


def choose(settings: SpeechSettings) -> Engine:
    """The engine asked for. `auto` takes a local model, else a server, else says why none serves.

    Raises `InputError` for an engine that does not exist or cannot be had when asked by name.
    """
    if settings.engine not in NAMES:
        raise InputError(
            f"Le moteur « {settings.engine} » n'existe pas : {', '.join(NAMES)} sont possibles."
        )
    if settings.engine == "none":
        return UnavailableEngine("la dictée est désactivée")
    if settings.engine == "local":
        return _local(settings)
    if settings.engine == "remote":
        return _remote(settings)
    return _automatic(settings)


def _automatic(settings: SpeechSettings) -> Engine:
    has_model = settings.model is not None or bool(installed(settings.folder))
    if has_model and importlib.util.find_spec("sherpa_onnx"):
        return _local(settings)
    if settings.url:
        return _remote(settings)
    return UnavailableEngine(MISSING if has_model else _NO_MODEL)


def _local(settings: SpeechSettings) -> Engine:
    model = settings.model or next(iter(installed(settings.folder)), None)
    if model is None:
        raise InputError(f"Aucun modèle de dictée dans {settings.folder} : {_NO_MODEL}.")
    return LocalEngine(model, threads=settings.threads, limits=settings.limits)


def _remote(settings: SpeechSettings) -> Engine:
    if not settings.url:
        raise InputError("L'adresse du serveur de transcription manque : PORTEVOIX_SPEECH_URL.")
    if not importlib.util.find_spec("httpx"):
        return UnavailableEngine(MISSING)
    # Imported here: `httpx` is asked for only by those who use a server.
    from portevoix.speech.engines.remote import RemoteEngine  # noqa: PLC0415

    return RemoteEngine(settings.url, settings.remote_model, settings.key, limits=settings.limits)
