"""portevoix transcribe: the messages of a dictation, from a sound file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from portevoix.speech import (
    Failure,
    Message,
    Partial,
    Sentence,
    Session,
    SpeechSettings,
    SpeechUnavailableError,
    Stop,
    Transcript,
    as_record,
    choose,
    forbid_traces,
)
from portevoix.speech.choice import NAMES
from portevoix.speech.engine import Engine
from portevoix.speech.limits import Limits
from portevoix.speech.wav import FRAME, frames

FAILED = 1


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--engine", type=click.Choice(NAMES), default=None, help="Moteur ; sinon celui de la machine."
)
@click.option(
    "--model", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Dossier du modèle local.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Les messages, un objet JSON par ligne.")
def transcribe(file: Path, engine: str | None, model: Path | None, *, as_json: bool) -> int:
    """Écrit ce qui est dit dans un fichier WAV, phrase après phrase.

    Les messages sont ceux que reçoit la page de dépôt. Rien du son n'est écrit nulle part.
    """
    settings = SpeechSettings.from_environment()
    chosen = choose(
        replace(settings, engine=engine or ("local" if model else settings.engine),
                model=model or settings.model)
    )  # fmt: skip
    if chosen.unavailable:
        raise SpeechUnavailableError(f"Dictée indisponible : {chosen.unavailable}.")
    forbid_traces()
    show = _show_json if as_json else _show_text
    transcript, failed = Transcript(), False
    for message in _messages(chosen, file):
        transcript.apply(message)
        show(message)
        failed = failed or isinstance(message, Failure)
    if not as_json:
        click.echo(transcript.text)
    return FAILED if failed else 0


def _messages(engine: Engine, file: Path) -> Iterator[Message]:
    """A file is no person who forgot the microphone: silence and length do not stop it."""
    limits = Limits(dictation=4 * 3600, silence=4 * 3600, frame=10 * FRAME)
    with Session(engine, limits=limits) as session:
        for frame in frames(file):
            yield from session.feed(frame)
        yield from session.finish()


def _show_json(message: Message) -> None:
    click.echo(json.dumps(as_record(message), ensure_ascii=False))


def _show_text(message: Message) -> None:
    """Words as they come on a terminal, advice and errors aside; the text comes at the end."""
    if isinstance(message, Partial) and sys.stderr.isatty():
        click.echo(f"\r\033[K… {message.text[-70:]}", nl=False, err=True)
    elif isinstance(message, Sentence):
        if sys.stderr.isatty():
            click.echo("\r\033[K", nl=False, err=True)
        for advice in dict.fromkeys(notice.advice for notice in message.notices):
            click.echo(advice, err=True)
    elif isinstance(message, Failure):
        click.echo(message.text, err=True)
    elif isinstance(message, Stop) and not message.sentences:
        click.echo("Aucune parole n'a été reconnue.", err=True)
