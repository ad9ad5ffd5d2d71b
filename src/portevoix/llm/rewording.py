"""Sentences said otherwise by a language model: proposed one by one, each checked both ways.

A new sentence may hold no figure, date, name or address that the old one lacks, and must keep all
of them, its negations and what is left to complete. The rest is dropped and said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from portevoix.llm.client import Client, Message
from portevoix.llm.errors import BadAnswerError
from portevoix.llm.prompting import REWORD, instructions
from portevoix.protocols import Redactor
from portevoix.reply.checks import invented, negates, oversteps
from portevoix.reply.draft import Dropped
from portevoix.text.plain.rewriting import Aim, Change
from portevoix.text.segment import segment

# Sentences sent at once, and how long a new one may be beside the old.
MOST: Final = 40
_LONGER: Final = 2.0
_FEWEST: Final = 3
# Not the spaces that hold « 10 % » on one line.
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_HELD: Final = re.compile(r"[\[{][^\]}]*[\]}]")
_WHY: Final[Mapping[Aim, str]] = {
    Aim.PLAIN: "plus simple, proposé par un modèle de langue",
    Aim.SHORTER: "plus court, proposé par un modèle de langue",
    Aim.CORRECT: "corrigé par un modèle de langue",
    Aim.WARMER: "plus chaleureux, proposé par un modèle de langue",
}


@dataclass(frozen=True, slots=True)
class Reworded:
    """What a model proposes for a text, and what the check dropped."""

    changes: tuple[Change, ...]
    dropped: tuple[Dropped, ...] = ()
    tokens: int = 0
    prompt: str = REWORD


class Rewriter:
    """Asks an OpenAI-compatible server; sentences with personal data do not leave."""

    def __init__(self, client: Client, redactor: Redactor) -> None:
        self._client = client
        self._redactor = redactor

    @property
    def model(self) -> str:
        return self._client.server.model

    def rewrite(self, text: str, aim: Aim, start: int = 0, end: int | None = None) -> Reworded:
        """Propose changes inside `text[start:end]`. Raises `ServerError`, `RefusedError`."""
        stop = len(text) if end is None else end
        pieces = [
            piece
            for piece in segment(text)
            if start <= piece.start
            and piece.end <= stop
            and len(piece.text.split()) >= _FEWEST
            and not self._redactor.find(piece.text)
        ][:MOST]
        if not pieces:
            return Reworded(())
        words = instructions(REWORD, aim=str(aim))
        answer = said_otherwise(self._client, words, [piece.text for piece in pieces])
        changes, dropped = [], []
        for rank, said in answer.sentences.items():
            piece = pieces[rank]
            why = refusal(piece.text, said)
            if why:
                dropped.append(Dropped(said, why))
            elif said != piece.text:
                changes.append(Change(piece.start, piece.end, said, aim, _WHY[aim]))
        return Reworded(tuple(changes), tuple(dropped), answer.tokens)


@dataclass(frozen=True, slots=True)
class Answer:
    """New sentences by the rank of the old, and what the server counted."""

    sentences: dict[int, str]
    tokens: int


def said_otherwise(
    client: Client, words: str, sentences: Sequence[str], *data: Sequence[str]
) -> Answer:
    """Have sentences said otherwise; they and what goes with them are data, never instructions.

    Raises `ServerError`, `RefusedError`, `BadAnswerError`.
    """
    numbered = [{"numero": n, "phrase": text} for n, text in enumerate(sentences, 1)]
    messages: list[Message] = [
        {"role": "system", "content": words},
        *(
            {"role": "user", "content": json.dumps(given, ensure_ascii=False)}
            for given in (numbered, *data)
        ),
    ]
    answer = client.complete(messages, _schema(len(sentences)))
    return Answer(_read(answer.text, len(sentences)), answer.tokens)


def refusal(old: str, new: str) -> str:
    """Why a sentence may not take the place of another, in French; empty when it may."""
    if len(new) > _LONGER * len(old) + 20:
        return "la phrase dit plus que la vôtre"
    if _HELD.findall(old) != _HELD.findall(new):
        return "ce qui est à compléter a changé"
    if negates(old) != negates(new):
        return "une négation a disparu ou a été ajoutée"
    lost = invented(old, new)
    return (
        invented(new, old)
        or (lost and f"perdu\u00a0: {lost.partition(' ne se trouve')[0]}")
        or (oversteps(new) if not oversteps(old) else "")
    )


def _schema(count: int) -> dict[str, Any]:
    item = {
        "type": "object",
        "additionalProperties": False,
        "required": ["numero", "phrase"],
        "properties": {
            "numero": {"type": "integer", "minimum": 1, "maximum": count},
            "phrase": {"type": "string", "maxLength": 600},
        },
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["phrases"],
        "properties": {"phrases": {"type": "array", "maxItems": count, "items": item}},
    }


def _read(text: str, count: int) -> dict[int, str]:
    """The sentences by rank, the first of each. Raises `BadAnswerError`."""
    try:
        rows: Sequence[Any] = json.loads(text)["phrases"]
        found: dict[int, str] = {}
        for row in rows:
            said = _SPACES.sub(" ", str(row["phrase"])).strip()
            if 1 <= int(row["numero"]) <= count and said:
                found.setdefault(int(row["numero"]) - 1, said)
    except (ValueError, KeyError, TypeError):
        raise BadAnswerError from None
    return found
