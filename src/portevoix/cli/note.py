"""portevoix note: the note of a file of experiences, and its check."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bars

from portevoix.corpus.findings import Scope
from portevoix.errors import InputError, MissingColumnError, UnreadableFileError
from portevoix.note.document import Note, Options
from portevoix.note.render import FORMATS, render
from portevoix.opendata.demo import demo_path
from portevoix.opendata.experiences import ColumnMapping, read_experiences
from portevoix.opendata.reading import Reading
from portevoix.protocols import Progress

SHOWN_REFUSALS: Final = 10
DAY: Final = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked, once its options are read."""

    files: tuple[Path, ...]
    mapping: ColumnMapping | None
    scope: Scope
    options: Options
    forms: tuple[str, ...]
    out: Path
    workers: int
    stored: Path | None = None


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A bar per step on the error stream; nothing of it stays in a file or a pipe."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=console, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield tell


def _mapping(given: dict[str, Any]) -> ColumnMapping | None:
    """The columns of a table of verbatims; without --text, --structure names a structure."""
    if given["text"]:
        return ColumnMapping(
            text=given["text"],
            date=given["date"] or "",
            rating=given["rating"] or "",
            structure=given["structure"] or "",
        )
    for name in ("date", "rating"):
        if given[name]:
            raise MissingColumnError(
                f"--{name} nomme une colonne : dites aussi celle du texte avec --text."
            )
    return None


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _scope(given: dict[str, Any]) -> Scope:
    start, end = _day(given["start"]), _day(given["end"])
    if start and end and start > end:
        raise InputError("La période est à l’envers : --from vient après --to.")
    return Scope(
        networks=given["network"],
        structure="" if given["text"] else given["structure"] or "",
        departement=given["departement"] or "",
        procedure=given["procedure"] or "",
        channel=given["channel"] or "",
        start=start,
        end=end,
    )


def _forms(value: str) -> tuple[str, ...]:
    forms = tuple(dict.fromkeys(form.strip() for form in value.split(",") if form.strip()))
    unknown = [form for form in forms if form not in FORMATS]
    if unknown or not forms:
        raise InputError(
            f"Format inconnu : {', '.join(unknown) or 'aucun'}. Possibles : {', '.join(FORMATS)}."
        )
    return forms


def _fictional(files: tuple[Path, ...], *, said: bool) -> bool:
    return said or demo_path() in {path.resolve() for path in files}


def file_name(note: Note) -> str:
    """« note-de-synthese-gendarmerie-nationale »: the title, for every file system."""
    plain = unicodedata.normalize("NFKD", note.title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80]


def _write(note: Note, asked: Asked) -> list[Path]:
    """Write every file asked for; the terminal's heart goes to the standard output."""
    written = []
    for form in asked.forms:
        made = render(note, form)
        if form == "terminal":
            click.echo(made, nl=False)
            continue
        asked.out.mkdir(parents=True, exist_ok=True)
        path = asked.out / f"{file_name(note)}.{form}"
        path.write_bytes(made.encode() if isinstance(made, str) else made)
        written.append(path)
    return written


def _refusals(reading: Reading) -> None:
    for refusal in reading.refused[:SHOWN_REFUSALS]:
        click.echo(str(refusal), err=True)
    more = len(reading.refused) - SHOWN_REFUSALS
    if more > 0:
        click.echo(f"… et {more} de plus", err=True)


def _last_line(reading: Reading, note: Note, written: list[Path]) -> str:
    size = note.findings.figures.experiences
    line = f"{reading.summary} ; {size} dans la note"
    if written:
        line += f" ; fichiers : {', '.join(str(path) for path in written)}"
    return f"{line}."


def _make(asked: Asked) -> int:
    """Make the note; the exit code is 1 when some rows were refused, as said in the last line."""
    from portevoix.corpus.analyze import analyze  # noqa: PLC0415 (the engine: slow to load)
    from portevoix.corpus.store import save  # noqa: PLC0415
    from portevoix.note.levers import load_levers  # noqa: PLC0415
    from portevoix.note.study import note_of  # noqa: PLC0415

    reading = read_experiences(asked.files, asked.mapping)
    with progress_shown() as progress:
        analyses = analyze(reading.experiences, workers=asked.workers, progress=progress)
    if asked.stored:
        save(analyses, asked.stored)
    note = note_of(analyses, asked.scope, asked.options, levers=load_levers())
    written = _write(note, asked)
    _refusals(reading)
    click.echo(_last_line(reading, note, written), err=True)
    return 1 if reading.refused else 0


