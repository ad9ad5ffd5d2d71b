"""The map: each text is redacted, cut and read on its own; parts are merged in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import Any, Final

import numpy as np

from portevoix import __version__
from portevoix.corpus import terms
from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses, ExperienceTable, SegmentTable
from portevoix.corpus.labels import labels_of
from portevoix.corpus.merge import merge
from portevoix.corpus.topics import load_taxonomy
from portevoix.protocols import Progress
from portevoix.text.expectations import ExpectationModel
from portevoix.text.redact import Redactor
from portevoix.types import Experience, Feeling

# Fixed, so that the result does not depend on how many workers share the work.
CHUNK: Final = 2000
ENGINE: Final = f"portevoix {__version__}"
_FEELINGS: Final = {Feeling.NEGATIVE: 0, Feeling.NEUTRAL: 1, Feeling.POSITIVE: 2}
_EPOCH: Final = date(1970, 1, 1)


def analyze(
    experiences: Sequence[Experience], *, workers: int = 1, progress: Progress | None = None
) -> Analyses:
    """Read every experience; the same result whatever `workers` is."""
    chunks = list(_chunks(experiences))
    parts = []
    for part in _mapped(analyze_chunk, chunks, workers):
        parts.append(part)
        if progress:
            progress("Lecture", min(len(parts) * CHUNK, len(experiences)), len(experiences))
    return merge(parts)


def analyze_on(client: Any, experiences: Sequence[Experience]) -> Analyses:
    """Same as `analyze`, on a cluster: `client` is a `dask.distributed.Client`."""
    return merge(client.gather(client.map(analyze_chunk, list(_chunks(experiences)), pure=False)))


def _chunks(experiences: Sequence[Experience]) -> Iterator[Sequence[Experience]]:
    for start in range(0, max(1, len(experiences)), CHUNK):
        yield experiences[start : start + CHUNK]


def _mapped(
    work: Callable[[Sequence[Experience]], Analyses],
    chunks: Sequence[Sequence[Experience]],
    workers: int,
) -> Iterator[Analyses]:
    if workers <= 1 or len(chunks) <= 1:
        yield from map(work, chunks)
        return
    # Spawned, not forked: the caller may hold threads and connections.
    with ProcessPoolExecutor(min(workers, len(chunks)), get_context("spawn")) as pool:
        yield from pool.map(work, chunks)


def analyze_chunk(experiences: Sequence[Experience]) -> Analyses:
    """Analyse a few experiences, in this process."""
    redactor = Redactor()
    texts = [redactor.redact(experience.text) for experience in experiences]
    titles = [redactor.redact(experience.title) for experience in experiences]
    return Analyses(_experiences(experiences, titles, texts), segments_of(texts), ENGINE)


def _experiences(
    experiences: Sequence[Experience], titles: Sequence[str], texts: Sequence[str]
) -> ExperienceTable:
    def each(name: str) -> list[list[str]]:
        return [[getattr(c, name) for c in experience.concerns] for experience in experiences]

    days = [experience.day for experience in experiences]
    return ExperienceTable(
        ids=tuple(experience.id for experience in experiences),
        titles=tuple(titles),
        texts=tuple(texts),
        days=np.array([(d - _EPOCH).days if d else UNKNOWN_DAY for d in days], dtype=np.int32),
        feelings=np.array(
            [_FEELINGS[e.feeling] if e.feeling else -1 for e in experiences], dtype=np.int8
        ),
        networks=labels_of(each("network")),
        structures=labels_of(each("structure")),
        departements=labels_of([[experience.departement] for experience in experiences]),
        procedures=labels_of([experience.procedures for experience in experiences]),
        channels=labels_of([[x for c in e.concerns for x in c.channels] for e in experiences]),
    )


def segments_of(texts: Sequence[str]) -> SegmentTable:
    """Cut and read texts that are already redacted."""
    read = ExpectationModel.load().read(texts)
    lengths = [len(one) for one in read]
    spans = np.concatenate([np.zeros((0, 2), np.int32), *(one.spans for one in read)])
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    cut = [
        text[start:end]
        for text, one in zip(texts, read, strict=True)
        for start, end in one.spans.tolist()
    ]
    tokens = [terms.tokens_of(one) for one in cut]
    taxonomy = load_taxonomy()
    return SegmentTable(
        experience=owners,
        spans=spans,
        expectation=np.concatenate([np.zeros((0, 17), np.float32), *(r.expectation for r in read)]),
        polarity=np.concatenate([np.zeros((0, 3), np.float32), *(r.polarity for r in read)]),
        suggestion=np.concatenate([np.zeros(0, np.float32), *(r.suggestion for r in read)]),
        terms=labels_of([terms.keys_of(one) for one in tokens]),
        topics=labels_of([taxonomy.said(one) for one in tokens]),
    )
