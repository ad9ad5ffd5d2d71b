"""Training of the reading of expectations from labelled segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from portevoix.text.cues import cues
from portevoix.text.features import tokens
from portevoix.text.network import Network
from portevoix.text.weights import Weights
from portevoix.training import runs
from portevoix.training.descent import Descent
from portevoix.training.encoder import Encoder
from portevoix.training.labelled import Labelled
from portevoix.training.network import Batch, Judge
from portevoix.training.wording import learn_words, ngrams, said_aside

FOLDS: Final = 5
# Chosen by grouped cross-validation (docs/decisions/0003).
JUDGES: Final = 2
ROUNDS: Final = 12
AT_ONCE: Final = 500
PACE: Final = 3e-3
DECAY: Final = 0.01
# One number a turn of phrase: they move faster than the rest.
TURNS_PACE: Final = 2e-2
# How often a text is cut between two segments, so that neighbours are missing.
CUT: Final = 0.15
PRIOR_POWER: Final = 0.3
# Segments encoded at once.
_BLOCK: Final = 2000

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def folds(data: Labelled) -> list[tuple[Ints, Ints]]:
    """Return the rows to train on and to keep aside, whole experiences together."""
    return list(GroupKFold(FOLDS).split(data.segments, groups=data.groups))


def train(data: Labelled, encoder: Encoder, prior: Labelled | None = None) -> Weights:
    """Train on labelled segments; how frequent codes are is counted on `prior` (`data` if none).

    The judges learn from what the words say of segments that those words were not learnt on.
    """
    names, matrix, idf = ngrams(data.segments)
    targets = data.targets()
    said = said_aside(matrix, targets, data.weights, data.keys)
    table = _Table.of(data, encoder, said, targets)
    judges = [_judge(table, seed) for seed in range(JUDGES)]
    vectors, bias = learn_words(matrix, targets, data.weights, 0)
    codes = (prior or data).codes
    frequency = (np.bincount(codes, minlength=17) + 1) / (len(codes) + 17)
    return Weights(
        tuple(names),
        (vectors * idf[:, None]).astype(np.float32),
        (idf**2).astype(np.float32),
        bias,
        encoder.words,
        encoder.meanings,
        _network(encoder, judges),
        (frequency**PRIOR_POWER).astype(np.float32),
    ).rounded()


def _network(encoder: Encoder, judges: Sequence[Judge]) -> Network:
    together = {
        name: np.stack([judge.arrays[name] for judge in judges]) for name in judges[0].arrays
    }
    return Network(
        runs=encoder.runs,
        runs_bias=encoder.runs_bias,
        traits=encoder.traits,
        traits_bias=encoder.traits_bias,
        **together,
    )


def _judge(table: _Table, seed: int) -> Judge:
    judge = Judge(table.traits.shape[1], table.turns.shape[1], seed)
    descent = Descent(PACE, DECAY, {"turns": TURNS_PACE}, {"turns": 0.0})
    rng = np.random.default_rng(seed + 1000)
    parts = [part for _ in range(ROUNDS) for part in table.parts(rng)]
    for number, texts in enumerate(parts):
        rows = table.rows(texts)
        slopes = judge.slopes(table.batch(texts, rng), table.targets[rows], table.weights[rows])
        pace = min(1, (number + 1) / (0.1 * len(parts))) * (1 - number / len(parts))
        descent.step(judge.arrays, slopes, max(0.02, pace))
    return judge


def traits_of(segments: Sequence[str], encoder: Encoder) -> Floats:
    """Return what the encoder says of each segment (n, e), before any label."""
    row = {word: number for number, word in enumerate(encoder.words, start=1)}
    arrays = {
        "meanings": encoder.meanings,
        "runs": encoder.runs,
        "runs_bias": encoder.runs_bias,
    }
    found = []
    for at in range(0, len(segments), _BLOCK):
        words = [[row.get(w, 0) for w in tokens(t)] or [0] for t in segments[at : at + _BLOCK]]
        counts = np.array([len(one) for one in words])
        run = runs.forward(arrays, np.concatenate([np.array(one) for one in words]), counts)
        found.append(np.maximum(run.pooled @ encoder.traits + encoder.traits_bias, 0))
    return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class _Table:
    """Labelled segments as numbers, texts one after the other."""

    traits: Floats
    said: Floats
    turns: Floats
    characters: Ints
    lengths: Ints
    targets: Floats
    weights: Floats

    @classmethod
    def of(cls, data: Labelled, encoder: Encoder, said: Floats, targets: Floats) -> Self:
        return cls(
            traits_of(data.segments, encoder),
            said,
            np.array([cues(text) for text in data.segments], dtype=np.float32),
            np.array([len(text) for text in data.segments], dtype=np.int64),
            data.lengths,
            targets,
            data.weights,
        )

    def rows(self, texts: Ints) -> Ints:
        starts = np.cumsum(self.lengths) - self.lengths
        return np.concatenate([np.arange(starts[t], starts[t] + self.lengths[t]) for t in texts])

    def parts(self, rng: np.random.Generator) -> list[Ints]:
        """Return all texts in a random order, a few at a time."""
        order = rng.permutation(len(self.lengths))
        ends = np.cumsum(self.lengths[order])
        cuts = np.searchsorted(ends, np.arange(AT_ONCE, ends[-1], AT_ONCE))
        return [part for part in np.split(order, np.unique(cuts)) if len(part)]

    def batch(self, texts: Ints, rng: np.random.Generator) -> Batch:
        """Return some texts, cut here and there."""
        rows = self.rows(texts)
        owner = np.repeat(np.arange(len(texts)), self.lengths[texts])
        starts = np.r_[True, owner[1:] != owner[:-1]] | (rng.random(len(rows)) < CUT)
        return Batch(
            self.traits[rows],
            self.said[rows],
            self.turns[rows],
            np.diff(np.r_[np.flatnonzero(starts), len(rows)]).astype(np.int64),
            self.characters[rows],
        )


def read_encoder(path: Path) -> Encoder:
    """Read what `training/word_meanings.py` made."""
    with np.load(path, allow_pickle=False) as stored:
        return Encoder(
            tuple(stored["words"].tobytes().decode().split("\n")),
            (stored["meanings"] * stored["scale"]).astype(np.float32),
            *(
                stored[name].astype(np.float32)
                for name in ("runs", "runs_bias", "traits", "traits_bias")
            ),
        )


def known_encoder(weights: Weights) -> Encoder:
    """Return what a trained model knows of words, to start another from."""
    network = weights.network
    return Encoder(
        weights.words,
        weights.meanings,
        network.runs,
        network.runs_bias,
        network.traits,
        network.traits_bias,
    )