def _from_stored(path: Path, asked: Asked) -> int:
    """Make the note of analyses kept by an earlier call, without reading any text again."""
    from portevoix.corpus.store import load  # noqa: PLC0415 (the engine: slow to load)
    from portevoix.note.levers import load_levers  # noqa: PLC0415
    from portevoix.note.study import note_of  # noqa: PLC0415

    analyses = load(path)
    note = note_of(analyses, asked.scope, asked.options, levers=load_levers())
    written = _write(note, asked)
    kept, size = len(analyses.experiences), note.findings.figures.experiences
    line = f"{kept} expériences gardées dans « {path} » ; {size} dans la note"
    if written:
        line += f" ; fichiers : {', '.join(str(file) for file in written)}"
    click.echo(f"{line}.", err=True)
    return 0


def _check(path: Path, asked: Asked) -> int:
    from portevoix.note.recount import check_note  # noqa: PLC0415 (the engine: slow to load)

    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnreadableFileError(f"« {path.name} » n’est pas une note en JSON.") from error
    if not isinstance(given, dict):
        raise UnreadableFileError(f"« {path.name} » n’est pas une note en JSON.")
    reading = read_experiences(asked.files, asked.mapping)
    with progress_shown() as progress:
        check = check_note(given, reading.experiences, progress=progress)
    click.echo(
        f"Note vérifiée : {check.statements} affirmations recomptées, "
        f"{check.quotes} citations retrouvées, toutes exactes."
    )
    return 0


def _without_files(given: dict[str, Any], asked: Asked) -> int:
    if given["check"] or asked.stored is None:
        raise click.UsageError("il manque un fichier d’expériences, ou --analyses et son fichier.")
    if not asked.stored.is_file():
        raise InputError(
            f"« {asked.stored} » n’existe pas : donnez aussi un fichier d’expériences."
        )
    return _from_stored(asked.stored, asked)


@click.command()
@click.argument("files", nargs=-1, metavar="FICHIER…", type=click.Path(exists=True, path_type=Path))
@click.option("--network", multiple=True,
              help="Réseau, « Gendarmerie nationale » ; à répéter pour plusieurs.")  # fmt: skip
@click.option("--structure", help="Structure et celles qui en dépendent ; avec --text, sa colonne.")
@click.option("--departement", help="Code du département, par exemple 13 ou 2A.")
@click.option("--procedure", help="Démarche.")
@click.option("--channel", help="Canal, par exemple « Téléphone ».")
@click.option("--from", "start", type=DAY, metavar="AAAA-MM-JJ", help="Premier jour.")
@click.option("--to", "end", type=DAY, metavar="AAAA-MM-JJ", help="Dernier jour.")
@click.option("--compare", type=click.Choice(["previous", "none"]), default="previous",
              show_default=True, help="Comparer à la période précédente, ou non.")  # fmt: skip
@click.option("--format", "forms", default="terminal,html", show_default=True,
              help="html, pdf, odt, json, terminal, séparés par des virgules.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path(),
              help="Dossier où écrire les fichiers.")  # fmt: skip
@click.option("--minimum", type=click.IntRange(1), default=5, show_default=True,
              help="Nombre d’expériences qu’il faut pour affirmer quelque chose.")  # fmt: skip
@click.option("--text", help="Colonne du texte, pour un tableau qui n’est pas un export officiel.")
@click.option("--date", help="Colonne de la date, avec --text.")
@click.option("--rating", help="Colonne de la note donnée par l’usager, avec --text.")
@click.option("--fictional", is_flag=True, help="Dire que les données sont fictives.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True,
              help="Nombre de processus.")  # fmt: skip
@click.option("--analyses", "stored", type=click.Path(dir_okay=False, path_type=Path),
              help="Avec des fichiers : y garder leurs analyses ; sans : en partir.")  # fmt: skip
@click.option("--check", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Recompter cette note (JSON) au lieu d’en écrire une.")  # fmt: skip
def note(**given: Any) -> int:
    """Rédige la note de synthèse des fichiers, ou la recompte avec --check."""
    files = tuple(given["files"])
    asked = Asked(
        files=files,
        mapping=_mapping(given),
        scope=_scope(given),
        options=Options(
            minimum=given["minimum"],
            compare=given["compare"],
            fictional=_fictional(files, said=given["fictional"]),
        ),
        forms=_forms(given["forms"]),
        out=given["out"],
        workers=given["workers"],
        stored=given["stored"],
    )
    if not files:
        return _without_files(given, asked)
    return _check(given["check"], asked) if given["check"] else _make(asked)
