"""portevoix reply: a draft of an answer for each story, JSON Lines in and out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click

from portevoix.cli.lines import Record, report, work_through
from portevoix.cli.search import articles_option, fill, index_option
from portevoix.errors import UnreadableFileError
from portevoix.reply import Draft, Drafter, EmbeddedDrafter, PastAnswer, Story, Style, learn
from portevoix.reply.templates import Template, read_templates
from portevoix.search import Index
from portevoix.text.expectations import ExpectationModel
from portevoix.text.redact import Redactor
from portevoix.text.screen import Screener
from portevoix.types import Feeling

_FEELINGS = {"positif": "positive", "négatif": "negative", "neutre": "neutral"}


@click.command()
@articles_option
@index_option
@click.option(
    "--past",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Réponses passées (JSON Lines : text, network, structure, signature) : leur style sert.",
)
@click.option(
    "--templates",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Vos paragraphes types (JSON).",
)
@click.option(
    "--style",
    type=click.Choice([str(style) for style in Style]),
    default=str(Style.STANDARD),
    help="standard, plus court, facile à lire, ou plus chaleureux.",
)
@click.argument("source", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@click.option(
    "--out", type=click.File("w", encoding="utf-8"), default="-", help="Fichier de sortie."
)
def reply(
    *,
    articles: Path,
    folder: Path | None,
    past: Path | None,
    templates: Path | None,
    style: str,
    source: TextIO,
    out: TextIO,
) -> None:
    """Rédige un brouillon de réponse : {"id","network","structure","title","text"} par ligne.

    Chaque phrase porte sa source ou sa nature. Ce que seul un agent peut savoir reste à compléter.
    Les données personnelles du récit sont masquées d'abord. Rien n'est jamais envoyé.
    """
    index = Index(folder)
    fill(index, articles)
    found: tuple[Template, ...] = read_templates(templates) if templates else ()
    drafter = EmbeddedDrafter(
        index,
        ExpectationModel.load(),
        Screener.load(),
        manners=learn(_past(past)) if past else {},
        templates=found,
    )
    redactor = Redactor()

    def work(records: list[Record]) -> list[Record]:
        return [_answer(record, drafter, redactor, Style(style)) for record in records]

    report(*work_through(source, out, work))


def _past(path: Path) -> Iterator[PastAnswer]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _past_answer(path, number, line)


def _past_answer(path: Path, number: int, line: str) -> PastAnswer:
    try:
        row = json.loads(line)
        kept = ("network", "structure", "signature")
        return PastAnswer(row["text"], **{key: str(row.get(key) or "") for key in kept})
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"{path.name}, ligne {number} : attendu un objet avec « text »."
        raise UnreadableFileError(message) from None


def _answer(record: Record, drafter: Drafter, redactor: Redactor, style: Style) -> Record:
    def said(key: str) -> str:
        value = record.get(key)
        return value if isinstance(value, str) else ""

    feeling = said("feeling").lower()
    named = _FEELINGS.get(feeling, feeling)
    story = Story(
        id=str(record["id"]),
        text=redactor.redact(record["text"]),
        title=redactor.redact(said("title")),
        network=said("network"),
        structure=said("structure"),
        procedure=said("procedure"),
        feeling=Feeling(named) if named in set(Feeling) else None,
    )
    return {"id": record["id"], **as_record(drafter.draft(story, style))}


def as_record(draft: Draft) -> Record:
    """The JSON of a draft. `abstained` is empty when the machine had enough to write."""
    return {
        "draft": draft.text,
        "sentences": [
            {
                "text": sentence.text,
                "kind": str(sentence.kind),
                "source": {
                    "id": sentence.source.id,
                    "title": sentence.source.title,
                    "url": sentence.source.url,
                    "quote": sentence.source.quote,
                    "stale": sentence.source.stale,
                }
                if sentence.source
                else None,
            }
            for sentence in draft.sentences
        ],
        "points": [
            {
                "text": point.text,
                "kind": str(point.kind),
                "expectation": point.expectation,
                "label": point.label,
                "answered": point.answered,
            }
            for point in draft.points
        ],
        "abstained": bool(draft.abstained),
        "why": draft.abstained,
        "blanks": [blank.asks for blank in draft.blanks],
        "dropped": [{"text": one.text, "why": one.why} for one in draft.dropped],
        "checks": [{"name": c.name, "holds": c.holds, "said": c.said} for c in draft.checks],
        "readability": draft.readability,
        "engine": draft.engine,
    }
