"""Paragraphs that a network wrote for situations that come back.

A file holds {"placeholders": {name: what it asks for},
"blocks": [{"id", "label", "topics", "text"}]}; topics are those of `data/topics.txt`.

What a template cannot know is a blank; what it says the service did is a blank too, to be kept only
when it is true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from portevoix.errors import UnreadableFileError
from portevoix.reply.checks import oversteps
from portevoix.reply.draft import Point, SentenceKind, Source, blank
from portevoix.reply.sourcing import Answer
from portevoix.text.segment import segment

_PLACE: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A paragraph for some topics; `places` says in words what each placeholder asks for."""

    id: str
    label: str
    topics: frozenset[str]
    text: str
    places: Mapping[str, str]

    def answer(self) -> Answer:
        """Its sentences, each with the template as its source."""
        pairs = []
        for piece in segment(self.text):
            source = Source(self.id, self.label, "", piece.text, self.text)
            pairs.append((self._filled(piece.text), source))
        return Answer(tuple(pairs), 0.0, SentenceKind.TEMPLATE)

    def _filled(self, sentence: str) -> str:
        bare = _PLACE.sub(lambda match: self.places.get(match[1], match[1]), sentence)
        if oversteps(bare):
            return blank(f"à garder si c'est vrai, «\u00a0{bare}\u00a0»")
        return _PLACE.sub(lambda match: blank(self.places.get(match[1], match[1])), sentence)


def read_templates(path: Path) -> tuple[Template, ...]:
    """The templates of a file. Raises `UnreadableFileError`."""
    try:
        return _templates(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        raise UnreadableFileError(
            f"« {path} » n'est pas un fichier de modèles de réponse."
        ) from None


def _templates(content: Mapping[str, Any]) -> tuple[Template, ...]:
    places = {str(k): str(v) for k, v in content["placeholders"].items()}
    return tuple(
        Template(str(b["id"]), str(b["label"]), frozenset(b["topics"]), str(b["text"]), places)
        for b in content["blocks"]
    )


def for_point(point: Point, templates: Iterable[Template]) -> Answer | None:
    """The answer of the first template written for the topic of a point."""
    found: Sequence[Template] = [t for t in templates if point.topic and point.topic in t.topics]
    return found[0].answer() if found else None
