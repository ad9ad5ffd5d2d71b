"""build(configuration) → which engine serves each capability; nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from portevoix.configuration import EMBEDDED, Configuration, ConfigurationError
from portevoix.protocols import ExpectationReader, Redactor, Screener

Engine = TypeVar("Engine")


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine a capability, ready to serve many threads."""

    redactor: Redactor
    screener: Screener
    reader: ExpectationReader


def build(configuration: Configuration) -> Engines:
    """Load what was chosen. Raises `ConfigurationError` for an engine that does not exist."""
    return Engines(
        redactor=_choose("PORTEVOIX_REDACTION", configuration.redaction, {EMBEDDED: _redactor}),
        screener=_choose("PORTEVOIX_SCREENING", configuration.screening, {EMBEDDED: _screener}),
        reader=_choose("PORTEVOIX_EXPECTATIONS", configuration.expectations, {EMBEDDED: _reader}),
    )


def _choose(variable: str, name: str, known: Mapping[str, Callable[[], Engine]]) -> Engine:
    if name not in known:
        raise ConfigurationError(
            f"{variable} vaut « {name} » : les moteurs connus sont {', '.join(sorted(known))}."
        )
    return known[name]()


def _redactor() -> Redactor:
    from portevoix.text.redact import Redactor as EmbeddedRedactor  # noqa: PLC0415

    return EmbeddedRedactor()


def _screener() -> Screener:
    from portevoix.text.screen import Screener as EmbeddedScreener  # noqa: PLC0415

    return EmbeddedScreener.load()


def _reader() -> ExpectationReader:
    from portevoix.text.expectations import ExpectationModel  # noqa: PLC0415

    return ExpectationModel.load()
