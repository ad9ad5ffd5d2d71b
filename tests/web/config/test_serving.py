"""The site starts with its worker and its clock, and Ctrl-C stops all."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "portevoix.web", "servir"]


def environment(home: Path, port: int) -> dict[str, str]:
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


@pytest.mark.slow
def test_it_serves_and_stops_whole(tmp_path: Path) -> None:
    port = free_port()
    site = subprocess.Popen(
        COMMAND, env=environment(tmp_path, port), stdout=subprocess.PIPE, text=True
    )
    try:
        assert answers(port)
        children = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()
        assert len(children) == 3
    finally:
        site.send_signal(signal.SIGINT)
        out, _ = site.communicate(timeout=40)
    assert site.returncode == 0
    assert "répond sur" in out
    assert "Arrêté." in out
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            COMMAND, env=environment(tmp_path, port), capture_output=True, text=True, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.strip().startswith(f"Erreur : Le port {port} est déjà pris")
    assert "Traceback" not in ended.stderr
