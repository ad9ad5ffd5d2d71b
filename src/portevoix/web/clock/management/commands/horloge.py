"""`horloge`: send the e-mails that are due and do the daily tasks, until told to stop."""

from __future__ import annotations

import signal
import time
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from portevoix.web.clock.actions import run_due

_REST: Final = 2.0


class Command(BaseCommand):
    """Turns until SIGTERM; a database that is away is waited for."""

    help = "Envoie les messages dus et fait les tâches régulières."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--une-fois", action="store_true", dest="once")

    def handle(self, *_args: Any, once: bool, **_options: Any) -> None:
        self.stopping = False
        if once:
            run_due()
            return
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self.stopping:
            try:
                run_due()
            except DatabaseError:
                connection.close()
            time.sleep(_REST)

    def _stop(self, *_signal: object) -> None:
        self.stopping = True
