"""Where the structures of an index stand: their rows by département and by region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portevoix.opendata.territories import region_of
from portevoix.web.directory.places import Codes

Rows = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Grounds:
    """Rows of an index of `size` structures."""

    size: int
    departements: Mapping[str, Rows]
    regions: Mapping[str, Rows]

    def within(self, codes: Codes) -> Mask:
        """What stands in one of these départements."""
        return self._mask(self.departements, codes)

    def around(self, codes: Codes) -> Mask:
        """What stands in their regions: a Crous, an Urssaf serve several départements."""
        return self._mask(self.regions, {region_of(code)[0] for code in codes})

    def _mask(self, groups: Mapping[str, Rows], wanted: Set[str]) -> Mask:
        mask = np.zeros(self.size, dtype=np.bool_)
        for code in groups.keys() & wanted:
            mask[groups[code]] = True
        return mask


def drawn(size: int, departements: Mapping[str, Sequence[int]]) -> Grounds:
    """`departements`: the rows of each code."""
    regions: dict[str, list[int]] = defaultdict(list)
    for code, rows in departements.items():
        # Collectivities overseas are in no region.
        if region := region_of(code)[0]:
            regions[region] += rows
    return Grounds(size, _packed(departements), _packed(regions))


def _packed(groups: Mapping[str, Sequence[int]]) -> dict[str, Rows]:
    return {code: np.array(rows, np.int32) for code, rows in groups.items()}
