"""Read the published experiences that no engine of today has read; goes on where it stopped."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portevoix.note import french
from portevoix.web.notes import readings
from portevoix.web.notes.models import Reading


class Command(BaseCommand):
    """`portevoix-site lire_experiences`."""

    help = (
        "Lit les récits publiés qui ne l'ont pas encore été, pour que les notes se fassent en "
        "quelques secondes. Arrêtée, elle reprend où elle en était."
    )

    def handle(self, **_options: Any) -> None:
        read = readings.refresh(self._progress)
        said = french.plural(read, "récit lu", "récits lus")
        self.stdout.write(f"{read} {said}, {Reading.objects.count()} au total.")

    def _progress(self, done: int, total: int) -> None:
        if total:
            self.stdout.write(f"{done} sur {total}", ending="\r")
            self.stdout.flush()
