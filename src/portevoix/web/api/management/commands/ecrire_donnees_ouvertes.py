"""`portevoix-site ecrire_donnees_ouvertes DOSSIER`: the files of open data, for elsewhere."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portevoix.opendata.writing import experiences_schema, structures_schema
from portevoix.web.api.files import FILES


class Command(BaseCommand):
    help = "Écrit les fichiers de données ouvertes et leurs descriptions dans un dossier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dossier", type=Path, help="dossier où écrire, créé s'il manque")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["dossier"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, file in FILES.items():
                with (folder / name).open("w", encoding="utf-8", newline="") as out:
                    out.writelines(file.text())
                self.stdout.write(f"{folder / name}")
            for name, schema in (
                ("experiences.schema.json", experiences_schema()),
                ("structures.schema.json", structures_schema()),
            ):
                text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
                (folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"« {folder} » : {error.strerror}.") from error
