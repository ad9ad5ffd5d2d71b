"""`portevoix-site charger_etude`: the study of the demonstration, with its note."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portevoix.web.notes.demonstration import load
from portevoix.web.notes.queries import sentence
from portevoix.web.replies.demonstration import refuse_real_site


class Command(BaseCommand):
    help = "Fait l'étude de la démonstration, avec sa note et deux améliorations, une seule fois."

    def handle(self, *_args: Any, **_options: Any) -> None:
        refuse_real_site()
        study = load()
        if study is not None:
            self.stdout.write(f"Étude de démonstration : « {sentence(study)} », sa note est prête.")
