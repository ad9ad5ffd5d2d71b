"""The experiences that a note may show, made one by one from the analyses as they are opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses
from portevoix.note.document import Source
from portevoix.types import Feeling

FEELINGS: Final = {0: Feeling.NEGATIVE, 1: Feeling.NEUTRAL, 2: Feeling.POSITIVE}
EPOCH: Final = date(1970, 1, 1)


class Sources(Mapping[str, Source]):
    """The experiences of one or several corpora by identifier, in their order.

    A scope may hold hundreds of thousands, of which a note shows a few hundred.
    """

    def __init__(self, corpora: Sequence[Analyses]) -> None:
        self._tables = [analyses.experiences for analyses in corpora]
        self._where = {
            identifier: (part, row)
            for part, table in enumerate(self._tables)
            for row, identifier in enumerate(table.ids)
        }

    def __len__(self) -> int:
        return len(self._where)

    def __iter__(self) -> Iterator[str]:
        return iter(self._where)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._where

    def __getitem__(self, identifier: str) -> Source:
        part, row = self._where[identifier]
        table = self._tables[part]
        day = int(table.days[row])
        return Source(
            id=table.ids[row],
            text=table.texts[row],
            title=table.titles[row],
            day=None if day == UNKNOWN_DAY else EPOCH + timedelta(days=day),
            feeling=FEELINGS.get(int(table.feelings[row])),
            structures=table.structures.of(row),
            departements=table.departements.of(row),
            channels=table.channels.of(row),
        )

    def structures(self, identifier: str) -> tuple[str, ...]:
        """The structures of one experience, without making the rest of it."""
        part, row = self._where[identifier]
        return self._tables[part].structures.of(row)
