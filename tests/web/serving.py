"""A site in a process of its own: where it lives, when it answers."""

from __future__ import annotations

import os
import socket
import time
import urllib.request
from pathlib import Path


def environment(home: Path, port: int) -> dict[str, str]:
    """A test site in `home`, whatever the settings of the one who runs the tests."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PORTEVOIX_", "DJANGO_", "DATABASE_"))
    }
    return kept | {"PORTEVOIX_MODE": "test", "PORTEVOIX_HOME": str(home), "PORT": str(port)}


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def answers(port: int, within: float = 240) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            address = f"http://127.0.0.1:{port}/sante/"
            with urllib.request.urlopen(address, timeout=2) as response:
                return bool(response.status == 200)
        except OSError:
            time.sleep(0.2)
    return False
