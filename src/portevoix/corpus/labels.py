"""Making and cutting `Labels`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import Labels


def labels_of(rows: Sequence[Sequence[str]]) -> Labels:
    """Return the labels of each row; empty ones and repetitions are left out."""
    codes, values = factorized(list(chain.from_iterable(rows)))
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return labels_from(owners, codes, values, len(rows))


def factorized(texts: Sequence[str]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the code of each text (-1 for an empty one), and the texts that codes stand for."""
    values = tuple(sorted(text for text in set(texts) if text))
    code = {text: index for index, text in enumerate(values)}
    return np.array([code.get(text, -1) for text in texts], dtype=np.int64), values


def labels_from(
    owners: NDArray[np.int64], codes: NDArray[np.int64], values: tuple[str, ...], rows: int
) -> Labels:
    """Return the labels of `rows` rows from pairs of a row and a code, grouped by row.

    Negative codes and repetitions are left out.
    """
    # The first of each pair of a row and a label, in the order in which they were given.
    _, first = np.unique(owners * (len(values) + 1) + codes, return_index=True)
    first.sort()
    kept = first[codes[first] >= 0]
    lengths = np.bincount(owners[kept], minlength=rows)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    return Labels(values, offsets, codes[kept].astype(np.int32))


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
