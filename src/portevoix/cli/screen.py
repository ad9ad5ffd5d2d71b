"""portevoix screen: a moderation proposal for each text, JSON Lines in and out."""

from __future__ import annotations

from dataclasses import asdict
from typing import TextIO

import click

from portevoix.cli.lines import Record, report, work_through
from portevoix.text.screen import Screener, Screening


@click.command()
@click.argument("source", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@click.option(
    "--out", type=click.File("w", encoding="utf-8"), default="-", help="Fichier de sortie."
)
def screen(source: TextIO, out: TextIO) -> None:
    """Propose un avis de modération : {"id","text","title"?} par ligne.

    Une proposition, jamais une décision : un texte que le logiciel ne sait pas juger porte la
    raison « a_lire » et va à une personne.
    """
    screener = Screener.load()

    def work(records: list[Record]) -> list[Record]:
        return [_answer(record, screener) for record in records]

    report(*work_through(source, out, work))


def _answer(record: Record, screener: Screener) -> Record:
    title = record.get("title")
    result = screener.screen(record["text"], title if isinstance(title, str) else "")
    return {"id": record["id"], **as_record(result)}


def as_record(result: Screening) -> Record:
    """The JSON of a proposal; `verdict` is always one of the six."""
    return {
        "verdict": str(result.likely),
        "reasons": [asdict(reason) for reason in result.reasons],
        "urgency": str(result.urgency),
        "urgency_reasons": [asdict(reason) for reason in result.urgency_reasons],
        "score": round(result.score, 4),
    }
