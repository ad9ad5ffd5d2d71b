"""The door to rewriting: changes proposed on what an agent writes, by rules or by a model.

Rules leave no Run. A model is asked only when one is configured and the agent asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from portevoix.errors import PortevoixError
from portevoix.reply.checks import figures_outside
from portevoix.text.plain.rewriting import Aim, Change, apply, propose
from portevoix.text.segment import segment
from portevoix.web.runs.actions import call, engines
from portevoix.web.runs.enums import Capability, Outcome

__all__ = [
    "AIMS",
    "Change",
    "Offered",
    "apply",
    "change_of",
    "figures_outside",
    "has_model",
    "offered",
    "proposals",
    "sentences",
]

AIMS: Final = tuple(str(aim) for aim in Aim)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order."""
    return [text[piece.start : piece.end].strip() for piece in segment(text)]


def proposals(text: str, known_acronyms: Collection[str] = ()) -> Sequence[Change]:
    """What could be simpler, shorter or more correct, in the order of the text."""
    return propose(text, known_acronyms=known_acronyms)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a model proposes: changes, what the check dropped and why, what the agent is told."""

    changes: Sequence[Change] = ()
    dropped: Sequence[tuple[str, str]] = ()
    note: str = ""


def change_of(start: int, end: int, instead: str, aim: str, why: str) -> Change:
    """A change from its parts, as a page kept them."""
    return Change(start, end, instead, Aim(aim), why)


def has_model() -> bool:
    """Whether a language model may be asked to say sentences otherwise."""
    return engines().rewriter is not None


def offered(text: str, aim: str, start: int = 0, end: int | None = None) -> Offered:
    """Ask the model for other words inside `text[start:end]`. Never fails because of the server."""
    rewriter = engines().rewriter
    if rewriter is None or aim not in AIMS:
        return Offered()
    with call(Capability.WORDING, text, aim) as run:
        run.model = rewriter.model
        try:
            found = rewriter.rewrite(text, Aim(aim), start, end)
        except PortevoixError as error:
            run.outcome, run.error = Outcome.FALLBACK, type(error).__name__
            return Offered(note=error.message)
        run.tokens, run.prompt_version = found.tokens or None, found.prompt
    return Offered(found.changes, [(one.text, one.why) for one in found.dropped])
