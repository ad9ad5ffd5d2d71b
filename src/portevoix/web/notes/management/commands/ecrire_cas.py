"""`portevoix-site ecrire_cas DOSSIER`: what people retained, to measure the engines with."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portevoix.web.notes import cases as notes
from portevoix.web.replies import judging as replies


class Command(BaseCommand):
    help = (
        "Écrit les avis retenus sur les brouillons (brouillons.jsonl) et les corrections retenues "
        "des notes (notes.jsonl), textes publiés seulement, que relisent « python -m "
        "portevoix.evaluation.replies » et « portevoix.evaluation.notes »."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dossier", type=Path, help="dossier où écrire, créé s'il manque")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["dossier"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, found in (
                ("brouillons.jsonl", replies.cases()),
                ("notes.jsonl", notes.cases()),
            ):
                count = _write(folder / name, found)
                self.stdout.write(f"Cas écrits : {count}, dans {folder / name}.")
        except OSError as error:
            raise CommandError(f"« {folder} » : {error.strerror}.") from error


def _write(place: Path, cases: Iterable[dict[str, Any]]) -> int:
    lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases]
    place.write_text("".join(lines), encoding="utf-8")
    return len(lines)
