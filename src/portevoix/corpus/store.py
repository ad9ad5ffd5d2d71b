"""Analyses kept in one file, so that a note over a large corpus takes seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import Analyses, ExperienceTable, Labels, SegmentTable
from portevoix.corpus.labels import labels_of
from portevoix.corpus.topics import load_taxonomy
from portevoix.errors import UnreadableFileError

_LABELS: Final = ("networks", "structures", "departements", "procedures", "channels")
_TEXTS: Final = ("ids", "titles", "texts")
_NUMBERS: Final = ("days", "feelings")
_SEGMENTS: Final = ("experience", "spans", "expectation", "polarity", "suggestion")
_UNREADABLE: Final = (OSError, KeyError, ValueError, EOFError)

Columns = dict[str, NDArray[Any]]


def save(analyses: Analyses, path: Path) -> None:
    """Write one file of plain columns; nothing in it can run."""
    with path.open("wb") as target:
        target.write(dumps(analyses))


def dumps(analyses: Analyses) -> bytes:
    """The content of the file that `save` writes."""
    table, segments = analyses.experiences, analyses.segments
    columns: Columns = _pack_labels("terms", segments.terms)
    columns |= _pack_labels("topics", segments.topics)
    columns |= _pack("taxonomy", [load_taxonomy().digest])
    for name in _LABELS:
        columns |= _pack_labels(name, getattr(table, name))
    for name in _TEXTS:
        columns |= _pack(name, getattr(table, name))
    columns |= {name: getattr(table, name) for name in _NUMBERS}
    columns |= {name: getattr(segments, name) for name in _SEGMENTS}
    columns |= _pack("engine", [analyses.engine])
    target = BytesIO()
    np.savez(target, allow_pickle=False, **columns)
    return target.getvalue()


def load(path: Path) -> Analyses:
    """Read what `save` wrote. Raises `UnreadableFileError` for anything else."""
    try:
        return _read(path)
    except _UNREADABLE as error:
        raise UnreadableFileError(f"« {path} » n'est pas un fichier d'analyses.") from error


def loads(content: bytes) -> Analyses:
    """Read what `dumps` gave. Raises `UnreadableFileError` for anything else."""
    try:
        return _read(BytesIO(content))
    except _UNREADABLE as error:
        raise UnreadableFileError("Ces analyses gardées sont abîmées : refaites-les.") from error


def _read(source: Path | BytesIO) -> Analyses:
    with np.load(source, allow_pickle=False) as stored:
        columns = {name: stored[name] for name in stored.files}
    texts: dict[str, Any] = {name: _unpack(columns, name) for name in _TEXTS}
    labels: dict[str, Any] = {name: _unpack_labels(columns, name) for name in _LABELS}
    numbers: dict[str, Any] = {name: columns[name] for name in (*_NUMBERS, *_SEGMENTS)}
    experiences = ExperienceTable(**texts, **labels, **{n: numbers.pop(n) for n in _NUMBERS})
    segments = SegmentTable(
        **numbers,
        terms=_unpack_labels(columns, "terms"),
        topics=_topics(columns, texts["texts"]),
    )
    return Analyses(experiences, segments, _unpack(columns, "engine")[0])


def _topics(columns: Mapping[str, NDArray[Any]], texts: Sequence[str]) -> Labels:
    """The topics stored, or those of today when the taxonomy has changed since."""
    taxonomy = load_taxonomy()
    if "taxonomy.ends" in columns and _unpack(columns, "taxonomy")[0] == taxonomy.digest:
        return _unpack_labels(columns, "topics")
    spans = zip(columns["experience"].tolist(), columns["spans"].tolist(), strict=True)
    return labels_of(taxonomy.extract(texts[row][start:end] for row, (start, end) in spans))


def _pack(name: str, texts: Sequence[str]) -> Columns:
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([0, *map(len, encoded)])
    return {f"{name}.bytes": np.frombuffer(b"".join(encoded), np.uint8), f"{name}.ends": ends}


def _unpack(columns: Mapping[str, NDArray[Any]], name: str) -> tuple[str, ...]:
    blob = columns[f"{name}.bytes"].tobytes()
    ends = columns[f"{name}.ends"].tolist()
    return tuple(blob[a:b].decode() for a, b in pairwise(ends))


def _pack_labels(name: str, labels: Labels) -> Columns:
    numbers = {f"{name}.offsets": labels.offsets, f"{name}.codes": labels.codes}
    return _pack(f"{name}.values", labels.values) | numbers


def _unpack_labels(columns: Mapping[str, NDArray[Any]], name: str) -> Labels:
    return Labels(
        _unpack(columns, f"{name}.values"), columns[f"{name}.offsets"], columns[f"{name}.codes"]
    )
