"""Prompts are numbered files: a changed prompt is a new number, and a Run tells which was used."""

from __future__ import annotations

from functools import cache
from typing import Final

import jinja2

REPLY: Final = "reply.v2"
REPAIR: Final = "repair.v1"
NOTE: Final = "note.v1"
REWORD: Final = "reword.v1"


def instructions(name: str, **options: str) -> str:
    """The words of a prompt. Options are ours, never text of an author."""
    return _environment().get_template(f"{name}.jinja").render(**options).strip()


@cache
def _environment() -> jinja2.Environment:
    # Plain text for a model, not a page: nothing to escape, nothing of a visitor in it.
    return jinja2.Environment(
        loader=jinja2.PackageLoader("portevoix.llm", "prompts"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701
    )
