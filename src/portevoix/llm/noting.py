"""The sentences of a note said by a language model, each checked against what the note found.

The findings stay those of the embedded engine: the model only words them. A new sentence keeps
every figure, date, name, negation and quoted word of the old one, and says nothing that the old
one or the quotes of its point do not. What fails stays as it was, and it is counted why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from portevoix.errors import PortevoixError
from portevoix.llm.client import Client
from portevoix.llm.prompting import NOTE, instructions
from portevoix.llm.rewording import refusal, said_otherwise
from portevoix.note import french
from portevoix.protocols import Progress, Redactor
from portevoix.reply.checks import unsupported
from portevoix.reply.draft import Dropped

# Sentences asked at once, and the quotes that go with them.
BATCH: Final = 20
_QUOTES: Final = 12
_QUOTED: Final = re.compile(r"«[^»]*»")
STEP: Final = "rédaction par le modèle"


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence of a note by its key, with the redacted quotes of its point."""

    key: str
    text: str
    quotes: tuple[str, ...] = ()


@dataclass(slots=True)
class Worded:
    """New sentences by key; what was dropped; `failed` says why the model stopped serving."""

    texts: dict[str, str] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    failed: str = ""
    tokens: int = 0
    prompt: str = NOTE


class NoteWriter:
    """Asks an OpenAI-compatible server, a batch of sentences at a time."""

    def __init__(self, client: Client, redactor: Redactor) -> None:
        self._client = client
        self._redactor = redactor

    @property
    def model(self) -> str:
        return self._client.server.model

    def word(self, items: Sequence[Item], progress: Progress | None = None) -> Worded:
        """Say sentences otherwise. Never fails because of the server: what is left stays."""
        worded = Worded()
        may_leave = [item for item in items if not self._redactor.find(item.text)]
        for at in range(0, len(may_leave), BATCH):
            try:
                self._batch(may_leave[at : at + BATCH], worded)
            except PortevoixError as error:
                worded.failed = error.message
                break
            if progress:
                progress(STEP, min(at + BATCH, len(may_leave)), len(may_leave))
        return worded

    def _batch(self, items: Sequence[Item], worded: Worded) -> None:
        quotes = list(dict.fromkeys(quote for item in items for quote in item.quotes))[:_QUOTES]
        texts = [item.text for item in items]
        answer = said_otherwise(self._client, instructions(NOTE), texts, quotes)
        worded.tokens += answer.tokens
        for rank, written in answer.sentences.items():
            item, said = items[rank], french.typeset(written)
            why = unfaithful(item, said)
            if why:
                worded.dropped.append(Dropped(said, why))
            elif said != item.text:
                worded.texts[item.key] = said


def unfaithful(item: Item, said: str) -> str:
    """Why a sentence may not take the place of one of a note, in French; empty when it may."""
    if _QUOTED.findall(item.text) != _QUOTED.findall(said):
        return "une citation a changé"
    support = " ".join((item.text, *item.quotes))
    return refusal(item.text, said) or unsupported(said, support)
