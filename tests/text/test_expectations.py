"""What the shipped model reads, and what it promises of its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from portevoix.text.expectations import ExpectationModel
from portevoix.text.readings import EXPECTATIONS, POLARITIES


@pytest.fixture(scope="module")
def model() -> ExpectationModel:
    return ExpectationModel.load()


@pytest.mark.parametrize(
    ("text", "code", "polarity"),
    [
        ("La dame à l'accueil a été très aimable.", "ACC", "P"),
        ("Personne ne décroche au téléphone.", "TEL", "N"),
        ("Impossible de me connecter au site, erreur à chaque fois.", "NUM", "N"),
        ("Six mois d'attente pour recevoir ma carte d'identité.", "DEL", "N"),
        ("Impossible d'obtenir un rendez-vous, aucun créneau.", "RDV", "N"),
    ],
)
def test_plain_sentences(model: ExpectationModel, text: str, code: str, polarity: str) -> None:
    (read,) = model.read([text])
    assert EXPECTATIONS[int(model.choose(read.expectation)[0])] == code
    assert POLARITIES[int(read.polarity[0].argmax())] == polarity


def test_probabilities_sum_to_one(model: ExpectationModel) -> None:
    (read,) = model.read(["Bonjour. Merci beaucoup. Il faudrait un guichet."])
    assert len(read) == 3
    assert np.allclose(read.expectation.sum(axis=1), 1, atol=1e-5)
    assert np.allclose(read.polarity.sum(axis=1), 1, atol=1e-5)
    assert ((read.suggestion >= 0) & (read.suggestion <= 1)).all()


def test_a_text_reads_the_same_alone_and_among_others(model: ExpectationModel) -> None:
    texts = ["Très bon accueil. Merci.", "", "Site en panne. Personne au téléphone."]
    together = model.read(texts)
    for text, one in zip(texts, together, strict=True):
        (alone,) = model.read([text])
        assert np.array_equal(alone.spans, one.spans)
        assert np.allclose(alone.expectation, one.expectation, atol=1e-6)
        assert np.allclose(alone.polarity, one.polarity, atol=1e-6)
