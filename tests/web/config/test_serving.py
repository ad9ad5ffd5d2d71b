"""The site starts with its worker and its clock, and Ctrl-C stops all."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.serving import answers, environment, free_port

COMMAND = [sys.executable, "-m", "portevoix.web", "servir"]


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
