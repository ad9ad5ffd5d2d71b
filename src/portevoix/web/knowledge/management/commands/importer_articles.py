"""`portevoix-site importer_articles DOSSIER`: the articles from which drafts and search quote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portevoix.errors import PortevoixError
from portevoix.web.knowledge.actions import import_articles
from portevoix.web.knowledge.models import DEFAULT


class Command(BaseCommand):
    help = (
        "Lit un dossier d'articles (fiches DILA, Markdown, JSON) et met à jour une collection : ce "
        "qui a changé est remplacé, ce qui n'y est plus est retiré de la recherche."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", type=Path, metavar="DOSSIER")
        parser.add_argument(
            "--collection",
            default=DEFAULT,
            help="nom sous lequel ce dossier est suivi, s'il y en a plusieurs (%(default)s)",
        )

    def handle(self, *_args: Any, place: Path, collection: str, **_options: Any) -> None:
        try:
            done = import_articles(place, collection=collection[:80] or DEFAULT)
        except PortevoixError as error:
            raise CommandError(error.message) from error
        for refusal in done.refusals:
            self.stderr.write(refusal)
        if done.refusals_left_out:
            self.stderr.write(f"et {done.refusals_left_out} autres refus")
        self.stdout.write(
            f"Articles ajoutés : {done.added}, modifiés : {done.changed}, "
            f"retirés : {done.gone}, inchangés : {done.kept}"
        )
