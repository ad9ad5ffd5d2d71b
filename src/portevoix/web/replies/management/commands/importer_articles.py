"""`portevoix-site importer_articles DOSSIER`: the articles from which drafts and search quote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portevoix.errors import PortevoixError
from portevoix.opendata.articles import read_articles
from portevoix.web.runs.drafts import keep_articles


class Command(BaseCommand):
    help = (
        "Lit un dossier d'articles (fiches DILA, Markdown, JSON) et met à jour l'index : ce qui a "
        "changé est remplacé, ce qui n'y est plus est retiré."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", type=Path, metavar="DOSSIER")

    def handle(self, *_args: Any, place: Path, **_options: Any) -> None:
        try:
            reading = read_articles(place)
            done = keep_articles(reading.articles)
        except PortevoixError as error:
            raise CommandError(error.message) from error
        for refusal in reading.refused:
            self.stderr.write(str(refusal))
        self.stdout.write(
            f"Articles ajoutés : {done.added}, remplacés : {done.replaced}, "
            f"retirés : {done.removed}, inchangés : {done.kept}"
        )
