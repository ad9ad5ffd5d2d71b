"""`portevoix export`: any file of experiences, in the official columns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from portevoix.errors import InputError
from portevoix.opendata.experiences import ColumnMapping, read_experiences, stream_official
from portevoix.opendata.reading import Refusal
from portevoix.opendata.writing import EXPERIENCES, csv_rows, experiences_schema, json_rows
from portevoix.types import Experience

_WRITERS = {".csv": csv_rows, ".json": json_rows}


@click.command("export")
@click.argument("source", type=click.Path(path_type=Path), required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Fichier à écrire : .csv ou .json.",
)
@click.option("--text", help="Colonne du texte, si le fichier n'est pas un export officiel.")
@click.option("--date", help="Colonne de la date.")
@click.option("--rating", help="Colonne de la note ou du ressenti.")
@click.option("--structure", help="Colonne du service.")
@click.option("--schema", is_flag=True, help="Écrire la description des colonnes (Table Schema).")
def export(source: Path | None, out: Path, *, schema: bool, **columns: str | None) -> None:
    """Récrit un fichier d'expériences dans les colonnes officielles, réparé (CSV ou JSON)."""
    if schema:
        out.write_text(json.dumps(experiences_schema(), ensure_ascii=False, indent=2) + "\n")
        return
    if source is None:
        raise click.UsageError("il manque le fichier à lire.")
    if out.suffix not in _WRITERS:
        raise InputError(f"« {out.name} » : donnez un nom qui finit par .csv ou .json.")
    if out.exists() and source.exists() and out.samefile(source):
        raise InputError("Le fichier à écrire est celui qui est lu : donnez un autre nom.")
    named = {name: heading for name, heading in columns.items() if heading}
    mapping = ColumnMapping(**named) if "text" in named else None
    seen: Counter[bool] = Counter()
    with out.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_WRITERS[out.suffix](_good(_read(source, mapping), seen), EXPERIENCES))
    click.echo(
        f"{seen.total()} lignes lues, {seen[True]} écrites, {seen[False]} refusées", err=True
    )


def _read(source: Path, mapping: ColumnMapping | None) -> Iterator[Experience | Refusal]:
    if mapping is None:
        yield from stream_official(source, Counter())
        return
    reading = read_experiences([source], mapping)
    yield from reading.refused
    yield from reading.experiences


def _good(items: Iterator[Experience | Refusal], seen: Counter[bool]) -> Iterator[Experience]:
    """The experiences; each refusal is said on the error stream."""
    for item in items:
        seen[isinstance(item, Experience)] += 1
        if isinstance(item, Experience):
            yield item
        else:
            click.echo(f"Refusé – {item}.", err=True)
