"""Two hundred agents ask for a draft at once while the model's server is stalled; pages are read.

    python benchmarks/stall.py

The demonstration is served as `make run` does, with a model's server that never answers.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.llm.server import Application, serving  # noqa: E402 (the repository is not a package)

AGENTS: Final = 200
PORT: Final = 8190
SITE: Final = f"http://127.0.0.1:{PORT}"
PART: Final = "/espace/recits/116/1/"
PAGES: Final = ("/", "/experiences/", "/statistiques/")
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_PASSWORD: Final = re.compile(r" agent@demo\.porte-voix\.example\s+(.*)")


@contextmanager
def site(model: str, folder: Path) -> Iterator[str]:
    """The site on a new demonstration; gives the password of its agent."""
    told = folder / "said.txt"
    chosen = {"PORTEVOIX_DRAFT": "llm", "PORTEVOIX_LLM_URL": model, "PORTEVOIX_LLM_MODEL": "stall"}
    place = {"PORT": str(PORT), "PORTEVOIX_HOME": str(folder / "var")}
    with told.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "portevoix.web", "servir"],
            env={**os.environ, **chosen, **place}, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        for _ in range(120):
            if (found := _PASSWORD.search(told.read_text())) and _answers():
                break
            time.sleep(1)
        assert found, told.read_text()
        time.sleep(5)  # the engines are being loaded
        yield found[1].strip()
    finally:
        process.terminate()
        process.wait()


def _answers() -> bool:
    try:
        return httpx.get(f"{SITE}/sante/").is_success
    except httpx.HTTPError:
        return False


def client(cookies: dict[str, str] | None = None) -> httpx.Client:
    return httpx.Client(
        base_url=SITE, cookies=cookies, headers={"Referer": SITE}, timeout=120, verify=False
    )


def signed_in(password: str) -> tuple[dict[str, str], str]:
    """The cookies of an agent, and the token of their forms."""
    with client() as agent:
        token = _token(agent.get("/compte/connexion/").text)
        form = {"login": "agent@demo.porte-voix.example", "password": password}
        agent.post("/compte/connexion/", data=form | {"csrfmiddlewaretoken": token})
        return dict(agent.cookies), _token(agent.get(PART).text)


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    assert found
    return found[1]


def measure(cookies: dict[str, str], token: str) -> None:
    """Ask, read meanwhile, print."""
    asked: list[tuple[float, int]] = []
    read: list[tuple[float, int]] = []
    over = threading.Event()

    def ask() -> None:
        with client(cookies) as agent:
            start = time.perf_counter()
            answer = agent.post(f"{PART}proposer/", data={"csrfmiddlewaretoken": token})
            asked.append((time.perf_counter() - start, answer.status_code))

    def look() -> None:
        with client() as reader:
            while not over.is_set():
                for page in PAGES:
                    start = time.perf_counter()
                    answer = reader.get(page)
                    read.append((time.perf_counter() - start, answer.status_code))
                time.sleep(0.05)

    reader = threading.Thread(target=look)
    agents = [threading.Thread(target=ask) for _ in range(AGENTS)]
    for thread in (reader, *agents):
        thread.start()
    for thread in agents:
        thread.join()
    over.set()
    reader.join()
    _say("brouillons", asked)
    _say("pages", read)


def _say(name: str, found: list[tuple[float, int]]) -> None:
    times = [seconds * 1000 for seconds, _ in found]
    print(
        f"{name} : {len(times)}, {dict(Counter(status for _, status in found))} ; médiane "
        f"{statistics.median(times):.0f} ms, p95 {statistics.quantiles(times, n=20)[18]:.0f} ms, "
        f"pire {max(times):.0f} ms"
    )


def main() -> None:
    model = Application()
    model.stalled = 60.0
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(model) as url,
        site(url, Path(folder)) as password,
    ):
        measure(*signed_in(password))


if __name__ == "__main__":
    main()
