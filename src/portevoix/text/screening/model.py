"""The learned scores: linear models of verdict and urgency over words, letters, fields, meaning."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Final

import numpy as np

from portevoix.errors import ResourceError
from portevoix.text.screening.charter import Urgency, Verdict
from portevoix.text.screening.features import (
    SIZE,
    dense_features,
    letter_slots,
    tokens,
    word_places,
    word_slots,
)
from portevoix.text.screening.meanings import Meanings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from portevoix.text.screening.phrases import Words
    from portevoix.text.screening.rules import Hit

VERDICTS: Final = tuple(Verdict)
URGENCIES: Final = tuple(Urgency)
CLASSES: Final = len(VERDICTS) + len(URGENCIES)


@dataclass(frozen=True, slots=True)
class Weights:
    """`words` and `letters` float32 (SIZE, 10), `dense` (WIDTH, 10), `bias` (10,).

    `word_idf` and `letter_idf` float32 (SIZE,): how rare each slot is, for the norm.
    `meanings`: what each word says for each of the 10 classes by what it means.
    """

    words: NDArray[np.float32]
    letters: NDArray[np.float32]
    dense: NDArray[np.float32]
    bias: NDArray[np.float32]
    word_idf: NDArray[np.float32]
    letter_idf: NDArray[np.float32]
    meanings: Meanings


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of a text, and what each word of it brought, in the order of its slots."""

    verdict: NDArray[np.float32]
    urgency: NDArray[np.float32]
    folded: str
    parts: NDArray[np.float32]

    def heaviest(self, column: int, spans: list[tuple[int, int]]) -> tuple[int, int]:
        """The sentence that speaks most for a class."""
        places = word_places(self.folded)
        totals = []
        for start, end in spans:
            inside = (places >= start) & (places < end)
            totals.append(float(self.parts[inside, column].sum()))
        return spans[int(np.argmax(totals))]


def softmax(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities along the last axis."""
    exponent = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(exponent / exponent.sum(axis=-1, keepdims=True), np.float32)


def score(weights: Weights, folded: str, hits: list[Hit], words: Words | None = None) -> Scores:
    """The scores of one folded text; `words` spares reading them again."""
    read = tokens(folded)
    slots, letters = word_slots(read), letter_slots(folded)
    parts = weights.words.take(slots, axis=0) / _norm(weights.word_idf, slots)
    spelt = _total(weights.letters.take(letters, axis=0)) / _norm(weights.letter_idf, letters)
    logits = weights.bias + _total(parts) + spelt
    logits = logits + dense_features(folded, hits, words) @ weights.dense
    logits = logits + weights.meanings.of(read)
    n = len(VERDICTS)
    return Scores(softmax(logits[:n]), softmax(logits[n:]), folded, parts)


def _total(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sum of narrow rows: a product is several times faster than a sum along them."""
    return np.ones(len(rows), np.float32) @ rows


def _norm(idf: NDArray[np.float32], slots: NDArray[np.int64]) -> np.float32:
    rarity = idf.take(slots)
    return np.float32(np.sqrt(rarity @ rarity) + 1e-6)


def load() -> Weights:
    """The weights of the package. Raises `ResourceError` when the file is missing or damaged."""
    path = resources.files("portevoix").joinpath("data", "screen.npz")
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            return unpack({name: arrays[name] for name in arrays.files})
    except (OSError, KeyError, ValueError) as error:
        raise ResourceError("Les poids de la modération manquent ou sont abîmés.") from error


def pack(weights: Weights) -> dict[str, NDArray[np.generic]]:
    """Arrays to store: only slots that were seen, in half precision."""
    packed: dict[str, NDArray[np.generic]] = {
        "dense": weights.dense.astype(np.float32),
        "bias": weights.bias.astype(np.float32),
        **weights.meanings.pack(),
    }
    for name, table, idf in (
        ("words", weights.words, weights.word_idf),
        ("letters", weights.letters, weights.letter_idf),
    ):
        seen = np.flatnonzero(np.abs(table).max(axis=1) > 0.004)
        packed[f"{name}_slots"] = seen.astype(np.int32)
        packed[f"{name}_values"] = table[seen].astype(np.float16)
        packed[f"{name}_idf"] = np.round(idf * 16).astype(np.uint8)
    return packed


def unpack(packed: dict[str, NDArray[np.generic]]) -> Weights:
    """The weights of `pack`."""
    tables = {}
    for name in ("words", "letters"):
        table = np.zeros((SIZE, CLASSES), np.float32)
        table[packed[f"{name}_slots"].astype(np.int64)] = packed[f"{name}_values"]
        tables[name] = table
    return Weights(
        tables["words"], tables["letters"],
        packed["dense"].astype(np.float32), packed["bias"].astype(np.float32),
        _idf(packed["words_idf"]), _idf(packed["letters_idf"]), Meanings.unpack(packed),
    )  # fmt: skip


def _idf(stored: NDArray[np.generic]) -> NDArray[np.float32]:
    return np.asarray(stored, np.float32) / np.float32(16)
