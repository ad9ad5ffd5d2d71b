"""The site over many experiences: p50, p95 and worst time of each page, on either database.

    benchmarks/site.py                                  120 000 experiences, SQLite
    scripts/with-postgres benchmarks/site.py            the same on PostgreSQL
    benchmarks/site.py --rows 20000 --requests 40

The stories are those of `site_filling.py`. A page is added by one line of `PAGES`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from site_filling import open_site, prepare

ROOT: Final = Path(__file__).resolve().parent.parent
BUDGET: Final = 150
AGENTS_BUDGET: Final = 200
WARMING: Final = 20
# One reader makes all the requests: the limit of an address would stop it.
QUIET: Final = {
    "PORTEVOIX_LOG_LEVEL": "WARNING",
    "PORTEVOIX_READS_PER_MINUTE": "1000000",
    "PORTEVOIX_API_PER_MINUTE": "1000000",
}

# name → address; {number}, {structure}, {network}, {departement} are drawn anew at each request.
PAGES: Final = {
    "accueil": "/",
    "liste": "/experiences/",
    "liste, page lointaine": "/experiences/?page={cursor}",
    "liste d'un réseau": "/experiences/?reseau={network}",
    "liste d'une structure": "/experiences/?structure={structure}",
    "liste d'un département": "/experiences/?departement={departement}",
    "liste, négatifs sans réponse": "/experiences/?ressenti=negative&reponse=sans",
    "recherche, un mot courant": "/experiences/?mots=rendez-vous",
    "recherche, deux mots": "/experiences/?mots=guichet+attente",
    "recherche, un mot rare": "/experiences/?mots=interphone",
    "recherche dans un réseau": "/experiences/?mots=attente&reseau={network}",
    "une expérience": "/experiences/{number}/",
    "les services": "/services/",
    "services proposés": "/services/chercher/?mots=caf+lyon",
    "un réseau": "/services/{network}/",
    "une structure": "/structures/{structure}/",
    "statistiques": "/statistiques/?periode=60",
    "statistiques d'un réseau": "/statistiques/?reseau={network}",
    "statistiques d'une structure": "/statistiques/?structure={structure}&periode=60",
    "ce qui a changé": "/ce-qui-a-change/",
    "ce qui a changé, un réseau": "/ce-qui-a-change/?reseau={network}",
    "flux": "/experiences/flux.atom",
    "donner son avis": "/donner-mon-avis/",
    "comment les récits sont relus": "/moderation/",
    "données ouvertes": "/donnees-ouvertes/",
    "api, récits": "/api/v1/experiences?taille=20",
    "api, récits d'un réseau": "/api/v1/experiences?reseau=allocations-familiales&repondu=true",
    "api, des mots": "/api/v1/experiences?mots=guichet+attente",
    "api, structures": "/api/v1/structures?departement=59",
    "api, statistiques": "/api/v1/statistiques",
    "connexion": "/compte/connexion/",
    "introuvable": "/nulle-part/",
}

# The same for people with an account: name → who, address. Their budget is 200 ms.
AGENTS: Final = {
    "à traiter, un réseau": ("manager", "/espace/a-traiter/"),
    "à traiter, page lointaine": ("manager", "/espace/a-traiter/?page={work}"),
    "à traiter, en retard": ("manager", "/espace/a-traiter/?delai=retard&ressenti=negative"),
    "à traiter, des mots": ("manager", "/espace/a-traiter/?mots=guichet+attente"),
    "à traiter, répondues": ("manager", "/espace/a-traiter/?etape=repondues"),
    "à traiter, une structure": ("agent", "/espace/a-traiter/"),
    "à traiter, un département": ("observer", "/espace/a-traiter/"),
    "mon espace": ("manager", "/espace/"),
    "tableau de bord": ("manager", "/espace/chiffres/"),
    "améliorations": ("manager", "/espace/ameliorations/"),
    "répondre": ("manager", "/espace/recits/{part}/1/"),
    "modération, la file": ("moderator", "/espace/moderation/"),
    "modération, un récit": ("moderator", "/espace/moderation/{waiting}/"),
}


def draw(seed: int = 3) -> Callable[[str], str]:
    """Return what fills the places of an address."""
    from portevoix.web.directory.models import Network, Structure
    from portevoix.web.experiences.models import Concern, Experience
    from portevoix.web.ui.pagination import _encode

    chance = random.Random(seed)
    numbers = list(Experience.objects.order_by("?").values_list("pk", flat=True)[:500])
    rows = list(Experience.objects.order_by("?")[:50])
    cursors = [_encode("after", row, ("-published_at", "-number")) for row in rows]
    told = Concern.objects.exclude(structure=None).order_by("?")
    structures = list(told.values_list("structure__code", flat=True)[:200])
    departements = list(Experience.objects.order_by("?").values_list("departement", flat=True)[:50])
    networks = list(Network.objects.values_list("slug", flat=True))
    assert Structure.objects.exists()

    def fill_in(address: str) -> str:
        return address.format(
            number=chance.choice(numbers),
            cursor=chance.choice(cursors),
            structure=chance.choice(structures),
            network=chance.choice(networks),
            departement=chance.choice(departements),
        )

    return fill_in


def sign_in() -> tuple[dict[str, str], Callable[[str], str]]:
    """Accounts with their cookie, and what fills the places of their addresses.

    The network told of most, its structure told of most, a département: the heaviest lists.
    """
    from django.conf import settings
    from django.test import Client

    from portevoix.web.accounts.models import Agent, Membership
    from portevoix.web.experiences.models import Concern, Experience
    from portevoix.web.ui.pagination import _encode

    network = _most("network")
    places: dict[str, dict[str, Any]] = {
        "manager": {"role": "network_manager", "network_id": network},
        "agent": {"role": "agent", "structure_id": _most("structure")},
        "observer": {"role": "observer", "departement": "59"},
        "moderator": {"role": "moderator"},
    }
    cookies = {}
    for who, place in places.items():
        agent, new = Agent.objects.get_or_create(email=f"{who}@banc.example", name=who)
        if new:
            Membership.objects.create(agent=agent, **place)
        client = Client()
        client.force_login(agent)
        cookies[who] = client.cookies[settings.SESSION_COOKIE_NAME].OutputString()
    waiting = Concern.objects.filter(state="waiting", network=network)
    parts = list(waiting.order_by("?").values_list("experience_id", flat=True)[:300])
    cursors = [_encode("after", row, ("due_on", "pk")) for row in waiting.order_by("?")[:50]]
    to_read = list(Experience.objects.filter(state="deposited").values_list("pk", flat=True))
    chance = random.Random(5)

    def fill_in(address: str) -> str:
        return address.format(
            part=chance.choice(parts), work=chance.choice(cursors), waiting=chance.choice(to_read)
        )

    return cookies, fill_in


def _most(column: str) -> Any:
    """Of whom most stories wait for an answer."""
    from django.db.models import Count

    from portevoix.web.experiences.models import Concern

    counted = Concern.objects.filter(state="waiting").values(column).annotate(n=Count("pk"))
    return counted.order_by("-n").first()[column]


def serve() -> tuple[subprocess.Popen[bytes], int]:
    """Start the site as it runs in production, two processes, and wait for it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "uvicorn", "portevoix.web.config.asgi:application",
        "--port", str(port), "--workers", "2", "--lifespan", "off", "--no-access-log",
        "--log-level", "warning",
    ]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ | QUIET)
    while server.poll() is None:
        try:
            _get(port, "/sante/")
        except (OSError, SystemExit):
            # Not there yet, or there before its database answers it.
            time.sleep(0.2)
        else:
            return server, port
    raise SystemExit(f"le site ne démarre pas (code {server.returncode})")


