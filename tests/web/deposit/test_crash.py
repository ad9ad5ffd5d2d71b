"""The server is killed (-9) at every step, after an answer and in the middle of one.

What was acknowledged is there when it comes back; sending again what was cut makes one story.
"""

from __future__ import annotations

import contextlib
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web.config.test_serving import answers, environment, free_port

STORY = "J'ai attendu deux heures au guichet, puis tout a été réglé en cinq minutes."
PATH = "/donner-mon-avis"


class Site:
    """A real server on a real file, and one browser that outlives it."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.browser = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60)
        self._manage("migrate", "--verbosity", "0")
        self.start()

    def _manage(self, *words: str) -> None:
        command = [sys.executable, "-m", "portevoix.web", *words]
        subprocess.run(command, env=environment(self.home, self.port), check=True)

    def start(self) -> None:
        command = [
            sys.executable, "-m", "uvicorn", "portevoix.web.config.asgi:application",
            "--port", str(self.port), "--lifespan", "off", "--log-level", "error",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, env=environment(self.home, self.port))
        assert answers(self.port)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def restart(self) -> None:
        self.kill()
        self.start()

    def page(self, step: str) -> str:
        return self.browser.get(f"{PATH}/{step}").text

    def post(self, step: str, **data: str) -> httpx.Response:
        shown = self.page(step)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
        return self.browser.post(f"{PATH}/{step}", data={**hidden, **data})

    def count(self, table: str) -> int:
        with sqlite3.connect(self.home / "portevoix.sqlite3") as base:
            return int(base.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    made.kill()
    made.browser.close()


def fill(site: Site) -> None:
    site.post("", feeling="negative")
    site.post("recit/", text=STORY)
    site.post("service/", unknown="1")
    site.post("precisions/", posted_as="relative", pseudonym="Une voisine")


@pytest.mark.slow
def test_killed_after_each_answer(site: Site) -> None:
    assert site.post("", feeling="negative").status_code == 302
    site.restart()
    assert "mal</strong>" in site.page("recit/")

    assert site.post("recit/", text=STORY).status_code == 302
    site.restart()
    assert "deux heures au guichet" in site.page("recit/")

    assert site.post("service/", unknown="1").status_code == 302
    assert site.post("precisions/", posted_as="relative", pseudonym="Zoé").status_code == 302
    site.restart()
    assert 'value="Zoé"' in site.page("precisions/")
    assert "signé Zoé" in site.page("envoi/")

    assert site.post("envoi/", consent="on").status_code == 302
    site.restart()
    receipt = site.page("merci/")
    link = receipt.split(f'value="http://127.0.0.1:{site.port}')[1].split('"')[0]
    assert "deux heures au guichet" in site.browser.get(link).text
    assert site.count("experiences_experience") == 1


@pytest.mark.slow
def test_killed_while_it_sends(site: Site) -> None:
    """Whenever the cut falls, sending again ends with one story and one receipt."""
    fill(site)
    shown = site.page("envoi/")
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    data = {**hidden, "consent": "on"}
    for delay in (0.0, 0.01, 0.03):
        cut = threading.Thread(target=_cut, args=(site, delay))
        cut.start()
        with contextlib.suppress(httpx.TransportError):
            site.browser.post(f"{PATH}/envoi/", data=data)
        cut.join()
        site.start()
        assert site.count("experiences_experience") <= 1
    assert site.browser.post(f"{PATH}/envoi/", data=data).headers["Location"] == f"{PATH}/merci/"
    assert "Merci, votre avis est envoyé" in site.page("merci/")
    assert site.count("experiences_experience") == 1
    assert site.count("experiences_authorkey") == 1


def _cut(site: Site, delay: float) -> None:
    time.sleep(delay)
    site.kill()
