"""Turns of phrase that suggest: a quick look first never changes what is found."""

from __future__ import annotations

import re

import pytest

from portevoix.text.cues import _PATTERNS, cues
from tests.paths import ROOT


def _plainly(text: str) -> tuple[float, ...]:
    return tuple(1.0 if re.search(p, text, re.IGNORECASE) else 0.0 for p in _PATTERNS)


@pytest.mark.parametrize(
    "text",
    [
        "Il faudrait un banc.", "IL FAUT UN BANC", "Pourquoi ne pas ouvrir le samedi ?",
        "J'aimerais un rappel", "Mettez un banc", "Permettre de corriger", "Merci de répondre",
        "À revoir", "Si on pouvait choisir", "Il vaudrait mieux prévenir", "Rien à dire.",
        "Nous aimerions un accueil le soir", "ÉVITER de généraliser, créer un compte",
    ],
)  # fmt: skip
def test_a_quick_look_changes_nothing(text: str) -> None:
    assert cues(text) == _plainly(text)


def test_nor_on_written_experiences() -> None:
    source = (ROOT / "training" / "data" / "siblings.csv").read_text("utf-8").splitlines()
    assert all(cues(line) == _plainly(line) for line in source[:3000])
