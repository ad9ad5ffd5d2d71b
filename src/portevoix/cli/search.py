"""portevoix search: the articles that answer a question, with the passage to quote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from portevoix.configuration import Configuration
from portevoix.engines import ranker_of
from portevoix.opendata.articles import is_stale, read_articles
from portevoix.opendata.articles.article import Article
from portevoix.search import Hit, Index, Kind, from_article, ranking

_QUOTE = 320
articles_option = click.option(
    "--articles",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="Dossier ou fichier d'articles : fiches DILA (XML, JSON), Markdown, JSON Lines.",
)
index_option = click.option(
    "--index",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Dossier où garder l'index : la fois suivante, seul ce qui a changé est relu.",
)


@click.command()
@articles_option
@index_option
@click.option("--network", default="", help="Ne chercher que pour ce réseau.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, help="Nombre de réponses.")
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON par réponse.")
@click.argument("question", nargs=-1, required=True)
def search(
    articles: Path,
    folder: Path | None,
    network: str,
    limit: int,
    question: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Cherche dans vos articles et montre le passage qui répond, avec sa page et sa date."""
    asked = " ".join(question)
    index, ranker = Index(folder), ranker_of(Configuration.from_environment())
    fill(index, articles)
    found = ranking.search(index, asked, ranker, network=network, limit=limit)
    if found.fell_back:
        click.echo("Le serveur de classement n'a pas répondu : ordre du moteur embarqué.", err=True)
    if as_json:
        for hit in found.hits:
            click.echo(json.dumps(record(hit), ensure_ascii=False))
    else:
        click.echo("\n\n".join(map(shown, found.hits)) or "Rien n'a été trouvé dans ces articles.")


def fill(index: Index, place: Path) -> Sequence[Article]:
    """Bring an index in step with a folder of articles; say what could not be read."""
    reading = read_articles(place)
    for refusal in reading.refused:
        click.echo(str(refusal), err=True)
    done = index.sync(Kind.ARTICLE, map(from_article, reading.articles))
    click.echo(
        f"Articles ajoutés : {done.added}, remplacés : {done.replaced}, "
        f"retirés : {done.removed}, inchangés : {done.kept}",
        err=True,
    )
    return reading.articles


def record(hit: Hit) -> dict[str, object]:
    """The JSON of a hit."""
    document = hit.document
    return {
        "id": document.id,
        "title": document.title,
        "url": document.url,
        "checked": document.checked.isoformat() if document.checked else None,
        "stale": is_stale(document.checked, date.today()),
        "score": round(hit.score, 4),
        "ranking": hit.ranking,
        "passages": [{"heading": p.heading, "text": p.text} for p in hit.passages],
    }


def shown(hit: Hit) -> str:
    """A hit for a person who reads."""
    document = hit.document
    lines = [click.style(document.title or document.id, bold=True), f"  {document.url}"]
    if document.checked:
        old = " (à revérifier)" if is_stale(document.checked, date.today()) else ""
        lines.append(f"  vérifié le {document.checked:%d/%m/%Y}{old}")
    for passage in hit.passages[:1]:
        text = " ".join(passage.text.split())
        cut = f"{text[:_QUOTE].rsplit(' ', 1)[0]}…" if len(text) > _QUOTE else text
        lines.append(f"  {passage.heading + ' : ' if passage.heading else ''}{cut}")
    return "\n".join(lines)
