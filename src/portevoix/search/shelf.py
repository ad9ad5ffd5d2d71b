"""Documents of one kind: their words and their meanings, found by both."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from portevoix.search.asking import Question, mend
from portevoix.search.document import Document, digest
from portevoix.search.lexical import Lexical
from portevoix.search.meanings import Meanings
from portevoix.search.table import Table

# How much nearness of meaning weighs beside shared words (evals/search/README.md).
NEARNESS: Final = 0.35
_CANDIDATES: Final = 60
_BLOCK: Final = 2000


@dataclass(frozen=True, slots=True)
class Changes:
    """What a synchronisation did."""

    added: int = 0
    replaced: int = 0
    removed: int = 0
    kept: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(
            self.added + other.added,
            self.replaced + other.replaced,
            self.removed + other.removed,
            self.kept + other.kept,
        )


class Shelf:
    """One kind of document, in a folder or in memory."""

    def __init__(self, folder: Path | None, meanings: Meanings) -> None:
        self._meanings = meanings
        self._file = folder / "meanings.npz" if folder else None
        self._words = Lexical(folder / "words" if folder else None)
        self._table = Table.load(self._file) if self._file else Table()
        self._stamp = self._written()
        if len(self._table.keys) != len(self._words):
            # A stop between the two files: what is missing is put in again at the next call.
            self._words.clear()
            self._table = Table()

    def __len__(self) -> int:
        return len(self._table.keys)

    def refresh(self) -> None:
        """See what another process wrote."""
        if self._file and self._written() != self._stamp:
            self._stamp = self._written()
            self._words.refresh()
            self._table = Table.load(self._file)

    def _written(self) -> int:
        return self._file.stat().st_mtime_ns if self._file and self._file.is_file() else 0

    def sync(self, documents: Iterable[Document], *, whole: bool) -> Changes:
        """Put in what is new or changed; with `whole`, take out what was not given."""
        known = self._table.digest_by_key()
        seen: set[str] = set()
        done = Changes()
        block: list[tuple[Document, str, str]] = []
        for document in documents:
            packed = document.packed()
            mark = digest(packed)
            if document.key in seen:
                continue
            seen.add(document.key)
            if known.get(document.key) == mark:
                done += Changes(kept=1)
                continue
            done += Changes(replaced=1) if document.key in known else Changes(added=1)
            block.append((document, packed, mark))
            if len(block) == _BLOCK:
                self._put(block, ())
                block = []
        gone = sorted(set(known) - seen) if whole else []
        if block or gone:
            self._put(block, gone)
        if self._file and done.kept != len(seen) or gone:
            self._save()
        return done + Changes(removed=len(gone))

    def _put(self, block: list[tuple[Document, str, str]], gone: Collection[str]) -> None:
        documents = [document for document, _, _ in block]
        vectors = self._meanings.embed([_gist(document) for document in documents])
        self._words.write([(document, packed) for document, packed, _ in block], gone)
        self._table = self._table.changed(
            gone,
            [document.key for document in documents],
            [mark for _, _, mark in block],
            [document.network for document in documents],
            vectors,
        )

    def _save(self) -> None:
        if self._file:
            self._table.save(self._file)
            self._stamp = self._written()

    def search(self, question: Question, networks: Collection[str], limit: int) -> list[tuple[Document, float]]:
        """The best documents with their scores, equal ones by key."""
        asked = mend(question, self._words.count, self._words.like)
        shares = {
            found.key: found.share
            for found in self._words.search(asked.weights, networks, max(limit, _CANDIDATES))
        }
        near = self._table.near(question.vector, networks)
        best = np.argsort(-near, kind="stable")[: max(limit, _CANDIDATES)]
        nearness = {self._table.keys[row]: float(near[row]) for row in best if near[row] > 0}
        missing = set(shares) - set(nearness)
        if missing:
            rows = {key: row for row, key in enumerate(self._table.keys) if key in missing}
            nearness.update({key: max(0.0, float(near[row])) for key, row in rows.items()})
        scores = {
            key: shares.get(key, 0.0) + NEARNESS * nearness.get(key, 0.0)
            for key in {*shares, *nearness}
        }
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [(Document.unpacked(self._words.load(key)), score) for key, score in ranked]


def _gist(document: Document) -> str:
    """What a document is about: its title and opening, then its themes."""
    return " ".join([document.title, *document.path, document.lead or document.body[:600]])
