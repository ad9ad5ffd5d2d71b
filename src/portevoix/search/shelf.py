"""Documents of one kind: their words and their meanings, found by both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from portevoix.search.asking import Question, mend
from portevoix.search.document import Document, digest
from portevoix.search.lexical import Lexical
from portevoix.search.meanings import Floats, Meanings
from portevoix.search.table import Table
from portevoix.search.weights import Weights

# Without a shared word, a document is a candidate from this nearness on.
_NEAR_ENOUGH: Final = 0.2
_CANDIDATES: Final = 60
_BLOCK: Final = 2000

# A document, what is kept of it, its digest.
Entry = tuple[Document, str, str]


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

    def __init__(self, folder: Path | None, meanings: Meanings, weights: Weights) -> None:
        self._meanings = meanings
        self._weights = weights
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
        block: list[Entry] = []
        for document in documents:
            if document.key in seen:
                continue
            seen.add(document.key)
            packed = document.packed()
            mark = digest(packed)
            if known.get(document.key) == mark:
                done += Changes(kept=1)
                continue
            done += Changes(replaced=1) if document.key in known else Changes(added=1)
            block.append((document, packed, mark))
            if len(block) == _BLOCK:
                self._put(block, ())
                block = []
        gone = sorted(set(known) - seen) if whole else []
        self._put(block, gone)
        if self._file and done.kept < len(seen) + len(gone):
            self._table.save(self._file)
            self._stamp = self._written()
        return done + Changes(removed=len(gone))

    def _put(self, block: Sequence[Entry], gone: Collection[str]) -> None:
        if not block and not gone:
            return
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

    def search(
        self, question: Question, networks: Collection[str], limit: int
    ) -> list[tuple[Document, float]]:
        """The best documents with their scores, equal ones by key."""
        asked = mend(question, self._words.count, self._words.like)
        wide = max(limit, _CANDIDATES)
        found = self._words.search(asked.weights, self._weights.by_field(), networks, wide)
        shares = {one.key: one.share for one in found}
        scores = self._with_meaning(shares, self._table.near(question.vector, networks), wide)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [(Document.unpacked(self._words.load(key)), score) for key, score in ranked]

    def _with_meaning(
        self, shares: Mapping[str, float], near: Floats, wide: int
    ) -> dict[str, float]:
        """The shares of words of some documents, and the nearest ones, both weighed together."""
        nearest = np.argsort(-near, kind="stable")[:wide]
        rows = {self._table.keys[row]: int(row) for row in nearest if near[row] > _NEAR_ENOUGH}
        rows.update({key: self._table.row(key) for key in shares})
        return {
            key: shares.get(key, 0.0) + self._weights.near * max(0.0, float(near[row]))
            for key, row in rows.items()
        }


def _gist(document: Document) -> str:
    """What a document is about: its title and opening, then its themes."""
    return " ".join([document.title, *document.path, document.lead or document.body[:600]])
