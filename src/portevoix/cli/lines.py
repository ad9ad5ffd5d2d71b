"""JSON Lines in and out: one result per input line, errors included."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TextIO

import click

from portevoix.errors import PortevoixError

BATCH = 512
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that cannot be worked on, and why."""

    id: Any
    error: str


def parse(line: str, number: int) -> Record | Bad:
    """Return the record of one line, or what is wrong with it."""
    try:
        record = json.loads(line)
    except ValueError:
        return Bad(f"ligne {number}", "cette ligne n'est pas du JSON : une ligne, un objet")
    if not isinstance(record, dict):
        return Bad(f"ligne {number}", 'attendu : un objet, par exemple {"id": "1", "text": "…"}')
    identifier = record.get("id", f"ligne {number}")
    if not isinstance(record.get("text"), str):
        return Bad(identifier, "la clé « text » manque ou n'est pas un texte")
    return {**record, "id": identifier}


def batches(source: Iterable[str]) -> Iterator[list[Record | Bad]]:
    """Yield the records of a stream by batches; blank lines are passed over."""
    numbered = ((line, number) for number, line in enumerate(source, 1) if line.strip())
    parsed = (parse(line, number) for line, number in numbered)
    while batch := list(islice(parsed, BATCH)):
        yield batch


def work_through(
    source: TextIO, sink: TextIO, work: Callable[[list[Record]], list[Record]]
) -> tuple[int, int]:
    """Write one result per line of `source`; `work` maps a batch to as many results, in order.

    A known error of a batch is answered record by record, so that one bad text costs only itself.
    Return how many were answered and how many refused.
    """
    answered = refused = 0
    for batch in batches(source):
        good = [record for record in batch if not isinstance(record, Bad)]
        results = iter(_answers(good, work))
        for record in batch:
            result = (
                {"id": record.id, "error": record.error}
                if isinstance(record, Bad)
                else next(results)
            )
            refused += "error" in result
            answered += "error" not in result
            sink.write(json.dumps(result, ensure_ascii=False) + "\n")
        sink.flush()
    return answered, refused


def _answers(records: list[Record], work: Callable[[list[Record]], list[Record]]) -> list[Record]:
    try:
        return work(records)
    except PortevoixError:
        return [_answer(record, work) for record in records]


def _answer(record: Record, work: Callable[[list[Record]], list[Record]]) -> Record:
    try:
        return work([record])[0]
    except PortevoixError as error:
        return {"id": record["id"], "error": error.message}


def report(answered: int, refused: int) -> None:
    """Say on the error stream how many lines were answered and refused."""
    click.echo(
        f"{answered + refused} lignes lues, {answered} traitées, {refused} refusées", err=True
    )
