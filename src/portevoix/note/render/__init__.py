"""The forms a note takes. Each renderer is imported only when asked for: some are slow to load."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from portevoix.errors import InputError
from portevoix.note.document import Note

FORMATS: Final = ("html", "pdf", "odt", "json", "terminal")


def render(note: Note, form: str) -> str | bytes:
    """The note in one of FORMATS: text for html, json and terminal, bytes for pdf and odt."""
    if form not in FORMATS:
        raise InputError(f"Format inconnu : {form}. Formats possibles : {', '.join(FORMATS)}.")
    produced: str | bytes = import_module(f"portevoix.note.render.{form}").render(note)
    return produced
