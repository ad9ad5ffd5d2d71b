"""Learning to say of a sentence, from its words alone, what a larger encoder says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.text.features import tokens
from portevoix.text.pooling import REACH
from portevoix.training import runs
from portevoix.training.descent import Descent, Rows
from portevoix.training.encoder import Encoder

MEANING: Final = 192
RUNS: Final = 160
TRAITS: Final = 192
ROUNDS: Final = 6
AT_ONCE: Final = 128
PACE: Final = 3e-3
PACES: Final = {"meanings": 1.5e-3}
DROP_WORD: Final = 0.03
SPREAD: Final = 0.5
# Sentences on which the spread is measured.
SAMPLE: Final = 2000

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Slopes = dict[str, Floats | Rows]


def compressed(vectors: Floats, often: int) -> Floats:
    """Return vectors of `MEANING` numbers, row 0 for a word unknown; the first `often` count."""
    centred = vectors - vectors[:often].mean(axis=0)
    axes = np.linalg.svd(centred[:often], full_matrices=False)[2][:MEANING]
    short = centred @ axes.T
    short /= short[:often].std()
    return np.vstack([np.zeros((1, MEANING)), short]).astype(np.float32)


def learn(
    words: Sequence[str], vectors: Floats, sentences: Sequence[str], wanted: Floats
) -> Encoder:
    """Learn meanings, runs and traits so that sentences get their `wanted` direction (n, k)."""
    arrays = _arrays(vectors, wanted.shape[1], np.random.default_rng(0))
    row = {word: number for number, word in enumerate(words, start=1)}
    known = [np.array([row.get(w, 0) for w in tokens(text)] or [0]) for text in sentences]
    rng = np.random.default_rng(1)
    order = np.concatenate([rng.permutation(len(known)) for _ in range(ROUNDS)])
    steps = [order[at : at + AT_ONCE] for at in range(0, len(order), AT_ONCE)]
    descent = Descent(PACE, 0.0, PACES, {})
    for number, chosen in enumerate(steps):
        found = np.concatenate([known[i] for i in chosen])
        found[rng.random(len(found)) < DROP_WORD] = 0
        counts = np.array([len(known[i]) for i in chosen])
        pace = min(1, (number + 1) / (0.05 * len(steps))) * (1 - number / len(steps))
        descent.step(arrays, _slopes(arrays, found, counts, wanted[chosen]), max(0.02, pace))
    _rescale(arrays, known)
    kept = ("meanings", "runs", "runs_bias", "traits", "traits_bias")
    return Encoder(tuple(words), *(arrays[name] for name in kept))


def _rescale(arrays: dict[str, Floats], known: Sequence[Ints]) -> None:
    """Give traits the spread that judges learn best from."""
    counts = np.array([len(one) for one in known[:SAMPLE]])
    run = runs.forward(arrays, np.concatenate(known[:SAMPLE]), counts)
    spread = np.maximum(run.pooled @ arrays["traits"] + arrays["traits_bias"], 0).std()
    for name in ("traits", "traits_bias"):
        arrays[name] *= np.float32(SPREAD / spread)


def _slopes(arrays: dict[str, Floats], words: Ints, counts: Ints, wanted: Floats) -> Slopes:
    """Return the slopes of the mean distance (1 - cosine) from the `wanted` directions."""
    run = runs.forward(arrays, words, counts)
    traits = np.maximum(run.pooled @ arrays["traits"] + arrays["traits_bias"], 0)
    said = traits @ arrays["out"] + arrays["out_bias"]
    length = np.linalg.norm(said, axis=1, keepdims=True) + 1e-6
    unit = said / length
    agreement = (unit * wanted).sum(axis=1, keepdims=True)
    slope = -(wanted - agreement * unit) / length / np.float32(len(counts))
    back = (slope @ arrays["out"].T) * (traits > 0)
    slopes = runs.backward(arrays, run, back @ arrays["traits"].T)
    slopes |= {"out": traits.T @ slope, "out_bias": slope.sum(axis=0)}
    return slopes | {"traits": run.pooled.T @ back, "traits_bias": back.sum(axis=0)}


def _arrays(vectors: Floats, size: int, rng: np.random.Generator) -> dict[str, Floats]:
    return {
        "meanings": vectors.copy(),
        "runs": _start(rng, MEANING, REACH * RUNS),
        "runs_bias": np.zeros(RUNS, np.float32),
        "traits": _start(rng, 2 * RUNS, TRAITS) * np.float32(1.4),
        "traits_bias": np.zeros(TRAITS, np.float32),
        "out": _start(rng, TRAITS, size),
        "out_bias": np.zeros(size, np.float32),
    }


def _start(rng: np.random.Generator, rows: int, columns: int) -> Floats:
    return np.asarray(rng.normal(size=(rows, columns)) * np.sqrt(1 / rows), dtype=np.float32)
