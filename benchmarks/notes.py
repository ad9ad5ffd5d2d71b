"""Notes and dashboards over many experiences: how long each takes, on either database.

    benchmarks/notes.py                                  120 000 experiences, SQLite
    scripts/with-postgres benchmarks/notes.py            the same on PostgreSQL

Stories are those of `benchmarks/site_filling.py`. Reading them is done once and timed apart: a note
is made of what was read.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from site_filling import prepare


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and processor seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def read() -> None:
    from portevoix.web.notes import readings

    wall, cpu = timed(readings.refresh)
    print(f"lecture de tous les récits : {wall:.0f} s ({cpu:.0f} s de processeur)", flush=True)


def notes() -> None:
    """A note of everything, cold then warm, and of a large network."""
    from django.db.models import Count
    from django.utils import timezone

    from portevoix.web.directory.models import Network
    from portevoix.web.experiences.models import Concern

    today = timezone.localdate()
    largest = Concern.objects.values("network").annotate(n=Count("pk")).order_by("-n")[0]
    network = Network.objects.get(pk=largest["network"])
    year = today - timedelta(days=365)
    for name, scope in (
        ("tout, cinq ans, à froid", {}),
        ("tout, cinq ans", {}),
        ("tout, un an et le précédent", {"start": year, "end": today}),
        (f"{network.name}, cinq ans", {"network": network}),
    ):
        version = _version(scope)
        wall, cpu = timed(lambda made=version: _make(made))
        version.refresh_from_db()
        print(
            f"note : {name:<45} {version.experiences:>7} récits {wall:5.1f} s ({cpu:.1f} s)",
            flush=True,
        )


def _version(scope: dict[str, Any]) -> Any:
    from portevoix.web.notes.models import NoteVersion, Study

    study = Study.objects.create(**scope)
    return NoteVersion.objects.create(study=study, number=1, start=study.start, end=study.end)


def _make(version: Any) -> None:
    from portevoix.web.notes import making

    making.make(version)


def dashboards() -> None:
    """The dashboard of everything and of networks, each counted anew, then from memory."""
    from django.core.cache import caches

    from portevoix.web.desk.figures import Asked, figures
    from portevoix.web.directory.models import Network

    whole = Asked()
    print(f"tableau de bord, tout le site : {timed(lambda: figures(whole))[0] * 1000:.0f} ms")
    print(f"le même, gardé cinq minutes : {timed(lambda: figures(whole))[0] * 1000:.1f} ms")
    times = []
    for network in Network.objects.all():
        caches["local"].clear()
        asked = Asked(network=network)
        times.append(timed(lambda one=asked: figures(one))[0] * 1000)
    print(
        f"tableau de bord d’un réseau ({len(times)}) : médiane {statistics.median(times):.0f} ms, "
        f"p95 {statistics.quantiles(times, n=20)[18]:.0f} ms, pire {max(times):.0f} ms",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=120_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portevoix-notes-") as folder:
        prepare(options.rows, Path(folder))
        read()
        notes()
        dashboards()


if __name__ == "__main__":
    main()
