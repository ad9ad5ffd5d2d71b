"""The door to a model that words notes: sentences by key in, checked sentences by key out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portevoix.web.runs.actions import call, engines
from portevoix.web.runs.enums import Capability, Outcome
from portevoix.web.runs.models import Run


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the embedded engine wrote under a key, with the redacted quotes of its point."""

    key: str
    text: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worded:
    """Checked sentences by key; `dropped` counts those that the check refused."""

    texts: Mapping[str, str]
    dropped: int
    run: Run


def has_model() -> bool:
    """Whether a language model words notes."""
    return engines().note_writer is not None


def word(sentences: Sequence[Sentence]) -> Worded | None:
    """Ask the model for its words; None when none is configured. Never fails because of it."""
    writer = engines().note_writer
    if writer is None:
        return None
    from portevoix.llm import Item  # noqa: PLC0415 (only with a model)

    items = [Item(one.key, one.text, one.quotes) for one in sentences]
    with call(Capability.NOTE, *(one.text for one in sentences)) as run:
        found = writer.word(items)
        run.engine, run.model, run.prompt_version = "llm", writer.model, found.prompt
        run.tokens, run.items = found.tokens or None, len(items)
        if found.failed:
            run.outcome = Outcome.FALLBACK
    return Worded(found.texts, len(found.dropped), run)
