"""Numbers packed with a note come back, whenever they were packed."""

from __future__ import annotations

import numpy as np
import pytest

from portevoix.web.notes import packing


@pytest.mark.parametrize("numbers", [[], [7], [3, 1, 2], [5, 5, 1 << 40], list(range(1, 5000))])
def test_numbers_come_back_in_their_order(numbers: list[int]) -> None:
    assert packing.numbers(packing.pack(numbers)) == numbers


def test_many_numbers_take_little_place() -> None:
    assert len(packing.pack(range(1, 100_001))) < 100_000


def test_what_the_first_notes_packed_is_still_read() -> None:
    plain = np.array([122, 1, 255], dtype="<i8").tobytes()
    assert packing.numbers(plain) == [122, 1, 255]
    assert packing.numbers(b"") == []
