"""Rows out of files: CSV, JSON (also arrays joined `][`), JSON Lines, xlsx, ods, parquet."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl

from portevoix.errors import UnreadableFileError
from portevoix.opendata.reading import Refusal, Row

# An experience may hold 10 000 characters, and other columns more.
csv.field_size_limit(10_000_000)
_ZIP = b"PK\x03\x04"
_PARQUET = b"PAR1"
_GZIP = b"\x1f\x8b"
# A small file may unfold into one that fills the machine.
_LARGEST = 2_000_000_000


def rows_of(path: Path) -> Iterator[Row | Refusal]:
    """Yield the rows of a file in its order; what cannot be read is a refusal with its line."""
    content = _bytes_of(path)
    suffix = path.suffix.lower()
    if content.startswith(_PARQUET):
        yield from _table_rows(_polars(path, lambda: pl.read_parquet(io.BytesIO(content))))
    elif suffix in {".xlsx", ".xlsm", ".xls", ".ods"} or content.startswith(_ZIP):
        yield from _table_rows(_spreadsheet(path, suffix))
    else:
        text = _decode(path, content)
        start = text.lstrip()[:1]
        if suffix in {".json", ".jsonl", ".ndjson"} or start in {"[", "{"}:
            yield from _json_rows(path, text)
        else:
            yield from _csv_rows(path, text)


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise UnreadableFileError(f"« {path} » est un dossier : donnez un fichier.")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFileError(f"Le fichier « {path} » n'existe pas.") from None
    except OSError as error:
        raise UnreadableFileError(
            f"Le fichier « {path} » ne peut pas être lu : {error.strerror}."
        ) from None
    if content.startswith(_GZIP):
        content = _unzipped(path, content)
    if not content.strip():
        raise UnreadableFileError(f"Le fichier « {path.name} » est vide.")
    return content


def _unzipped(path: Path, content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            found = packed.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(
            f"« {path.name} » est abîmé : il ne se décompresse pas."
        ) from error
    if len(found) > _LARGEST:
        raise UnreadableFileError(f"« {path.name} » est trop gros une fois décompressé.")
    return found


def _decode(path: Path, content: bytes) -> str:
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFileError(
            f"« {path.name} » n'est pas un fichier de texte : "
            "donnez un export csv, json, xlsx, ods ou parquet."
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    # Some official files carry their byte order mark twice, the second inside quotes.
    return text.lstrip("\ufeff").replace('"\ufeff', '"', 1)


def _delimiter(header: str) -> str:
    counts = {mark: header.count(mark) for mark in (";", ",", "\t", "|")}
    return max(counts, key=lambda mark: counts[mark])


def _csv_rows(path: Path, text: str) -> Iterator[Row | Refusal]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.split("\n", 1)[0]))
    headings = [heading.strip().strip('"') for heading in next(reader)]
    line = reader.line_num + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Refusal(path.name, line, f"guillemets ou colonnes illisibles ({error})")
            line = reader.line_num + 1
            continue
        if any(cell.strip() for cell in cells):
            yield _csv_row(path, line, headings, cells)
        line = reader.line_num + 1


def _csv_row(path: Path, line: int, headings: list[str], cells: list[str]) -> Row | Refusal:
    extra = len(cells) - len(headings)
    if extra > 0 and any(cells[len(headings) :]):
        reason = f"{len(cells)} colonnes au lieu de {len(headings)} : un guillemet manque-t-il ?"
        return Refusal(path.name, line, reason)
    if "\ufffd" in "".join(cells):
        return Refusal(path.name, line, "des caractères sont illisibles dans cette ligne")
    return Row(line, dict(zip(headings, cells, strict=False)))


def _json_rows(path: Path, text: str) -> Iterator[Row | Refusal]:
    """Objects one after the other, in arrays or not: the official export joins arrays `][`."""
    decoder = json.JSONDecoder()
    position, line, seen = 0, 1, 0
    while True:
        while position < len(text) and text[position] in " \t\r\n,[]\ufeff":
            position += 1
        line += text.count("\n", seen, position)
        seen = position
        if position >= len(text):
            return
        try:
            value, position = decoder.raw_decode(text, position)
        except ValueError:
            yield Refusal(path.name, line, "cet enregistrement JSON est illisible")
            position = _next_object(text, position + 1)
            continue
        if isinstance(value, dict):
            yield Row(line, {str(key): _cell(cell) for key, cell in value.items()})
        else:
            yield Refusal(path.name, line, "attendu : un objet JSON par expérience")


def _next_object(text: str, position: int) -> int:
    """Where to start again after a broken record: the next line, else the next object."""
    newline = text.find("\n", position)
    found = newline if newline >= 0 else text.find("{", position)
    return found if found >= 0 else len(text)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, list):
        return ",".join(_cell(item) for item in value)
    return str(value)


def _spreadsheet(path: Path, suffix: str) -> pl.DataFrame:
    if suffix == ".ods":
        return _polars(
            path, lambda: pl.read_ods(path, infer_schema_length=0, drop_empty_rows=False)
        )
    return _polars(path, lambda: pl.read_excel(path, infer_schema_length=0, drop_empty_rows=False))


def _polars(path: Path, read: Any) -> pl.DataFrame:
    try:
        table: pl.DataFrame = read()
    except (pl.exceptions.PolarsError, fastexcel.FastExcelError, OSError, ValueError) as error:
        raise UnreadableFileError(f"« {path.name} » est abîmé ou n'est pas un tableau.") from error
    return table


def _table_rows(table: pl.DataFrame) -> Iterator[Row | Refusal]:
    for line, cells in enumerate(table.iter_rows(named=True), 2):
        row = {key: _cell(cell) for key, cell in cells.items()}
        if any(value.strip() for value in row.values()):
            yield Row(line, row)
