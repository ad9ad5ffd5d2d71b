"""The door to rewriting: changes proposed on what an agent writes, by rules; no Run, no model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from portevoix.reply.checks import figures_outside
from portevoix.text.plain.rewriting import Aim, Change, apply, propose
from portevoix.text.segment import segment

__all__ = ["AIMS", "Change", "apply", "figures_outside", "proposals", "sentences"]

AIMS: Final = tuple(str(aim) for aim in Aim)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order."""
    return [text[piece.start : piece.end].strip() for piece in segment(text)]


def proposals(text: str, known_acronyms: Collection[str] = ()) -> Sequence[Change]:
    """What could be simpler, shorter or more correct, in the order of the text."""
    return propose(text, known_acronyms=known_acronyms)
