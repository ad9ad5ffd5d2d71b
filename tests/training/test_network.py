"""Learning goes down the true slope, and what is learnt reads the same once shipped."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from portevoix.text.expectations import ExpectationModel
from portevoix.text.network import WIDTH, each_part
from portevoix.training import expectations, network, runs, wording
from portevoix.training.encoder import Encoder
from portevoix.training.labelled import NONE, Labelled
from portevoix.training.network import Batch, Judge

WORDS = ("accueil", "aimable", "site", "panne", "merci", "personne", "au", "telephone")


def encoder() -> Encoder:
    rng = np.random.default_rng(0)
    return Encoder(
        WORDS,
        rng.normal(size=(len(WORDS) + 1, 6)).astype(np.float32),
        (rng.normal(size=(6, 12)) / 2).astype(np.float32),
        np.full(4, 0.1, np.float32),
        (rng.normal(size=(8, 5)) / 2).astype(np.float32),
        np.full(5, 0.1, np.float32),
    )


def test_a_judge_learns_down_the_true_slope(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DROP", "DROP_TRAIT", "DROP_WORDS"):
        monkeypatch.setattr(network, name, 0.0)
    rng = np.random.default_rng(1)
    judge = Judge(traits=5, turns=3, seed=0)
    batch = Batch(
        traits=rng.random((4, 5)).astype(np.float32),
        said=each_part(rng.normal(size=(4, WIDTH))),
        turns=rng.normal(size=(4, 3)).astype(np.float32),
        lengths=np.array([3, 1]),
        characters=np.array([20, 5, 30, 400]),
    )
    targets = np.exp(each_part(rng.normal(size=(4, WIDTH))))
    weight = np.array([1, 0.5, 0.7, 1], dtype=np.float32)

    def loss() -> float:
        found = each_part(judge.forward(batch)[0])
        return -float((weight[:, None] * targets * found).sum() / weight.sum())

    for name, slope in judge.slopes(batch, targets, weight).items():
        assert not isinstance(slope, tuple)
        _check(judge.arrays[name], slope, loss)


def test_runs_are_learnt_down_the_true_slope() -> None:
    rng = np.random.default_rng(2)
    known = encoder()
    arrays = {"meanings": known.meanings, "runs": known.runs, "runs_bias": known.runs_bias}
    words, counts = np.array([1, 2, 3, 4, 0, 2, 2, 1, 3]), np.array([4, 1, 3, 1])
    wanted = rng.normal(size=(4, 8)).astype(np.float32)

    def loss() -> float:
        return float((runs.forward(arrays, words, counts).pooled * wanted).sum())

    slopes = runs.backward(arrays, runs.forward(arrays, words, counts), wanted)
    rows, values = slopes.pop("meanings")
    full = np.zeros_like(arrays["meanings"])
    full[np.asarray(rows)] = values
    for name, slope in {**slopes, "meanings": full}.items():
        assert not isinstance(slope, tuple)
        _check(arrays[name], slope, loss)


def _check(array: np.ndarray, slope: np.ndarray, loss: Callable[[], float]) -> None:
    """Compare at the steepest place: elsewhere single precision drowns the difference."""
    place = np.unravel_index(int(np.abs(slope).argmax()), slope.shape)
    before = array[place]
    array[place] = before + 0.005
    above = loss()
    array[place] = before - 0.005
    below = loss()
    array[place] = before
    assert (above - below) / 0.01 == pytest.approx(float(slope[place]), rel=0.05, abs=1e-4)


def labelled() -> Labelled:
    texts = ("accueil aimable", "merci", "site en panne", "personne au téléphone") * 20
    count = len(texts)
    return Labelled(
        texts,
        np.arange(count) // 2,
        np.array([f"{i // 2}" for i in range(count)]),
        np.array([0, 15, 9, 3] * 20),
        np.full(count, NONE),
        np.array([0, 0, 1, 1] * 20),
        np.zeros(count, dtype=np.int64),
        np.ones(count, dtype=np.float32),
    )


def test_training_twice_gives_the_same_and_reads_what_was_taught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(expectations, "ROUNDS", 40)
    monkeypatch.setattr(wording, "ROUNDS", 40)
    data = labelled()
    first, second = (expectations.train(data, encoder()) for _ in range(2))
    assert np.array_equal(first.vectors, second.vectors)
    assert np.array_equal(first.meanings, second.meanings)
    scores = ExpectationModel(first).score(data.segments, data.lengths)
    assert scores[:, :17].argmax(axis=1).tolist() == data.codes.tolist()
    assert scores[:, 17:20].argmax(axis=1).tolist() == data.polarities.tolist()


def test_what_was_written_after_an_experience_is_kept_aside_with_it() -> None:
    assert set(labelled().without(["0", "3"]).sources) == {str(n) for n in range(40)} - {"0", "3"}
