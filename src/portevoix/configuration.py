"""Which engine serves each capability, as the people who run Porte-voix chose it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Final, Self
from urllib.parse import urlsplit

from portevoix.errors import InputError, PortevoixError

EMBEDDED = "embedded"
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
LLM = "llm"
RERANK = "rerank"
EMBEDDINGS = "embeddings"


class ConfigurationError(PortevoixError):
    """Un réglage ne convient pas."""


def check_address(url: str, unreadable: str, in_clear: str) -> None:
    """Refuse a server that is no web address, or to which text or voice would travel in clear.

    http is for this machine alone. Raises `InputError` with the sentence given for the case.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(unreadable)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise InputError(in_clear)


@dataclass(frozen=True, slots=True)
class Configuration:
    """The name of the engine of each capability. Every capability has an embedded one.

    `index` is the folder of the search index, in memory when empty. `llm_*` say where the language
    model is, for the capabilities that `llm` serves; `search_model` is the one that ranks, when
    `search` is `rerank` or `embeddings`.
    """

    redaction: str = EMBEDDED
    screening: str = EMBEDDED
    expectations: str = EMBEDDED
    search: str = EMBEDDED
    wording: str = EMBEDDED
    note: str = EMBEDDED
    draft: str = EMBEDDED
    index: str = ""
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = field(default="", repr=False)
    search_model: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read `PORTEVOIX_REDACTION`, `PORTEVOIX_DRAFT`, `PORTEVOIX_LLM_URL`… one a field."""
        values = os.environ if environment is None else environment
        chosen = {
            one.name: values[variable].strip()
            for one in fields(cls)
            if values.get(variable := f"PORTEVOIX_{one.name.upper()}", "").strip()
        }
        return cls(**chosen)
