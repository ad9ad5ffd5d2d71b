"""The site under its real server, in a process of its own, and a browser's end of its socket."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.paths import ROOT

SITE = [sys.executable, "-m", "portevoix.web"]


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


def environment(home: Path, **settings: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PORTEVOIX_", "DJANGO_", "DATABASE_"))
    }
    return kept | {
        "PORTEVOIX_MODE": "test",
        "PORTEVOIX_HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1",
        **settings,
    }


@contextmanager
def served(
    home: Path, before: tuple[str, ...] = (), port: int = 0, **settings: str
) -> Iterator[Served]:
    """Serve the site with these settings, as `portevoix-site servir` does."""
    port = port or free_port()
    settings = {"PORT": str(port), **settings}
    command = [
        *before, sys.executable, "-m", "uvicorn", "portevoix.web.config.asgi:application",
        "--port", str(port), "--ws-per-message-deflate", "false", "--ws-max-size", "65536",
        "--lifespan", "off", "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(home, **settings), start_new_session=True
    )
    try:
        _wait(port)
        yield Served(process, port, home)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, 15)
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def prepare(home: Path) -> Path:
    """Make the database of a site."""
    subprocess.run(
        [*SITE, "migrate", "--verbosity", "0"], cwd=ROOT, env=environment(home), check=True
    )
    return home


def _wait(port: int) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("le site ne répond pas")


def until(line: ClientConnection, *kinds: str) -> list[dict[str, Any]]:
    """Read messages until one of these types; return them all."""
    messages: list[dict[str, Any]] = []
    while not messages or messages[-1]["type"] not in kinds:
        messages.append(json.loads(line.recv(timeout=60)))
    return messages


def order(line: ClientConnection, kind: str) -> None:
    line.send(json.dumps({"type": kind}))
