"""Rows out of files: CSV, JSON (also arrays joined `][`), JSON Lines, xlsx, ods, parquet.

CSV and JSON are read piece by piece: a file of any size costs the memory of its longest record.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final, cast

import fastexcel
import polars as pl

from portevoix.errors import UnreadableFileError
from portevoix.opendata.reading import Refusal, Row

# An experience may hold 10 000 characters, and other columns more.
csv.field_size_limit(10_000_000)
_ZIP = b"PK\x03\x04"
_PARQUET = b"PAR1"
_GZIP = b"\x1f\x8b"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BOM: Final = "\ufeff"
_PIECE: Final = 1 << 20
# A small file may unfold into one that fills the machine.
_LARGEST = 2_000_000_000
# Beyond this, what looks like one unfinished JSON record is a broken one.
_LONGEST_RECORD: Final = 4_000_000


def rows_of(path: Path) -> Iterator[Row | Refusal]:
    """Yield the rows of a file in its order; what cannot be read is a refusal with its line."""
    file = _File.at(path)
    suffix = path.suffix.lower()
    if file.start.startswith(_PARQUET):
        yield from _table_rows(_polars(path, lambda: pl.read_parquet(file.open())))
    elif suffix in {".xlsx", ".xlsm", ".xls", ".ods"} or file.start.startswith(_ZIP):
        yield from _table_rows(_spreadsheet(path, suffix))
    else:
        with file.text() as text:
            if suffix in {".json", ".jsonl", ".ndjson"} or file.looks_like_json:
                yield from _json_rows(path, text)
            else:
                yield from _csv_rows(path, text)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that exists, unpacked or not, with its first bytes."""

    path: Path
    packed: bool
    start: bytes

    @classmethod
    def at(cls, path: Path) -> _File:
        if path.is_dir():
            raise UnreadableFileError(f"« {path} » est un dossier : donnez un fichier.")
        try:
            with path.open("rb") as file:
                packed = file.read(2) == _GZIP
        except FileNotFoundError:
            raise UnreadableFileError(f"Le fichier « {path} » n'existe pas.") from None
        except OSError as error:
            raise UnreadableFileError(
                f"Le fichier « {path} » ne peut pas être lu : {error.strerror}."
            ) from None
        return cls(path, packed, b"".join(_pieces(cls(path, packed, b""), 4096, limit=4096)))

    def open(self) -> IO[bytes]:
        if self.packed:
            return cast("IO[bytes]", gzip.open(self.path))
        return self.path.open("rb")

    def text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(
            self.open(), encoding=self._encoding(), errors="replace", newline=""
        )

    @property
    def looks_like_json(self) -> bool:
        return self.start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in {b"[", b"{"}

    def _encoding(self) -> str:
        """Read it once through: UTF-8 when all of it is, else what Windows used to write."""
        if self.start.startswith(_UTF_16):
            return "utf-16"
        if b"\x00" in self.start:
            raise UnreadableFileError(
                f"« {self.path.name} » n'est pas un fichier de texte : "
                "donnez un export csv, json, xlsx, ods ou parquet."
            )
        decoder = codecs.getincrementaldecoder("utf-8")()
        utf_8, blank = True, True
        for piece in _pieces(self, _PIECE):
            blank = blank and not piece.strip()
            utf_8 = utf_8 and _decodes(decoder, piece)
        if blank:
            raise UnreadableFileError(f"Le fichier « {self.path.name} » est vide.")
        return "utf-8" if utf_8 and _decodes(decoder, b"", final=True) else "cp1252"


def _pieces(file: _File, size: int, limit: int = _LARGEST) -> Iterator[bytes]:
    """The bytes of a file, unpacked, up to `limit`."""
    read = 0
    try:
        with file.open() as opened:
            while read < limit and (piece := opened.read(size)):
                yield piece
                read += len(piece)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFileError(
            f"« {file.path.name} » est abîmé : il ne se décompresse pas."
        ) from error
    if file.packed and read >= _LARGEST:
        raise UnreadableFileError(f"« {file.path.name} » est trop gros une fois décompressé.")


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines as they are; some official files carry their mark twice, the second inside quotes."""
    first = text.readline().lstrip(_BOM)
    yield first.replace(f'"{_BOM}', '"', 1)
    yield from text


def _delimiter(header: str) -> str:
    counts = {mark: header.count(mark) for mark in (";", ",", "\t", "|")}
    return max(counts, key=lambda mark: counts[mark])


def _csv_rows(path: Path, text: io.TextIOWrapper) -> Iterator[Row | Refusal]:
    lines = _lines(text)
    header = next(lines)
    reader = csv.reader(chain([header], lines), delimiter=_delimiter(header))
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


def _json_rows(path: Path, text: io.TextIOWrapper) -> Iterator[Row | Refusal]:
    """Objects one after the other, in arrays or not: the official export joins arrays `][`."""
    decoder = json.JSONDecoder()
    left = _Left(text)
    while left.skip(" \t\r\n,[]\ufeff"):
        line = left.line
        try:
            value = left.value(decoder)
        except ValueError:
            yield Refusal(path.name, line, "cet enregistrement JSON est illisible")
            left.pass_broken()
            continue
        if isinstance(value, dict):
            yield Row(line, {str(key): _cell(cell) for key, cell in value.items()})
        else:
            yield Refusal(path.name, line, "attendu : un objet JSON par expérience")


class _Left:
    """What is left to read of a text: a window on it, which lets go of what was passed."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._window, self._place, self._counted = "", 0, 0
        self._ended = False
        self._line = 1

    @property
    def line(self) -> int:
        """The line of the next character."""
        self._line += self._window.count("\n", self._counted, self._place)
        self._counted = self._place
        return self._line

    def skip(self, marks: str) -> bool:
        """Go to the next character that is none of these; tell whether there is one."""
        while True:
            while self._place < len(self._window) and self._window[self._place] in marks:
                self._place += 1
            if self._place < len(self._window):
                return True
            if not self._more():
                return False

    def value(self, decoder: json.JSONDecoder) -> Any:
        """Read one value; the window grows until it holds it. Raises ValueError when broken."""
        while True:
            try:
                value, end = decoder.raw_decode(self._window, self._place)
            except ValueError:
                if len(self._window) - self._place > _LONGEST_RECORD or not self._more():
                    raise
                continue
            if end == len(self._window) and self._more():
                continue
            self._place = end
            return value

    def pass_broken(self) -> None:
        """Where to start again after a broken record: the next line, else the next object."""
        newline = self._window.find("\n", self._place + 1)
        found = newline if newline >= 0 else self._window.find("{", self._place + 1)
        self._place = found if found >= 0 else len(self._window)

    def _more(self) -> bool:
        if self._ended:
            return False
        self._line = self.line
        left = len(self._window) - self._place
        piece = self._text.read(max(_PIECE, left))
        self._window = self._window[self._place :] + piece
        self._place = self._counted = 0
        self._ended = not piece
        return bool(piece)


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
