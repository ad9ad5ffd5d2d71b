"""`portevoix-site importer_experiences FILE`: an official export of experiences and answers."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from portevoix.errors import PortevoixError
from portevoix.note.french import number, plural
from portevoix.web.replies.actions import import_experiences
from portevoix.web.replies.imports import Report

_SHOWN: Final = 20


class Command(BaseCommand):
    help = "Importe un export officiel d'expériences et de réponses (csv, json, xlsx, ods, gz)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fichier", type=Path, help="export officiel des expériences")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            report = import_experiences(options["fichier"], progress=self._say)
        except PortevoixError as error:
            raise CommandError(error.message) from error
        for line in lines(report):
            self.stdout.write(line)

    def _say(self, read: int) -> None:
        if read % 10_000 == 0:
            self.stderr.write(f"{number(read)} lignes…")


def lines(report: Report) -> list[str]:
    """The report, as people read it."""
    said = [
        f"{number(report.read)} {plural(report.read, 'ligne lue', 'lignes lues')} : "
        f"{number(report.added)} {plural(report.added, 'ajoutée')}, "
        f"{number(report.changed)} {plural(report.changed, 'changée')}, "
        f"{number(report.unchanged)} {plural(report.unchanged, 'inchangée')}, "
        f"{number(len(report.refused))} {plural(len(report.refused), 'refusée')}.",
        f"Réponses : {number(report.replies)}. Structures reconnues : "
        f"{number(report.structures_found)}, inconnues de l'annuaire : "
        f"{number(report.structures_unknown)}.",
    ]
    said += [f"Réparé – {what} : {number(times)}." for what, times in report.repaired.items()]
    said += [f"Refusé – {refusal}." for refusal in report.refused[:_SHOWN]]
    if len(report.refused) > _SHOWN:
        said.append(f"… et {number(len(report.refused) - _SHOWN)} autres refus.")
    return said
