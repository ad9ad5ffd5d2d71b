"""Drafts with a language model: it answers points from passages; everything else stays ours.

What the model may write is narrow on purpose. Thanks, regrets, blanks and signature come from the
embedded drafter. Each sentence of the model names one passage and is checked against it; what does
not hold is sent back once, then dropped and said. When the server fails, the embedded draft is
given under its own name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from portevoix.errors import PortevoixError
from portevoix.llm.client import Client, Message
from portevoix.llm.errors import BadAnswerError
from portevoix.llm.prompting import REPAIR, REPLY, instructions
from portevoix.reply import Draft, Dropped, EmbeddedDrafter, Point, PointKind, Source, Story, Style
from portevoix.reply.checks import outside
from portevoix.reply.embedded import heard
from portevoix.reply.sourcing import Answer, nearest_statement

NAME: Final = "llm"
_PASSAGES: Final = 8
_LONGEST: Final = 320
_MOST: Final = 12
_FALLEN: Final = (
    "Le modèle de langue n'a pas pu servir ({why}) : ce brouillon vient du moteur embarqué."
)


class Redacting(Protocol):
    """Hides personal data before a text leaves."""

    def redact(self, text: str) -> str: ...


@dataclass(slots=True)
class _Reading:
    """What is kept and refused of an answer of the model."""

    kept: dict[int, list[tuple[str, Source]]] = field(default_factory=dict)
    refused: list[Dropped] = field(default_factory=list)


class ModelDrafter:
    """A drafter on an OpenAI-compatible server."""

    name = NAME

    def __init__(self, client: Client, embedded: EmbeddedDrafter, redactor: Redacting) -> None:
        self._client = client
        self._embedded = embedded
        self._redactor = redactor

    def draft(self, story: Story, style: Style = Style.STANDARD) -> Draft:
        """A draft of an answer. Never fails because of the server."""
        hidden = heard(
            replace(
                story,
                text=self._redactor.redact(story.text),
                title=self._redactor.redact(story.title),
            )
        )
        base = self._embedded.draft(hidden, style)
        asking = [
            rank
            for rank, point in enumerate(base.points)
            if point.kind in (PointKind.REPROACH, PointKind.QUESTION)
        ]
        passages = self._embedded.passages(hidden, base.points, _PASSAGES) if asking else []
        if not base.sentences or not passages:
            return base
        try:
            reading, tokens = self._written(hidden, base.points, passages, style)
        except PortevoixError as error:
            return replace(base, notes=(_FALLEN.format(why=_why(error)),))
        answers = {rank: Answer(tuple(pairs), 1.0) for rank, pairs in reading.kept.items()}
        draft = self._embedded.composed(
            hidden, base.points, answers, style, engine=NAME, dropped=reading.refused
        )
        return replace(draft, model=self._client.server.model, prompt=REPLY, tokens=tokens)

    def _written(
        self, story: Story, points: Sequence[Point], passages: Sequence[Source], style: Style
    ) -> tuple[_Reading, int]:
        """Ask once, and once more for what was refused."""
        messages = _messages(story, points, passages, style)
        schema = answer_schema(len(points), len(passages))
        first = self._client.complete(messages, schema)
        reading = _read(first.text, points, passages)
        if not reading.refused:
            return reading, first.tokens
        said = [{"text": one.text, "refus": one.why} for one in reading.refused]
        again = [
            *messages,
            {"role": "assistant", "content": first.text},
            {"role": "user", "content": instructions(REPAIR) + "\n" + _json(said)},
        ]
        second = self._client.complete(again, schema)
        mended = _read(second.text, points, passages)
        for rank, pairs in reading.kept.items():
            mended.kept.setdefault(rank, pairs)
        return mended, first.tokens + second.tokens


def _why(error: PortevoixError) -> str:
    return error.message.partition(" :")[0].rstrip(".").lower()


def _messages(
    story: Story, points: Sequence[Point], passages: Sequence[Source], style: Style
) -> list[Message]:
    """Instructions apart; passages, points and story each as data in a message of its own."""
    pages = [
        {"passage": f"P{number}", "titre": source.title, "texte": source.passage}
        for number, source in enumerate(passages, 1)
    ]
    told = [
        {"point": number, "sorte": str(point.kind), "texte": point.text}
        for number, point in enumerate(points, 1)
    ]
    account = {"titre": story.title, "demarche": story.procedure, "recit": story.text}
    return [
        {"role": "system", "content": instructions(REPLY, style=str(style))},
        {"role": "user", "content": _json(pages)},
        {"role": "user", "content": _json(told)},
        {"role": "user", "content": _json(account)},
    ]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def answer_schema(points: int, passages: int) -> dict[str, Any]:
    """The JSON schema of an answer to that many points, from that many passages."""
    item = {
        "type": "object",
        "additionalProperties": False,
        "required": ["point", "passage", "text"],
        "properties": {
            "point": {"enum": list(range(1, points + 1))},
            "passage": {"enum": [f"P{number}" for number in range(1, passages + 1)]},
            "text": {"type": "string", "maxLength": _LONGEST},
        },
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["sentences"],
        "properties": {"sentences": {"type": "array", "maxItems": _MOST, "items": item}},
    }


def _read(text: str, points: Sequence[Point], passages: Sequence[Source]) -> _Reading:
    """Keep what holds. Raises `BadAnswerError` when the answer has not the shape asked for."""
    reading = _Reading()
    for row in _rows(text):
        rank, source, said = _row(row, points, passages)
        why = outside(said, source)
        if why:
            reading.refused.append(Dropped(said, why))
        else:
            quoted = replace(source, quote=nearest_statement(said, source.passage))
            reading.kept.setdefault(rank, []).append((said, quoted))
    return reading


def _rows(text: str) -> list[Mapping[str, Any]]:
    try:
        answer = json.loads(text)
        rows = answer["sentences"]
    except (ValueError, KeyError, TypeError):
        raise BadAnswerError from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadAnswerError
    return rows[:_MOST]


def _row(
    row: Mapping[str, Any], points: Sequence[Point], passages: Sequence[Source]
) -> tuple[int, Source, str]:
    """The rank of the point, the passage and the sentence of a row."""
    try:
        rank = int(row["point"]) - 1
        number = int(str(row["passage"]).removeprefix("P")) - 1
        said = " ".join(str(row["text"]).split())
    except (KeyError, ValueError):
        raise BadAnswerError from None
    if not (0 <= rank < len(points) and 0 <= number < len(passages)) or len(said) > _LONGEST:
        raise BadAnswerError
    return rank, passages[number], said
