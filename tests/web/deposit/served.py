"""A real server that may be killed, and one browser that outlives it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import httpx

from portevoix.web.config.serving import server_command
from tests.web.serving import answers, environment, free_port

STORY: Final = "J'ai attendu deux heures au guichet, puis tout a été réglé en cinq minutes."
PATH: Final = "/donner-mon-avis"


class Site:
    """`settings`: more of the environment that it starts with."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home, self.port = home, free_port()
        self.environment = environment(home, self.port) | settings
        self.browser = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60)
        self._manage("migrate", "--verbosity", "0")
        self.start()

    def _manage(self, *words: str) -> None:
        command = [sys.executable, "-m", "portevoix.web", *words]
        subprocess.run(command, env=self.environment, check=True)

    def start(self) -> None:
        self.process = subprocess.Popen(server_command(self.port), env=self.environment)
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
        hidden = self.hidden(self.page(step))
        return self.browser.post(f"{PATH}/{step}", data={**hidden, **data})

    def fill(self) -> None:
        """All the steps but the sending."""
        self.post("", feeling="negative")
        self.post("recit/", text=STORY)
        self.post("service/", unknown="1")
        self.post("precisions/", posted_as="relative", pseudonym="Une voisine")

    def sending(self) -> dict[str, str]:
        """What the last page sends."""
        return {**self.hidden(self.page("envoi/")), "consent": "on"}

    @staticmethod
    def hidden(page: str) -> dict[str, str]:
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
