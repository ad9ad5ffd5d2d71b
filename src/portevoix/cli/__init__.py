"""The command line. Each command is a module, imported only when it is called."""

from __future__ import annotations

import importlib
import sys
from typing import Any, Final

import click

from portevoix.cli.french import speak_french, usage_message
from portevoix.errors import PortevoixError

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "note": ("portevoix.cli.note:note", "Rédige la note de synthèse d'un fichier d'expériences."),
    "expectations": (
        "portevoix.cli.expectations:expectations",
        "Lit les attentes, la tonalité et les suggestions de chaque texte (JSON Lines).",
    ),
    "redact": (
        "portevoix.cli.redact:redact",
        "Masque les données personnelles de chaque texte (JSON Lines).",
    ),
    "screen": (
        "portevoix.cli.screen:screen",
        "Propose un avis de modération pour chaque texte (JSON Lines).",
    ),
    "reply": (
        "portevoix.cli.reply:reply",
        "Rédige un brouillon de réponse, avec ses sources, pour chaque récit (JSON Lines).",
    ),
    "search": (
        "portevoix.cli.search:search",
        "Cherche dans des articles et montre le passage qui répond.",
    ),
    "transcribe": (
        "portevoix.cli.transcribe:transcribe",
        "Écrit ce qui est dit dans un fichier de son, phrase après phrase.",
    ),
    "speech": ("portevoix.cli.speech:speech", "Installe et montre les modèles de dictée."),
    "train": (
        "portevoix.cli.train:train",
        "Réentraîne la lecture des attentes sur un export officiel.",
    ),
    "evaluate": (
        "portevoix.cli.evaluate:evaluate",
        "Mesure la qualité de chaque capacité et la compare à la référence.",
    ),
    "export": (
        "portevoix.cli.export:export",
        "Récrit un fichier d'expériences dans les colonnes officielles.",
    ),
    "demo": ("portevoix.cli.demo:demo", "Dit où se trouvent les données de démonstration."),
}

INTERRUPTED = 130
FAILED = 1
MISUSED = 2


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}:{name} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commandes"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in COMMANDS])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    package_name="portevoix", prog_name="portevoix", message="%(prog)s %(version)s"
)
def portevoix() -> None:
    """Porte-voix : ce que disent les usagers, lu, masqué, compté et mis en note."""


def main(arguments: list[str] | None = None, **options: Any) -> None:
    """Run the command line; every known error is one French sentence, never a traceback."""
    sys.exit(run(arguments, **options))


def run(arguments: list[str] | None = None, **options: Any) -> int:
    """Same as `main`, but return the exit code."""
    speak_french()
    try:
        result = portevoix.main(arguments, prog_name="portevoix", standalone_mode=False, **options)
    except click.UsageError as error:
        click.echo(usage_message(error), err=True)
        return MISUSED
    except click.ClickException as error:
        click.echo(f"Erreur : {error.format_message()}", err=True)
        return error.exit_code
    except PortevoixError as error:
        click.echo(f"Erreur : {error.message}", err=True)
        return FAILED
    except click.Abort:
        click.echo("Interrompu.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output left (`| head`): nothing more to say.
        sys.stderr.close()
        return FAILED
    return result if isinstance(result, int) else 0
