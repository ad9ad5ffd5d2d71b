"""Segments keep exact positions and cut where people do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portevoix.text.segment import segment


def cut(text: str, *, turns: bool = False) -> list[str]:
    return [piece.text for piece in segment(text, turns=turns)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Très bien. Merci !", ["Très bien.", "Merci !"]),
        ("J'ai vu M. Dupont hier. Rien.", ["J'ai vu M. Dupont hier.", "Rien."]),
        ("Pas de RDV.Aucun créneau.", ["Pas de RDV.", "Aucun créneau."]),
        ("Site impots.gouv.fr en panne.", ["Site impots.gouv.fr en panne."]),
        ("Il a payé 3.50 euros.", ["Il a payé 3.50 euros."]),
        ("Bonjour\n\nJe suis déçu", ["Bonjour", "Je suis déçu"]),
        ("Quoi ?! Encore...", ["Quoi ?!", "Encore..."]),
        ("", []),
        ("  \n ", []),
        ("...", []),
    ],
)
def test_sentences(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_turns_are_an_option() -> None:
    text = "Accueil parfait, mais le site plante."
    assert cut(text) == [text]
    assert cut(text, turns=True) == ["Accueil parfait,", "mais le site plante."]


@given(st.text(st.sampled_from("aAé .!?…\n,;0-«»'M")))
def test_positions_are_exact_and_nothing_is_lost(text: str) -> None:
    pieces = segment(text)
    assert all(piece.text == text[piece.start : piece.end] for piece in pieces)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    covered = {place for piece in pieces for place in range(piece.start, piece.end)}
    assert all(place in covered for place, c in enumerate(text) if c.isalnum())
