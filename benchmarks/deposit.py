"""Whole deposits on a real server: how many a second, each step's time, the processor they take.

    benchmarks/deposit.py --people 8 --seconds 20           SQLite
    benchmarks/deposit.py --people 8 --ready 600            what everyone sends at once
    scripts/with-postgres benchmarks/deposit.py             the same on PostgreSQL

One deposit is its five forms, each shown then sent, by a person of their own address; the story is
read twice by the engines (advice, summary). Nothing is skipped, nothing is kept by the client.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

ROOT: Final = Path(__file__).resolve().parent.parent
STORY: Final = (
    "J'ai attendu deux heures au guichet de la caf de Lyon pour mon dossier d'APL, puis Mme Durand "
    "m'a reçue et a tout expliqué avec patience. Elle m'a donné le 06 39 98 12 34 pour la suite. "
    "Mon dossier a été réglé en deux jours, mais le site n'affichait toujours rien. "
) * 3
STEPS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("", {"feeling": "neutral"}),
    ("recit/", {"text": STORY}),
    ("service/", {"unknown": "1"}),
    ("precisions/", {"posted_as": "concerned", "used-1-desk": "on", "felt-1-desk": "positive"}),
    ("envoi/", {"consent": "on", "email": "nadia@exemple.fr"}),
)


_TICKETS: Final = itertools.count(100)


def environment(home: Path, port: int) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PORTEVOIX_")}
    given = {"PORTEVOIX_MODE": "demonstration", "PORTEVOIX_HOME": str(home), "PORT": str(port)}
    return kept | given


def serve(home: Path, port: int, workers: int) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    given = environment(home, port)
    manage = [sys.executable, "-m", "portevoix.web", "migrate", "--verbosity", "0"]
    subprocess.run(manage, env=given, check=True)
    command = [
        sys.executable, "-m", "uvicorn", "portevoix.web.config.asgi:application",
        "--port", str(port), "--lifespan", "off", "--log-level", "error",
        "--no-access-log", "--workers", str(workers),
    ]  # fmt: skip
    server = subprocess.Popen(command, env=given)
    for _ in range(300):
        try:
            if Browser(port, "127.0.0.1").ask("GET", "/sante/")[0] == 200:
                return server
        except OSError:
            time.sleep(0.2)
    raise SystemExit("Le serveur ne répond pas.")


class Browser:
    """One person's connection and draft, as light as can be: it shares the machine it measures."""

    def __init__(self, port: int, address: str) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"X-Forwarded-For": address}
        self._cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, answers: dict[str, str] | None = None) -> tuple[int, str]:
        """Return the status and the page."""
        headers = dict(self._headers)
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if answers is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, urlencode(answers) if answers else None, headers)
        answer = self._line.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self._cookies[name] = value
        return answer.status, page

    def close(self) -> None:
        self._line.close()


Hidden = dict[str, str]


def one_story() -> list[tuple[str, Hidden]]:
    """The answers of one person; no two write the same, nothing read for one serves another."""
    own = {"recit/": {"text": f"Au ticket {next(_TICKETS)}, {STORY}"}}
    return [(step, own.get(step, answers)) for step, answers in STEPS]


def deposit(port: int, address: str, times: dict[str, list[float]]) -> None:
    """One person, from the first face to the receipt."""
    browser = Browser(port, address)
    for step, answers in one_story():
        start = time.perf_counter()
        answer(browser, step, show(browser, step) | answers)
        times[step or "ressenti/"].append(time.perf_counter() - start)
    see_receipt(browser)


def ready(port: int, address: str) -> tuple[Browser, Hidden]:
    """One person who has only to press « Envoyer mon avis »."""
    browser = Browser(port, address)
    for step, answers in one_story()[:-1]:
        answer(browser, step, show(browser, step) | answers)
    hidden = show(browser, STEPS[-1][0])
    # Opened again to send: the server lets no idle line wait.
    browser.close()
    return browser, hidden


def send(browser: Browser, hidden: Hidden, times: dict[str, list[float]]) -> None:
    """Press it, then read the receipt."""
    step, answers = STEPS[-1]
    start = time.perf_counter()
    answer(browser, step, hidden | answers)
    times[step].append(time.perf_counter() - start)
    see_receipt(browser)


def show(browser: Browser, step: str) -> Hidden:
    """What the form of a step holds for itself."""
    shown = browser.ask("GET", f"/donner-mon-avis/{step}")[1]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))


def answer(browser: Browser, step: str, answers: Hidden) -> None:
    status, _ = browser.ask("POST", f"/donner-mon-avis/{step}", answers)
    if status != 302:
        raise SystemExit(f"{step} : {status}")


def see_receipt(browser: Browser) -> None:
    if "Merci" not in browser.ask("GET", "/donner-mon-avis/merci/")[1]:
        raise SystemExit("Le reçu ne s'affiche pas.")
    browser.close()


def processor_seconds(pid: int) -> float:
    """What a process and its children have taken so far."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ticks = 0
    for one in [str(pid), *children]:
        fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--people", type=int, default=8)
    reader.add_argument("--seconds", type=float, default=20)
    reader.add_argument(
        "--ready", type=int, default=0, help="des avis écrits d'avance : l'envoi seul"
    )
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--port", type=int, default=8911)
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as home:
        server = serve(Path(home), given.port, given.workers)
        try:
            measure(given, server)
        finally:
            server.terminate()
            server.wait()


def measure(given: Any, server: subprocess.Popen[bytes]) -> None:
    for warm in range(4 * given.workers):
        deposit(given.port, f"10.1.1.{warm}", defaultdict(list))
    times: dict[str, list[float]] = defaultdict(list)
    written = [
        ready(given.port, f"10.3.{number // 250}.{number % 250}") for number in range(given.ready)
    ]
    before, start = processor_seconds(server.pid), time.perf_counter()

    def person(rank: int) -> None:
        for browser, hidden in written[rank :: given.people]:
            send(browser, hidden, times)
        number = 0
        while not written and time.perf_counter() - start < given.seconds:
            number += 1
            deposit(given.port, f"10.2.{rank}.{number % 250}", times)

    people = [threading.Thread(target=person, args=(rank,)) for rank in range(given.people)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    whole = time.perf_counter() - start
    done = len(times["envoi/"])
    used = processor_seconds(server.pid) - before
    print(f"{done} dépôts en {whole:.1f} s : {done / whole:.1f} par seconde")
    print(f"processeur du serveur : {1000 * used / done:.0f} ms par dépôt")
    for step, taken in times.items():
        ordered = sorted(taken)
        p95 = ordered[int(0.95 * (len(ordered) - 1))]
        print(
            f"  {step:12} médiane {1000 * statistics.median(taken):5.0f} ms  p95 {1000 * p95:5.0f}"
        )


if __name__ == "__main__":
    main()
