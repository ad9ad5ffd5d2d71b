"""The worker is killed (-9) in the middle of a draft: nothing is lost, nothing is written twice."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.web.serving import environment

PREPARE = """
from portevoix.web.accounts.models import Agent
from portevoix.web.accounts.models import Membership
from portevoix.web.api.actions import create_key
from portevoix.web.api.asked import Asked, ask
agent = Agent.objects.create_user("a@exemple.fr", "quatre mots sans lien 7", name="A")
Membership.objects.create(agent=agent, role="administrator")
key, _secret = create_key(agent, "Logiciel", None, drafts=True)
ask(key, [Asked("Trois heures d'attente au guichet.", str(n)) for n in range(3)])
"""


class Site:
    """A home, its database read from outside, and its commands as real processes."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *words: str, **more: str) -> None:
        subprocess.run(self._command(words), env=self._environment(more), check=True, timeout=120)

    def start(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command(words), env=self._environment(more))

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.home / "portevoix.sqlite3", timeout=20) as base:
            return base.execute(sql).fetchall()

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        return environment(self.home, 1) | more

    @staticmethod
    def _command(words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "portevoix.web", *words]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    made.run("migrate", "--verbosity", "0")
    made.run("shell", "--verbosity", "0", "--command", PREPARE)
    return made


@pytest.fixture
def stalled() -> Iterator[str]:
    """A model server that takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"


def until(holds: Callable[[], bool], within: float = 90) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.slow
def test_killed_in_the_middle_of_a_draft(site: Site, stalled: str) -> None:
    worker = site.start(
        "db_worker", "--no-startup-delay",
        PORTEVOIX_DRAFT="llm", PORTEVOIX_LLM_URL=stalled, PORTEVOIX_LLM_MODEL="m",
    )  # fmt: skip
    try:
        until(lambda: site.ask("SELECT max(tries) FROM api_askeddraft") == [(1,)])
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    states = "SELECT state, count(*) FROM api_askeddraft GROUP BY state"
    assert site.ask(states) == [("waiting", 3)]

    # Another worker does those that nobody had begun; the one cut short is waited for.
    site.run("db_worker", "--batch", "--no-startup-delay")
    assert sorted(site.ask(states)) == [("ready", 2), ("waiting", 1)]
    site.ask("UPDATE api_askeddraft SET queued_at = '2020-01-01 00:00:00'")
    site.run("horloge", "--une-fois")
    site.run("db_worker", "--batch", "--no-startup-delay")
    assert site.ask(states) == [("ready", 3)]
    assert site.ask("SELECT count(DISTINCT run_id) FROM api_askeddraft") == [(3,)]
    answered = "capability = 'draft' AND outcome = 'answered' AND duration_ms > 0"
    assert site.ask(f"SELECT count(*) FROM runs_run WHERE {answered}") == [(3,)]
