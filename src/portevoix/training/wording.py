"""Learning what words, their letters and their pairs say, one segment at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from portevoix.text.features import pair_feature, tokens, word_features
from portevoix.text.network import SUGGESTION, WIDTH, each_part

# Chosen by grouped cross-validation (docs/decisions/0003). Plain descent with momentum: methods
# that give every n-gram its own pace learn the rare ones by heart. Codes need more than the rest.
ROUNDS: Final = 8
AT_ONCE: Final = 128
PACES: Final = np.array([7.0] * 17 + [2.0] * 5, dtype=np.float32)
MOMENTUM: Final = 0.9
DROP: Final = 0.2
FEWEST: Final = 3
INNER_FOLDS: Final = 3
# Polarity and suggestion are better learnt each against the rest, by logistic regression; what is
# rare weighs more.
FIRMNESS: Final = {17: 4.0, 18: 4.0, 19: 4.0, 21: 2.0}
RARE: Final = {17: 1, 18: 1, 19: 1, 21: 2}

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def learn_words(
    matrix: sp.csr_matrix, targets: Floats, weights: Floats, seed: int
) -> tuple[Floats, Floats]:
    """Return the vectors (f, 22) and bias (22,) that best give `targets` from n-grams."""
    rng = np.random.default_rng(seed)
    vectors, bias = np.zeros((matrix.shape[1], WIDTH), np.float32), np.zeros(WIDTH, np.float32)
    moves, bias_move = np.zeros_like(vectors), np.zeros_like(bias)
    order = np.concatenate([rng.permutation(len(targets)) for _ in range(ROUNDS)])
    steps = [order[at : at + AT_ONCE] for at in range(0, len(order), AT_ONCE)]
    for number, rows in enumerate(steps):
        some = sp.csr_matrix(matrix[rows])
        kept = rng.random(len(some.data)) >= DROP
        some.data = some.data * (kept / np.float32(1 - DROP)).astype(np.float32)
        share = (weights[rows] / weights[rows].sum()).astype(np.float32)[:, None]
        slope = (np.exp(each_part(some @ vectors + bias)) - targets[rows]) * share
        # Slowly at first, then ever more slowly.
        pace = PACES * np.float32(min(1, (number + 1) / (0.1 * len(steps))))
        pace *= np.float32(1 - number / len(steps))
        moves *= np.float32(MOMENTUM)
        moves += some.T @ slope
        bias_move = bias_move * np.float32(MOMENTUM) + slope.sum(axis=0)
        vectors -= pace * moves
        bias = bias - pace * bias_move
    _learn_apart(vectors, bias, matrix, targets, weights)
    return vectors, bias


def _learn_apart(
    vectors: Floats, bias: Floats, matrix: sp.csr_matrix, targets: Floats, weights: Floats
) -> None:
    """Put in their columns what says of polarity and suggestion, each against the rest."""
    for column, firmness in FIRMNESS.items():
        wanted = targets[:, column] > 0.5
        if wanted.all() or not wanted.any():
            continue
        model = LogisticRegression(C=firmness, solver="liblinear", max_iter=300)
        model.fit(matrix, wanted, sample_weight=weights * np.where(wanted, RARE[column], 1))
        vectors[:, column], bias[column] = model.coef_[0], model.intercept_[0]
        if column == SUGGESTION.stop - 1:
            vectors[:, SUGGESTION.start], bias[SUGGESTION.start] = 0, 0


def said_aside(
    matrix: sp.csr_matrix, targets: Floats, weights: Floats, keys: Sequence[str]
) -> Floats:
    """Return log probabilities (n, 22), each segment read by words learnt without its `keys`."""
    distinct, number = np.unique(np.array(keys), return_inverse=True)
    fold = np.random.default_rng(0).permutation(len(distinct))[number] % INNER_FOLDS
    said = np.zeros_like(targets)
    for part in range(INNER_FOLDS):
        kept, aside = np.flatnonzero(fold != part), np.flatnonzero(fold == part)
        vectors, bias = learn_words(matrix[kept], targets[kept], weights[kept], part)
        said[aside] = each_part(matrix[aside] @ vectors + bias)
    return said


def ngrams(segments: Sequence[str]) -> tuple[list[str], sp.csr_matrix, NDArray[np.float64]]:
    """Return the features met often enough, the normalised matrix, the weight of each feature."""
    documents = [_features(text) for text in segments]
    frequency = Counter(feature for document in documents for feature in set(document))
    names = sorted(feature for feature, count in frequency.items() if count >= FEWEST)
    column = {feature: index for index, feature in enumerate(names)}
    idf = np.array([np.log((1 + len(documents)) / (1 + frequency[f])) + 1 for f in names])
    indices = [[column[f] for f in document if f in column] for document in documents]
    pointers = np.cumsum([0, *(len(row) for row in indices)])
    flat = np.array([i for row in indices for i in row], dtype=np.int64)
    counts = sp.csr_matrix((np.ones(len(flat)), flat, pointers), (len(documents), len(names)))
    norms = np.sqrt(np.maximum(counts @ idf**2, 1e-6))
    matrix = sp.diags(1 / norms) @ counts @ sp.diags(idf)
    return names, sp.csr_matrix(matrix, dtype=np.float32), idf


def _features(text: str) -> list[str]:
    words = tokens(text)
    pairs = [pair_feature(left, right) for left, right in pairwise(words)]
    return [feature for word in words for feature in _of_word(word)] + pairs


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[str, ...]:
    return tuple(word_features(word))
