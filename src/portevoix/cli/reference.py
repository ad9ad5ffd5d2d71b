"""The page of every command, written from the commands: `python -m portevoix.cli.reference`."""

from __future__ import annotations

from typing import Final

import click

from portevoix.cli import COMMANDS, portevoix
from portevoix.cli.french import speak_french

_HEAD: Final = """# Les commandes

Ce que dit `portevoix COMMANDE --help`, mot pour mot. Cette page se refait par
`python -m portevoix.cli.reference > docs/reference/commandes.md`.
"""
_WIDTH: Final = 100


def commands_page() -> str:
    """Return the reference of the command line, in Markdown: one section a command."""
    speak_french()
    parent = click.Context(portevoix, info_name="portevoix", **portevoix.context_settings)
    sections = [_section(name, portevoix.get_command(parent, name), parent) for name in COMMANDS]
    return "\n".join([_HEAD, *sections])


def _section(name: str, command: click.Command | None, parent: click.Context) -> str:
    if command is None:
        raise LookupError(name)
    own = click.Context(command, info_name=name, parent=parent, max_content_width=_WIDTH)
    own.terminal_width = _WIDTH
    text = f"## portevoix {name}\n\n```text\n{command.get_help(own)}\n```\n"
    if not isinstance(command, click.Group):
        return text
    inner = [(n, command.get_command(own, n)) for n in command.list_commands(own)]
    return "\n".join([text, *(_section(f"{name} {n}", one, parent) for n, one in inner)])


if __name__ == "__main__":
    click.echo(commands_page(), nl=False)
