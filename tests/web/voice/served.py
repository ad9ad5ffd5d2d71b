"""The site under its real server, in a process of its own, and a browser's end of its socket."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from portevoix.web.config.serving import server_command
from tests.paths import ROOT
from tests.web.serving import answers, environment, free_port

# Compiled modules are files too: the proof that none is written would see them.
_NO_CACHES = {"PYTHONDONTWRITEBYTECODE": "1"}


@dataclass
class Served:
    """A running site."""

    process: subprocess.Popen[bytes]
    port: int
    home: Path

    @property
    def pid(self) -> int:
        """The process that serves, under strace or not."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return int(children.split()[0]) if children.strip() else self.process.pid

    def dial(self, origin: str | None = None) -> ClientConnection:
        host = f"127.0.0.1:{self.port}"
        return connect(f"ws://{host}/dictee/", origin=origin or f"http://{host}", compression=None)


@contextmanager
def served(
    home: Path, before: tuple[str, ...] = (), port: int = 0, **settings: str
) -> Iterator[Served]:
    """Serve the site with these settings, as `portevoix-site servir` does."""
    port = port or free_port()
    process = subprocess.Popen(
        [*before, *server_command(port)],
        cwd=ROOT,
        env=environment(home, port) | _NO_CACHES | settings,
        start_new_session=True,
    )
    try:
        assert answers(port), "le site ne répond pas"
        yield Served(process, port, home)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, 15)
        process.wait(timeout=30)


def prepare(home: Path) -> Path:
    """Make the database of a site."""
    command = [sys.executable, "-m", "portevoix.web", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment(home, free_port()), check=True)
    return home


def until(line: ClientConnection, *kinds: str) -> list[dict[str, Any]]:
    """Read messages until one of these types; return them all."""
    messages: list[dict[str, Any]] = []
    while not messages or messages[-1]["type"] not in kinds:
        messages.append(json.loads(line.recv(timeout=60)))
    return messages


def order(line: ClientConnection, kind: str) -> None:
    line.send(json.dumps({"type": kind}))
