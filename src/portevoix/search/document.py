"""What goes into the index and what comes out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from portevoix.configuration import EMBEDDED


class Kind(StrEnum):
    """What a document is: only articles may be quoted as facts."""

    ARTICLE = "article"
    EXPERIENCE = "experience"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to find. `lead` is its opening, `path` its themes, `also` other ways to ask for it.

    `sections` are (heading, text). `network` is empty when it serves every network. `extra` is kept
    as given and comes back with the hit.
    """

    id: str
    kind: Kind
    title: str
    sections: tuple[tuple[str, str], ...]
    lead: str = ""
    path: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    url: str = ""
    network: str = ""
    audience: str = ""
    checked: date | None = None
    extra: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def body(self) -> str:
        return "\n".join(f"{heading}\n{text}" for heading, text in self.sections)

    def packed(self) -> str:
        """What the index keeps of it, as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, default=str)

    @classmethod
    def unpacked(cls, text: str) -> Self:
        """The document that `packed` wrote."""
        values: dict[str, Any] = json.loads(text)
        values["kind"] = Kind(values["kind"])
        values["sections"] = tuple((head, body) for head, body in values["sections"])
        values["path"], values["also"] = tuple(values["path"]), tuple(values["also"])
        checked = values["checked"]
        values["checked"] = date.fromisoformat(checked) if checked else None
        return cls(**values)


def digest(packed: str) -> str:
    """A short digest by which a changed document is known."""
    return hashlib.blake2b(packed.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that may be quoted.

    `covered` is the share of the question's weight that its words hold (0 to 1), `near` how close
    its meaning is (-1 to 1).
    """

    heading: str
    text: str
    score: float
    covered: float
    near: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found, best first; `score` compares hits of one search only.

    `ranking` names who put it there: the index, or the ranker that gave a second opinion.
    """

    document: Document
    score: float
    passages: tuple[Passage, ...] = ()
    ranking: str = EMBEDDED
