"""Speed and memory of a note over a large corpus.

python benchmarks/note.py EXPERIENCES.csv [SIZE…]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from corpora import resampled

from portevoix.corpus.analyze import analyze
from portevoix.corpus.findings import Scope
from portevoix.corpus.store import load, save
from portevoix.note.document import Options
from portevoix.note.levers import load_levers
from portevoix.note.render import render
from portevoix.note.study import note_of


def memory() -> str:
    """Return the peak of this process and of its largest worker."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return f"{own:.0f} Mo (+ {workers:.0f} Mo par processus)"


def measure(source: Path, size: int) -> None:
    """Print a line for one size."""
    experiences = resampled(source, size)
    start = time.perf_counter()
    analyses = analyze(experiences, workers=2)
    cold = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "analyses.npz"
        save(analyses, path)
        start = time.perf_counter()
        stored = load(path)
        loaded = time.perf_counter() - start
        render(note_of(stored, Scope(), Options(), levers=load_levers()), "html")
        total = time.perf_counter() - start
    print(
        f"{size:>9,} expériences : lecture {cold:6.1f} s, {size / cold:6.0f} par seconde ; "
        f"note depuis les analyses gardées {total:5.2f} s (dont chargement {loaded:.2f} s) ; "
        f"mémoire {memory()}"
    )


def main() -> None:
    source = Path(sys.argv[1])
    for size in [int(value) for value in sys.argv[2:]] or [95_000]:
        measure(source, size)


if __name__ == "__main__":
    main()
