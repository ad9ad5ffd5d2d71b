"""portevoix expectations: what each segment of each text is about."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import numpy as np

from portevoix.cli.lines import Record, report, work_through
from portevoix.text.expectations import SECOND, SUGGESTS, ExpectationModel
from portevoix.text.readings import EXPECTATIONS, POLARITIES


@click.command()
@click.option("--whole", is_flag=True, help="Prend chaque texte comme un seul segment.")
@click.option(
    "--model",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Modèle fait par « portevoix train » (celui du logiciel par défaut).",
)
def expectations(*, whole: bool, model: Path | None) -> int:
    """Lit attentes, tonalité et suggestions des textes reçus (JSON Lines : id, text).

    Avec --whole, « previous » et « next » peuvent donner les textes voisins.
    """
    reader = ExpectationModel.load(model)

    def work(records: list[Record]) -> list[Record]:
        read = _whole if whole else _cut
        return [read(reader, record) for record in records]

    answered, refused = work_through(sys.stdin, sys.stdout, work)
    report(answered, refused)
    return 1 if refused else 0


def _cut(reader: ExpectationModel, record: Record) -> Record:
    text = record["text"]
    (read,) = reader.read([text])
    scores = np.hstack([read.expectation, read.polarity, read.suggestion[:, None]])
    spans = [(int(start), int(end)) for start, end in read.spans]
    return {"id": record["id"], "segments": _segments(reader, text, spans, scores)}


def _whole(reader: ExpectationModel, record: Record) -> Record:
    around = [record.get("previous"), record["text"], record.get("next")]
    pieces = [piece for piece in around if isinstance(piece, str)]
    place = 1 if isinstance(around[0], str) else 0
    scores = reader.score(pieces, np.array([len(pieces)]))[place : place + 1]
    scores = np.delete(scores, 20, axis=1)
    text = record["text"]
    return {"id": record["id"], "segments": _segments(reader, text, [(0, len(text))], scores)}


def _segments(
    reader: ExpectationModel, text: str, spans: list[tuple[int, int]], scores: Any
) -> list[Record]:
    """`scores` (n, 21): 17 codes, 3 polarities, suggestion."""
    chosen = reader.choose(scores[:, :17])
    found = []
    for (start, end), row, first in zip(spans, scores, chosen.tolist(), strict=True):
        codes = row[:17]
        others = [code for code in np.argsort(-codes, kind="stable") if code not in {first, 16}]
        second = int(others[0]) if first != 16 and codes[others[0]] >= SECOND else None
        found.append(
            {
                "start": start,
                "end": end,
                "text": text[start:end],
                "expectation": EXPECTATIONS[first].value,
                "expectation_2": EXPECTATIONS[second].value if second is not None else None,
                "polarity": POLARITIES[int(row[17:20].argmax())].value,
                "suggestion": int(row[20] >= SUGGESTS),
                "probability": round(float(codes[first]), 4),
            }
        )
    return found
