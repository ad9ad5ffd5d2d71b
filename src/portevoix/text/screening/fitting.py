"""Learning the weights: multinomial logistic regressions by L-BFGS, without randomness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy import optimize, sparse

from portevoix.text.screening.features import (
    SIZE,
    dense_features,
    letter_slots,
    tokens,
    word_slots,
)
from portevoix.text.screening.fields import WIDTH
from portevoix.text.screening.folding import fold
from portevoix.text.screening.idioms import literal
from portevoix.text.screening.model import CLASSES, URGENCIES, VERDICTS, Weights
from portevoix.text.screening.rules import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portevoix.text.screening.meanings import Meanings

PENALTY: Final = 0.3
WORD_SCALE: Final = 4.0
LETTER_SCALE: Final = 3.0
DENSE_SCALE: Final = 0.5
MEANING_SCALE: Final = 2.0
# Calm texts outnumber the others in learning far more than a moderator's patience allows: what
# is missed costs more than what is read again. Order of VERDICTS then URGENCIES; chosen by
# cross-validation.
SHIFTS: Final = (0.0, 0.8, 0.7, 1.0, 0.8, 0.8, 0.0, 3.1, 2.4, 1.9)


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its two labels, each empty when unknown, and its weight in learning."""

    text: str
    verdict: str
    urgency: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """The features of examples: hashed counts, dense rows, and what texts mean."""

    words: Any
    letters: Any
    dense: NDArray[np.float32]
    meant: NDArray[np.float32]

    def rows(self, index: NDArray[np.int64]) -> Table:
        return Table(
            self.words[index], self.letters[index], self.dense[index], self.meant[index]
        )  # fmt: skip


def table(texts: Sequence[str], meanings: Meanings) -> Table:
    """The features of texts, one row each."""
    folded = [literal(fold(text)) for text in texts]
    read = [tokens(text) for text in folded]
    words = _counts([word_slots(one) for one in read])
    letters = _counts([letter_slots(text) for text in folded])
    dense = [dense_features(text, find(text)) for text in folded]
    return Table(
        words,
        letters,
        np.array(dense, np.float32).reshape(len(texts), WIDTH),
        np.array([meanings.of(one) for one in read], np.float32),
    )


def _counts(slots: list[NDArray[np.int64]]) -> Any:
    pointers = np.cumsum([0, *(len(s) for s in slots)])
    columns = np.concatenate(slots) if slots else np.zeros(0, np.int64)
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(slots), SIZE))
    matrix.sum_duplicates()
    return matrix


def _rarity(matrix: Any) -> NDArray[np.float64]:
    seen = np.asarray((matrix > 0).sum(axis=0)).ravel()
    return np.asarray(np.clip(np.log((1 + matrix.shape[0]) / (1 + seen)) + 1, 0, 15))


def _scaled(matrix: Any, idf: NDArray[np.float64], scale: float) -> Any:
    norms = np.sqrt(np.asarray(matrix @ (idf**2)).ravel()) + 1e-6
    return sparse.diags(scale / norms) @ matrix @ sparse.diags(idf)


def fit(examples: Sequence[Example], meanings: Meanings, features: Table | None = None) -> Weights:
    """The weights learned from examples; `features` spares reading the texts again."""
    features = features or table([example.text for example in examples], meanings)
    word_idf, letter_idf = (_quantised(_rarity(m)) for m in (features.words, features.letters))
    design = sparse.csr_matrix(
        sparse.hstack([
            _scaled(features.words, word_idf, WORD_SCALE),
            _scaled(features.letters, letter_idf, LETTER_SCALE),
            sparse.csr_matrix(features.dense * DENSE_SCALE),
            sparse.csr_matrix(features.meant * MEANING_SCALE),
        ])
    )  # fmt: skip
    whole, bias = _learned(examples, design)
    words, letters, dense, meant = np.split(whole, (SIZE, 2 * SIZE, 2 * SIZE + WIDTH))
    return Weights(
        (words * word_idf[:, None] * WORD_SCALE).astype(np.float32),
        (letters * letter_idf[:, None] * LETTER_SCALE).astype(np.float32),
        (dense * DENSE_SCALE).astype(np.float32),
        (bias + SHIFTS).astype(np.float32),
        word_idf.astype(np.float32),
        letter_idf.astype(np.float32),
        meanings.weighed(meant * MEANING_SCALE),
    )


def _learned(
    examples: Sequence[Example], design: Any
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each column of `design` says for each class, and the bias of each class.

    Urgencies do not learn from meanings: for as much found, more calm texts raised an alarm.
    """
    used = np.flatnonzero(np.asarray(abs(design).sum(axis=0)).ravel())
    weight = np.array([example.weight for example in examples])
    whole, biases = np.zeros((design.shape[1], CLASSES)), []
    for names, labels, columns in (
        (VERDICTS, [e.verdict for e in examples], used),
        (URGENCIES, [e.urgency for e in examples], used[used < 2 * SIZE + WIDTH]),
    ):
        known = np.flatnonzero([label in names for label in labels])
        codes = np.array([names.index(labels[i]) for i in known])
        # Half the memory to sweep at each step, and the same answers.
        small = design[:, columns].astype(np.float32)
        block, bias = _logistic(small[known], codes, weight[known], len(names))
        first = len(VERDICTS) if names is URGENCIES else 0
        whole[columns, first : first + len(names)] = block
        biases.append(bias)
    return whole, np.concatenate(biases)


def _quantised(idf: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.round(idf * 16) / 16)


def _logistic(
    design: Any, codes: NDArray[np.int64], weight: NDArray[np.float64], classes: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows, columns = design.shape
    target = np.zeros((rows, classes))
    target[np.arange(rows), codes] = 1.0
    balance = np.sqrt(
        np.bincount(codes, weight, classes).mean() / np.bincount(codes, weight, classes)
    )
    weight = weight * balance[codes]
    transposed = design.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        block = flat[classes:].reshape(columns, classes)
        logits = design @ block.astype(np.float32) + flat[:classes]
        logits -= logits.max(axis=1, keepdims=True)
        total = np.log(np.exp(logits).sum(axis=1, keepdims=True))
        error = (np.exp(logits - total) - target) * weight[:, None]
        value = -(weight * ((logits - total) * target).sum(axis=1)).sum()
        gradient = transposed @ error.astype(np.float32) + PENALTY * block
        return (
            float(value + PENALTY / 2 * (block**2).sum()),
            np.concatenate([error.sum(axis=0), gradient.ravel()]),
        )

    start = np.zeros(classes * (columns + 1))
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60})
    return best.x[classes:].reshape(columns, classes), best.x[:classes]
