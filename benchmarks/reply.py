"""Search and embedded drafts with a big index: 5 000 articles, 120 000 past experiences.

python benchmarks/reply.py [FOLDER]     the articles and stories are those of ../shared, multiplied
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from portevoix.opendata import read_experiences
from portevoix.opendata.articles import Article, read_articles
from portevoix.reply import EmbeddedDrafter, Story
from portevoix.search import Document, Index, Kind, from_article, from_experience
from portevoix.text.expectations import ExpectationModel
from portevoix.text.screen import Screener

SHARED = Path(os.environ.get("PORTEVOIX_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ARTICLES = 5_000
EXPERIENCES = 120_000
DRAFTS = 200


def articles() -> list[Article]:
    """The fiches and the demonstration, then copies of them with other words in their title."""
    real = read_articles(SHARED / "demo" / "articles.jsonl").articles
    fiches = read_articles(SHARED / "data" / "fiches").articles
    found = [replace(a, network="" if a.network == "Tous" else a.network) for a in (*real, *fiches)]
    for copy in range(ARTICLES - len(found)):
        source = fiches[copy % len(fiches)]
        found.append(replace(source, id=f"C{copy}", title=f"{source.title} (version {copy})"))
    return found[:ARTICLES]


def experiences() -> Iterator[Document]:
    """The real experiences again and again, under other numbers."""
    reading = read_experiences([SHARED / "data" / "spplus" / "experiences.csv"])
    for number in range(EXPERIENCES):
        source = reading.experiences[number % len(reading.experiences)]
        yield from_experience(replace(source, id=f"E{number}"))


def stories() -> list[Story]:
    lines = (SHARED / "demo" / "experiences.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines][:DRAFTS]
    return [
        Story(r["id"], r["text"], r["title"], r["network"], r["structure"], r["procedure"] or "")
        for r in rows
    ]


def timed(name: str, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    done = work()
    print(f"{name:<46}{time.perf_counter() - start:8.2f} s  {done if done is not None else ''}")


def spread(name: str, calls: list[Callable[[], object]]) -> None:
    """Milliseconds of each call: median and 95th percentile, by the clock and of processor."""
    clock, processor = [], []
    for call in calls:
        start, spent = time.perf_counter(), time.process_time()
        call()
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    told = (f"{_at(took, 0.5):6.1f}, p95 {_at(took, 0.95):6.1f}" for took in (clock, processor))
    print(f"{name:<46}clock {next(told)} ms; processor {next(told)} ms")


def _at(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


def main(folder: Path) -> None:
    index = Index(folder)
    library = articles()
    documents = [from_article(article) for article in library]
    timed("5 000 articles indexed", lambda: index.sync(Kind.ARTICLE, documents))
    changed = [replace(documents[0], title="Un titre changé"), *documents[1:]]
    timed("the same again, one changed", lambda: index.sync(Kind.ARTICLE, changed))
    timed("120 000 experiences indexed", lambda: index.sync(Kind.EXPERIENCE, experiences()))
    timed("100 experiences more", lambda: index.add(Kind.EXPERIENCE, list(_more())))
    timed("opened again", lambda: Index(folder).count(Kind.EXPERIENCE))
    told = stories()
    both = (Kind.ARTICLE, Kind.EXPERIENCE)
    spread("search, articles", [lambda s=s: index.search(s.title) for s in told])
    spread(
        "search, articles and experiences",
        [lambda s=s: index.search(s.title, kinds=both) for s in told],
    )
    drafter = EmbeddedDrafter(index, ExpectationModel.load(), Screener.load())
    drafter.draft(told[0])
    spread("embedded draft", [lambda s=s: drafter.draft(s) for s in told])
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _more() -> Iterator[Document]:
    for number, document in zip(range(100), experiences(), strict=False):
        yield replace(document, id=f"N{number}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(Path(place))
