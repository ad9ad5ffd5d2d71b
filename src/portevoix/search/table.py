"""The meaning of each document of one kind, and the digest by which a change is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from portevoix.search.meanings import Floats


def _no_vectors() -> Floats:
    return np.zeros((0, 0), dtype=np.float32)


@dataclass(slots=True)
class Table:
    """Rows in the order of `keys`; `vectors` (n, d) are unit or zero."""

    keys: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    networks: NDArray[np.str_] = field(default_factory=lambda: np.zeros(0, dtype="U1"))
    vectors: Floats = field(default_factory=_no_vectors)
    _rows: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._rows = {key: row for row, key in enumerate(self.keys)}

    def row(self, key: str) -> int:
        """The row of a key. Raises `KeyError` when it is not there."""
        return self._rows[key]

    @classmethod
    def load(cls, path: Path) -> Self:
        """The table kept in a file; an empty one when it is absent or from another version."""
        if not path.is_file():
            return cls()
        try:
            with np.load(path, allow_pickle=False) as data:
                return cls(
                    data["keys"].tolist(),
                    data["digests"].tolist(),
                    data["networks"],
                    data["vectors"].astype(np.float32),
                )
        except (OSError, ValueError, KeyError):
            return cls()

    def save(self, path: Path) -> None:
        """Write whole, then put in place: a reader never sees half a table."""
        fresh = path.with_suffix(".new.npz")
        np.savez(
            fresh,
            keys=np.array(self.keys, dtype=np.str_),
            digests=np.array(self.digests, dtype=np.str_),
            networks=self.networks,
            vectors=self.vectors.astype(np.float16),
        )
        fresh.replace(path)

    def digest_by_key(self) -> Mapping[str, str]:
        return dict(zip(self.keys, self.digests, strict=True))

    def changed(
        self,
        remove: Collection[str],
        keys: Sequence[str],
        digests: Sequence[str],
        networks: Sequence[str],
        vectors: Floats,
    ) -> Table:
        """Another table, without some rows and with others."""
        gone = {*remove, *keys}
        kept = [row for row, key in enumerate(self.keys) if key not in gone]
        old = self.vectors[kept] if kept else vectors[:0]
        return Table(
            [*(self.keys[row] for row in kept), *keys],
            [*(self.digests[row] for row in kept), *digests],
            np.concatenate([self.networks[kept], np.array(networks, dtype=np.str_)]),
            np.vstack([old, vectors]).astype(np.float32),
        )

    def near(self, vector: Floats, networks: Collection[str]) -> Floats:
        """How near each row is, -1 for those of other networks."""
        if not self.keys:
            return np.zeros(0, dtype=np.float32)
        near: Floats = self.vectors @ vector
        if networks:
            near = np.where(np.isin(self.networks, sorted(networks)), near, -1).astype(np.float32)
        return near
