"""`portevoix-site importer_structures [FILE]`: the official list, by default the packaged one."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portevoix.errors import PortevoixError
from portevoix.note.french import number, plural
from portevoix.web.directory.actions import Report, import_structures
from portevoix.web.directory.territories import DATA


class Command(BaseCommand):
    help = "Met l'annuaire des structures au pas d'un export officiel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "fichier",
            nargs="?",
            type=Path,
            default=DATA / "structures.csv.gz",
            help="export officiel des structures (par défaut celui qui accompagne le logiciel)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            report = import_structures(options["fichier"])
        except PortevoixError as error:
            raise CommandError(error.message) from error
        for line in lines(report):
            self.stdout.write(line)


def lines(report: Report) -> list[str]:
    """The report, as people read it."""
    said = [
        f"{number(report.read)} {plural(report.read, 'ligne lue', 'lignes lues')}.",
        f"Ajoutées : {number(report.added)} – renommées : {number(report.renamed)} – "
        f"déplacées : {number(report.moved)} – fermées : {number(report.closed)} – "
        f"rouvertes : {number(report.reopened)} – "
        f"autrement changées : {number(report.otherwise_changed)} – "
        f"inchangées : {number(report.unchanged)}.",
    ]
    if report.orphans:
        said.append(f"Sans parent dans le fichier, gardées comme racines : {report.orphans}.")
    said += [f"Réparé – {what} : {number(times)}." for what, times in report.repaired.items()]
    said += [f"Refusé – {refusal}." for refusal in report.refused]
    return said