def _get(port: int, address: str, cookie: str = "") -> float:
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    response.read()
    connection.close()
    if response.status in {429, 500, 502, 503} or (cookie and response.status != 200):
        raise SystemExit(f"{address} répond {response.status}")
    return (time.perf_counter() - start) * 1000


def warm(port: int, fill_in: Callable[[str], str]) -> None:
    """Read every page a few times: a process loads its engines and indexes for ten seconds."""
    start = time.perf_counter()
    while time.perf_counter() - start < WARMING:
        for address in PAGES.values():
            _get(port, fill_in(address))


def measure(
    port: int, fill_in: Callable[[str], str], requests: int, at_once: int, only: str = ""
) -> Iterator[dict[str, Any]]:
    for name, address in PAGES.items():
        if only in name:
            addresses = [fill_in(address) for _ in range(requests)]
            yield _measured(name, _times(port, addresses, at_once), BUDGET)


def measure_agents(
    port: int, requests: int, at_once: int, only: str = ""
) -> Iterator[dict[str, Any]]:
    cookies, fill_in = sign_in()
    for name, (who, address) in AGENTS.items():
        if only in name:
            addresses = [fill_in(address) for _ in range(requests)]
            times = _times(port, addresses, at_once, cookies[who])
            yield _measured(name, times, AGENTS_BUDGET)


def _measured(name: str, times: list[float], budget: int) -> dict[str, Any]:
    return {
        "page": name,
        "p50": round(statistics.median(times), 1),
        "p95": round(statistics.quantiles(times, n=20)[18], 1),
        "max": round(max(times), 1),
        "budget": budget,
    }


def _times(port: int, addresses: list[str], at_once: int, cookie: str = "") -> list[float]:
    """How long each took, by several readers at once."""
    times: list[float] = []

    def visit(share: list[str]) -> None:
        times.extend([_get(port, address, cookie) for address in share])

    threads = [
        threading.Thread(target=visit, args=(addresses[rank::at_once],)) for rank in range(at_once)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=120_000)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--home", type=Path, help="dossier gardé d'une fois à l'autre")
    parser.add_argument("--only", default="", help="les pages dont le nom contient ces mots")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    folder = options.home or Path(tempfile.mkdtemp(prefix="portevoix-banc-"))
    open_site(folder) if (folder / "ready").exists() else prepare(options.rows, folder)
    (folder / "ready").touch()
    fill_in = draw()
    server, port = serve()
    try:
        warm(port, fill_in)
        found = [
            *measure(port, fill_in, options.requests, options.at_once, options.only),
            *measure_agents(port, options.requests, options.at_once, options.only),
        ]
    finally:
        server.terminate()
        server.wait()
    _report(found, options)


def _report(found: list[dict[str, Any]], options: argparse.Namespace) -> None:
    from django.db import connection

    print(
        f"\n{connection.vendor}, {options.rows} expériences, {options.at_once} lecteurs à la fois"
    )
    print(f"{'page':<28}{'p50':>8}{'p95':>8}{'pire':>8}  (ms)")
    for row in found:
        over = row["p95"] > row["budget"]
        late = f"  <-- au-dessus de {row['budget']} ms" if over else ""
        print(f"{row['page']:<28}{row['p50']:>8}{row['p95']:>8}{row['max']:>8}{late}")
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
