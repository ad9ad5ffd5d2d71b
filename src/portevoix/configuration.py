"""Which engine serves each capability, as the people who run Porte-voix chose it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from portevoix.errors import PortevoixError

EMBEDDED = "embedded"


class ConfigurationError(PortevoixError):
    """Un réglage ne convient pas."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The name of the engine of each capability. Every capability has an embedded one."""

    redaction: str = EMBEDDED
    screening: str = EMBEDDED
    expectations: str = EMBEDDED

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read `PORTEVOIX_REDACTION`, `PORTEVOIX_SCREENING`, `PORTEVOIX_EXPECTATIONS`."""
        values = os.environ if environment is None else environment
        chosen = {
            field.name: values[variable].strip()
            for field in fields(cls)
            if values.get(variable := f"PORTEVOIX_{field.name.upper()}", "").strip()
        }
        return cls(**chosen)
