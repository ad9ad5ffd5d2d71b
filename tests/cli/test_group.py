"""The command line speaks French and never shows a traceback."""

from __future__ import annotations

import importlib

import click
import pytest

from portevoix.cli import COMMANDS, MISUSED, run
from portevoix.cli.french import speak_french


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_exists_and_explains_itself(name: str) -> None:
    module, _, attribute = COMMANDS[name][0].partition(":")
    command = getattr(importlib.import_module(module), attribute)
    assert isinstance(command, click.Command)
    assert (command.help or "").strip().endswith((".", ")", "."))


def test_help_lists_the_commands_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    speak_french()
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "Usage :" in shown
    assert "Affiche cette aide." in shown
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["note"], "il manque"),
        (["notee"], "cette commande n'existe pas"),
        (["note", "--reseau", "x", "f.csv"], "l'option --reseau n'existe pas"),
    ],
)
def test_a_wrong_call_is_explained(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == MISUSED
    shown = capsys.readouterr().err
    assert said in shown
    assert "--help" in shown
    assert "Traceback" not in shown
