"""Training of the expectation model from labelled segments."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from portevoix.text.expectations import (
    CODES,
    POLARITY,
    SUGGESTION,
    WIDTH,
    ExpectationModel,
    Floats,
    Ints,
    Weights,
    contexts,
)
from portevoix.text.features import pair_feature, tokens, word_features
from portevoix.text.readings import EXPECTATIONS, POLARITIES

FOLDS: Final = 5
# Strengths of regularisation and the exponent of the prior, chosen by grouped cross-validation.
STRENGTH: Final = {"codes": 10.0, "polarity": 5.0, "suggestion": 5.0}
SECOND_STRENGTH: Final = 0.02
PRIOR_POWER: Final = 0.4
EXTRA_WEIGHT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """Segments in order with their labels; `texts_of` groups them by experience."""

    segments: tuple[str, ...]
    groups: NDArray[np.int64]
    codes: NDArray[np.int64]
    polarities: NDArray[np.int64]
    suggestions: NDArray[np.int64]

    def take(self, rows: Ints) -> Labelled:
        return Labelled(
            tuple(self.segments[row] for row in rows),
            self.groups[rows],
            self.codes[rows],
            self.polarities[rows],
            self.suggestions[rows],
        )

    @property
    def lengths(self) -> Ints:
        """How many segments each experience has, in order of first appearance."""
        starts = np.flatnonzero(np.r_[True, self.groups[1:] != self.groups[:-1]])
        return np.asarray(np.diff(np.r_[starts, len(self.groups)]), dtype=np.int64)


def read_labelled(path: Path) -> Labelled:
    """Read a CSV of segments with expectation, polarity and suggestion."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = {name: n for n, name in enumerate(dict.fromkeys(r.get("experience", "") for r in rows))}
    return Labelled(
        tuple(row["text"] for row in rows),
        np.array([names[row.get("experience", "")] for row in rows]),
        np.array([EXPECTATIONS.index(row["expectation"]) for row in rows]),
        np.array([POLARITIES.index(row["polarity"]) for row in rows]),
        np.array([int(row["suggestion"]) for row in rows]),
    )


def join(parts: Sequence[Labelled]) -> Labelled:
    """Return the segments of every part, their groups kept apart."""
    shifts = np.cumsum([0, *(part.groups.max(initial=-1) + 1 for part in parts)])
    return Labelled(
        tuple(text for part in parts for text in part.segments),
        np.concatenate([p.groups + shift for p, shift in zip(parts, shifts, strict=False)]),
        np.concatenate([part.codes for part in parts]),
        np.concatenate([part.polarities for part in parts]),
        np.concatenate([part.suggestions for part in parts]),
    )


def train(real: Labelled, extra: Labelled) -> Weights:
    """Train on real segments and on extra ones (half weight), which stand alone."""
    first = _train_first(real, extra)
    held_out = np.zeros((len(real.segments), WIDTH), dtype=np.float32)
    for kept, aside in folds(real):
        model = ExpectationModel(_train_first(real.take(kept), extra))
        held_out[aside] = model.first_stage(real.take(aside).segments)
    return _train_second(first, held_out, real)


def folds(data: Labelled) -> list[tuple[Ints, Ints]]:
    """Return the rows to train on and to keep aside, whole experiences together."""
    return list(GroupKFold(FOLDS).split(data.segments, groups=data.groups))


def _train_first(real: Labelled, extra: Labelled) -> Weights:
    segments = (*real.segments, *extra.segments)
    names, matrix, idf = _matrix(segments)
    weight = np.r_[np.ones(len(real.segments)), np.full(len(extra.segments), EXTRA_WEIGHT)]
    vectors = np.zeros((len(names), WIDTH))
    bias = np.zeros(WIDTH)
    for part, strength, labels in (
        (CODES, STRENGTH["codes"], np.r_[real.codes, extra.codes]),
        (POLARITY, STRENGTH["polarity"], np.r_[real.polarities, extra.polarities]),
        (SUGGESTION, STRENGTH["suggestion"], np.r_[real.suggestions, extra.suggestions]),
    ):
        model = LogisticRegression(C=strength, max_iter=300, tol=1e-3)
        model.fit(matrix, labels, sample_weight=weight)
        # Two classes give one row of weights: the other is its opposite.
        two = len(model.coef_) == 1
        vectors[:, part] = (np.vstack([-model.coef_, model.coef_]) / 2 if two else model.coef_).T
        bias[part] = np.r_[-model.intercept_, model.intercept_] / 2 if two else model.intercept_
    prior = (np.bincount(real.codes, minlength=17) + 1) / (len(real.codes) + 17)
    return Weights(
        tuple(names),
        (vectors * idf[:, None]).astype(np.float32),
        (idf**2).astype(np.float32),
        bias.astype(np.float32),
        np.zeros((0, WIDTH), dtype=np.float32),
        np.zeros(WIDTH, dtype=np.float32),
        (prior**PRIOR_POWER).astype(np.float32),
    )


def _matrix(segments: Sequence[str]) -> tuple[list[str], sp.csr_matrix, NDArray[np.float64]]:
    """Return the features met twice, the normalised matrix, and the weight of each feature."""
    documents = [_features(text) for text in segments]
    frequency = Counter(feature for document in documents for feature in set(document))
    names = sorted(feature for feature, count in frequency.items() if count > 1)
    column = {feature: index for index, feature in enumerate(names)}
    idf = np.array([np.log((1 + len(documents)) / (1 + frequency[f])) + 1 for f in names])
    indices = [[column[f] for f in document if f in column] for document in documents]
    pointers = np.cumsum([0, *(len(row) for row in indices)])
    flat = np.array([i for row in indices for i in row], dtype=np.int64)
    counts = sp.csr_matrix((np.ones(len(flat)), flat, pointers), (len(documents), len(names)))
    norms = np.sqrt(np.maximum(counts @ idf**2, 1e-6))
    return names, sp.csr_matrix(sp.diags(1 / norms) @ counts @ sp.diags(idf)), idf


def _features(text: str) -> list[str]:
    words = tokens(text)
    pairs = [pair_feature(left, right) for left, right in pairwise(words)]
    return [feature for word in words for feature in word_features(word)] + pairs


def _train_second(first: Weights, held_out: Floats, real: Labelled) -> Weights:
    context = contexts(held_out, real.lengths, real.segments)
    centre, spread = context.mean(axis=0), context.std(axis=0) + 1e-6
    second = np.zeros((context.shape[1], WIDTH))
    bias = np.zeros(WIDTH)
    for part, labels in (
        (CODES, real.codes),
        (POLARITY, real.polarities),
        (SUGGESTION, real.suggestions),
    ):
        model = LogisticRegression(C=SECOND_STRENGTH, max_iter=500)
        model.fit((context - centre) / spread, labels)
        two = len(model.coef_) == 1
        rows = np.vstack([-model.coef_, model.coef_]) / 2 if two else model.coef_
        offset = np.r_[-model.intercept_, model.intercept_] / 2 if two else model.intercept_
        second[:, part] = (rows / spread).T
        bias[part] = offset - rows @ (centre / spread)
    return Weights(
        first.features,
        first.vectors,
        first.squares,
        first.bias,
        second.astype(np.float32),
        bias.astype(np.float32),
        first.prior,
    )
