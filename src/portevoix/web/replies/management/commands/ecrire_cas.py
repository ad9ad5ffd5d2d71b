"""`portevoix-site ecrire_cas FICHIER`: the retained judgements, to measure drafts with."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portevoix.web.replies.judging import cases


class Command(BaseCommand):
    help = (
        "Écrit les avis retenus sur les brouillons (JSON Lines, textes publiés seulement), que "
        "relit « python -m portevoix.evaluation.replies »."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        place: Path = options["fichier"]
        lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases()]
        try:
            place.write_text("".join(lines), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"« {place} » : {error.strerror}.") from error
        self.stdout.write(f"Cas écrits : {len(lines)}, dans {place}.")
