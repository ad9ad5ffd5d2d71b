"""The index: a shelf for each kind of document, one question asked of some or all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from portevoix.search.asking import ask
from portevoix.search.document import Document, Hit, Kind
from portevoix.search.meanings import Meanings
from portevoix.search.passages import choose
from portevoix.search.shelf import Changes, Shelf
from portevoix.search.weights import Weights

__all__ = ["Changes", "Index"]

PASSAGES: Final = 2


class Index:
    """Kept in a folder, or in memory when there is none. Safe to read from many threads."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        meanings: Meanings | None = None,
        weights: Weights = Weights(),  # noqa: B008 (frozen)
    ) -> None:
        self._meanings = meanings or Meanings.shipped()
        self._shelves = {
            kind: Shelf(folder / kind if folder else None, self._meanings, weights) for kind in Kind
        }

    def count(self, kind: Kind) -> int:
        """How many documents of a kind it holds."""
        return len(self._shelves[kind])

    def refresh(self) -> None:
        """See what another process wrote."""
        for shelf in self._shelves.values():
            shelf.refresh()

    def sync(self, kind: Kind, documents: Iterable[Document]) -> Changes:
        """Bring one kind in step: what is not given any more is taken out.

        Raises `IndexBusyError` while another process writes.
        """
        return self._shelves[kind].sync(documents, whole=True)

    def add(self, kind: Kind, documents: Iterable[Document]) -> Changes:
        """Put documents in; one of a known identifier replaces it. Raises `IndexBusyError`."""
        return self._shelves[kind].sync(documents, whole=False)

    def search(
        self,
        text: str,
        *,
        kinds: Sequence[Kind] = (Kind.ARTICLE,),
        network: str = "",
        limit: int = 10,
        passages: int = PASSAGES,
    ) -> list[Hit]:
        """Find documents, best first. With `network`, those of it and those of every network."""
        question = ask(text, self._meanings)
        networks = (network, "") if network else ()
        found = [
            (document, score)
            for kind in kinds
            for document, score in self._shelves[kind].search(question, networks, limit)
        ]
        found.sort(key=lambda item: (-item[1], item[0].key))
        return [
            Hit(
                document,
                score,
                choose(document, question, self._meanings, passages) if passages else (),
            )
            for document, score in found[:limit]
        ]
