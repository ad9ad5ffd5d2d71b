"""Making and cutting `Labels`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import Labels


def labels_of(rows: Sequence[Sequence[str]]) -> Labels:
    """Return the labels of each row; empty ones and repetitions are left out."""
    values = tuple(sorted({label for row in rows for label in row if label}))
    code = {label: index for index, label in enumerate(values)}
    coded = [list(dict.fromkeys(code[label] for label in row if label)) for row in rows]
    offsets = np.cumsum([0, *map(len, coded)]).astype(np.int32)
    flat = [one for row in coded for one in row]
    return Labels(values, offsets, np.array(flat, dtype=np.int32))


def codes_of(labels: Labels, rows: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the codes of some rows, one after the other."""
    lengths = np.diff(labels.offsets)[rows].astype(np.int64)
    shifts = labels.offsets[:-1][rows] - (np.cumsum(lengths) - lengths)
    index = np.arange(int(lengths.sum())) + np.repeat(shifts, lengths)
    return np.asarray(labels.codes[index], dtype=np.int32)


def take(labels: Labels, rows: NDArray[np.int64]) -> Labels:
    """Return the labels of some rows, with the values that remain."""
    kept, again = np.unique(codes_of(labels, rows), return_inverse=True)
    lengths = np.diff(labels.offsets)[rows].astype(np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    values = tuple(labels.values[code] for code in kept)
    return Labels(values, offsets, again.astype(np.int32))


def concatenate(parts: Sequence[Labels]) -> Labels:
    """Return the rows of every part in order, over one sorted list of values."""
    values = tuple(sorted(set().union(*(part.values for part in parts))))
    code = {label: index for index, label in enumerate(values)}
    codes: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    lengths: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    for part in parts:
        renumber = np.array([code[label] for label in part.values], dtype=np.int32)
        codes.append(renumber[part.codes] if len(part.codes) else part.codes)
        lengths.append(np.diff(part.offsets))
    offsets = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int32)
    return Labels(values, offsets, np.concatenate(codes))
