"""A note that is ready, said again by a language model where one is configured.

The embedded sentences stay in the version: what the model says stands beside them, by key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction

from portevoix.web.notes.models import ModelWording, NoteVersion
from portevoix.web.runs import noting

# Figures, method and limits are said in one way only.
WORDED: Final = frozenset(
    {"strengths", "pain_points", "subjects", "suggestions", "changes", "leads"}
)


def word(version: NoteVersion) -> int:
    """Ask for the model's words and keep those that hold; return how many."""
    worded = noting.word(list(sentences(version.document)))
    if worded is None:
        return 0
    with transaction.atomic():
        version.model_wordings.all().delete()
        ModelWording.objects.bulk_create(
            ModelWording(version=version, key=key[:120], text=text, run=worded.run)
            for key, text in worded.texts.items()
        )
    return len(worded.texts)


def sentences(document: dict[str, Any]) -> Iterator[noting.Sentence]:
    """The sentences of a stored note that a model may say, titles of leads included."""
    for section in document["sections"]:
        if section["key"] not in WORDED:
            continue
        for one in section["sentences"]:
            yield noting.Sentence(one["key"], one["text"])
        for point in section["points"]:
            quotes = tuple(quote["text"] for quote in point["quotes"])
            if section["key"] == "leads":
                yield noting.Sentence(f"{point['key']}/title", point["title"], quotes)
            rows = (one for _name, one in point["rows"])
            for one in (*point["sentences"], *point["details"], *rows):
                yield noting.Sentence(one["key"], one["text"], quotes)
