"""build(configuration) → which engine serves each capability; nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from portevoix.configuration import (
    EMBEDDED,
    EMBEDDINGS,
    LLM,
    RERANK,
    Configuration,
    ConfigurationError,
)
from portevoix.protocols import ExpectationReader, Ranker, Redactor, Screener

if TYPE_CHECKING:
    from portevoix.llm import NoteWriter, Rewriter
    from portevoix.reply import Drafter, EmbeddedDrafter
    from portevoix.search import Index

Engine = TypeVar("Engine")


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine a capability, ready to serve many threads.

    `ranker` gives a second opinion on what the index finds, `rewriter` says sentences otherwise;
    `note_writer` those of a note; None when the embedded engines alone serve.
    """

    redactor: Redactor
    screener: Screener
    reader: ExpectationReader
    index: Index
    drafter: Drafter
    ranker: Ranker | None = None
    rewriter: Rewriter | None = None
    note_writer: NoteWriter | None = None


def build(configuration: Configuration) -> Engines:
    """Load what was chosen. Raises `ConfigurationError` for an engine that does not exist."""
    redactor = _choose("PORTEVOIX_REDACTION", configuration.redaction, {EMBEDDED: _redactor})
    screener = _choose("PORTEVOIX_SCREENING", configuration.screening, {EMBEDDED: _screener})
    reader = _choose("PORTEVOIX_EXPECTATIONS", configuration.expectations, {EMBEDDED: _reader})
    index = _index(configuration.index)
    drafters: dict[str, Callable[[], Drafter]] = {
        EMBEDDED: lambda: _drafter(index, reader, screener),
        LLM: lambda: _model_drafter(configuration, _drafter(index, reader, screener), redactor),
    }
    drafter = _choose("PORTEVOIX_DRAFT", configuration.draft, drafters)
    return Engines(
        redactor,
        screener,
        reader,
        index,
        drafter,
        ranker_of(configuration),
        rewriter_of(configuration),
        note_writer_of(configuration),
    )


def note_writer_of(configuration: Configuration) -> NoteWriter | None:
    """Who words the sentences of a note. Raises `ConfigurationError`, `InputError`."""
    writers: dict[str, Callable[[], NoteWriter | None]] = {
        EMBEDDED: lambda: None,
        LLM: lambda: _note_writer(configuration),
    }
    return _choose("PORTEVOIX_NOTE", configuration.note, writers)


def rewriter_of(configuration: Configuration) -> Rewriter | None:
    """Who says sentences otherwise. Raises `ConfigurationError`, `InputError`."""
    rewriters: dict[str, Callable[[], Rewriter | None]] = {
        EMBEDDED: lambda: None,
        LLM: lambda: _rewriter(configuration),
    }
    return _choose("PORTEVOIX_WORDING", configuration.wording, rewriters)


def ranker_of(configuration: Configuration) -> Ranker | None:
    """Who gives a second opinion on what is found. Raises `ConfigurationError`, `InputError`."""
    rankers: dict[str, Callable[[], Ranker | None]] = {
        EMBEDDED: lambda: None,
        RERANK: lambda: _ranker(configuration),
        EMBEDDINGS: lambda: _ranker(configuration),
    }
    return _choose("PORTEVOIX_SEARCH", configuration.search, rankers)


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


def _index(folder: str) -> Index:
    from portevoix.search import Index as EmbeddedIndex  # noqa: PLC0415

    return EmbeddedIndex(Path(folder) if folder else None)


def _drafter(index: Index, reader: ExpectationReader, screener: Screener) -> EmbeddedDrafter:
    from portevoix.reply import EmbeddedDrafter as Embedded  # noqa: PLC0415

    return Embedded(index, reader, screener)


def _model_drafter(
    configuration: Configuration, embedded: EmbeddedDrafter, redactor: Redactor
) -> Drafter:
    # Imported here: `httpx` is asked for only by those who use a server.
    from portevoix.llm import Client, ModelDrafter, Server  # noqa: PLC0415

    server = Server(configuration.llm_url, configuration.llm_model, configuration.llm_key)
    return ModelDrafter(Client(server), embedded, redactor)


def _ranker(configuration: Configuration) -> Ranker:
    from portevoix.llm import Client, Embedder, Reranker, Server  # noqa: PLC0415
    from portevoix.llm.ranking import PATIENCE  # noqa: PLC0415

    if not configuration.search_model:
        raise ConfigurationError(
            "Le nom du modèle qui classe les pages manque : PORTEVOIX_SEARCH_MODEL."
        )
    url, key = configuration.llm_url, configuration.llm_key
    client = Client(Server(url, configuration.search_model, key, PATIENCE))
    kind = Reranker if configuration.search == RERANK else Embedder
    return kind(client, _redactor())


def _rewriter(configuration: Configuration) -> Rewriter:
    from portevoix.llm import Client, Rewriter, Server  # noqa: PLC0415

    server = Server(configuration.llm_url, configuration.llm_model, configuration.llm_key)
    return Rewriter(Client(server), _redactor())


def _note_writer(configuration: Configuration) -> NoteWriter:
    from portevoix.llm import Client, NoteWriter, Patience, Server  # noqa: PLC0415

    # Nobody waits: the note is there already, in the words of the embedded engine.
    patience = Patience(silence=60.0, whole=120.0, tries=3, wait=2.0, longest_wait=20.0)
    url, model, key = configuration.llm_url, configuration.llm_model, configuration.llm_key
    return NoteWriter(Client(Server(url, model, key, patience)), _redactor())
