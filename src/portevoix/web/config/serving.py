"""`portevoix-site servir`: prepare, then keep the site, its worker and its clock running.

Three processes, started and stopped together: Ctrl-C stops all, and a worker or a clock that dies
is started again. On a real server, systemd does so with three units (docs/howto/installer.md).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType
from typing import Final, Self

from portevoix.configuration import ConfigurationError

_PATIENCE: Final = 15
_REST: Final = 2


def serve() -> int:
    """Prepare the database and the files, then serve until told to stop."""
    import django  # noqa: PLC0415 (the settings may refuse, in French)

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    _refuse_taken_port(settings.PORT)
    prepare()
    demonstrates = settings.PORTEVOIX_DEMONSTRATION
    if demonstrates and not _has_stories():
        _load_demonstration()
        demonstrates = False
    supervisor = Supervisor(
        server=server_command(settings.PORT),
        worker=_command("db_worker", "--queue-name", "*"),
        clock=_command("horloge"),
    )
    with supervisor:
        if demonstrates:
            # Already there: only the passwords are made again, while the server starts.
            _load_demonstration()
        return supervisor.watch(
            f"{settings.PORTEVOIX_NAME} répond sur http://127.0.0.1:{settings.PORT} "
            "(Ctrl-C pour arrêter)."
        )


def prepare() -> None:
    """Bring the database up to date and gather the files of the pages."""
    from django.core.management import call_command  # noqa: PLC0415

    from portevoix.web.ui.storage import are_stale  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if are_stale():
        call_command("collectstatic", interactive=False, verbosity=0)


def _has_stories() -> bool:
    from portevoix.web.experiences.models import Experience  # noqa: PLC0415

    return Experience.objects.exists()


def _load_demonstration() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("charger_demonstration")
    call_command("charger_etude")


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise ConfigurationError(
                f"Le port {port} est déjà pris : arrêtez ce qui l'occupe, ou donnez-en un autre "
                f"(PORT={port + 1} make run)."
            ) from error


def server_command(port: int) -> list[str]:
    """What serves the site, alone; tests that prove something of the server start this."""
    return [
        sys.executable, "-m", "uvicorn", "portevoix.web.config.asgi:application",
        "--host", os.environ.get("HOST", "127.0.0.1"), "--port", str(port),
        # A compressed socket would keep what it carries in its window.
        "--ws-per-message-deflate", "false", "--ws-max-size", "65536",
        "--lifespan", "off", "--no-access-log", "--no-server-header", "--log-level", "warning",
    ]  # fmt: skip


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "portevoix.web", *words]


class Supervisor:
    """Keeps the server and its helpers running; all stop when the server does."""

    def __init__(self, **commands: Sequence[str]) -> None:
        self._commands = {name: list(command) for name, command in commands.items()}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        for name in self._commands:
            self._start(name)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()
        if self._stopping:
            print("\nArrêté.", flush=True)  # noqa: T201 (said to the person at the terminal)

    def watch(self, announcement: str) -> int:
        """Return when told to stop (0), or with the code of the server when it dies."""
        print(announcement, flush=True)  # noqa: T201
        code = self._watch()
        return 0 if self._stopping else code or 1

    def _watch(self) -> int:
        while not self._stopping:
            code = self._running["server"].poll()
            if code is not None:
                return code
            for name, process in list(self._running.items()):
                if name != "server" and process.poll() is not None:
                    time.sleep(_REST)
                    self._start(name)
            time.sleep(0.2)
        return 0

    def _start(self, name: str) -> None:
        # In a session of its own: Ctrl-C reaches this process alone, which tells each child once.
        self._running[name] = subprocess.Popen(self._commands[name], start_new_session=True)  # noqa: S603

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _stop(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + _PATIENCE
        for process in self._running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
