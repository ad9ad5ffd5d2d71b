"""The words of click, in French."""

from __future__ import annotations

import gettext
from typing import Final

import click

_WORDS: Final[dict[str, str]] = {
    "Usage:": "Usage :",
    "Options": "Options",
    "Commands": "Commandes",
    "Show this message and exit.": "Affiche cette aide.",
    "Show the version and exit.": "Affiche la version.",
    "required": "obligatoire",
    "default: {default}": "par défaut : {default}",
}


class _French(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return _WORDS.get(message, message)


def speak_french() -> None:
    """Give click's help its French words; they are looked up when help is written."""
    words = _French()
    for module in (click.core, click.decorators, click.formatting):
        module._ = words.gettext  # type: ignore[attr-defined]


def usage_message(error: click.UsageError) -> str:
    """Return what went wrong with the call and what to type instead."""
    called = error.ctx.command_path if error.ctx else "portevoix"
    return f"Erreur : {_explain(error)}\nPour voir ce qui est possible : {called} --help"


def _explain(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        hint = f" Vouliez-vous écrire {error.possibilities[0]} ?" if error.possibilities else ""
        return f"l'option {error.option_name} n'existe pas.{hint}"
    if isinstance(error, click.MissingParameter):
        return f"il manque {_name(error)}."
    if isinstance(error, click.BadParameter):
        return f"{_name(error)} ne convient pas : {_reason(error)}"
    return _reason(error)


def _name(error: click.BadParameter) -> str:
    if error.param is None or error.ctx is None:
        return "une valeur"
    return error.param.get_error_hint(error.ctx).replace("'", "")


def _reason(error: click.UsageError) -> str:
    text = error.message
    for english, french in (
        ("No such command ", "cette commande n'existe pas : "),
        ("Got unexpected extra argument", "il y a des mots en trop"),
        ("Missing command", "dites quelle commande lancer"),
        ("does not exist.", "n'existe pas."),
        ("is a directory.", "est un dossier."),
        ("is not readable.", "ne peut pas être lu."),
        ("does not match the formats", "n'est pas une date de la forme"),
        ("is not one of", "n'est pas l'une des valeurs"),
        ("is not a valid integer", "n'est pas un nombre entier"),
        ("is not in the range", "n'est pas dans l'intervalle"),
        ("requires an argument", "attend une valeur"),
        ("Option ", "l'option "),
        ("Path ", "le chemin "),
        ("File ", "le fichier "),
    ):
        text = text.replace(english, french)
    return text
