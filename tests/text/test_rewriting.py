"""Changes proposed on a text: right in their sentence, apart from one another, ours to refuse."""

from __future__ import annotations

from itertools import pairwise

import pytest

from portevoix.text.plain.rewriting import Aim, apply, propose


def rewritten(text: str, *aims: Aim) -> str:
    return apply(text, propose(text, aims or tuple(Aim)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Afin de payer, écrivez-nous.", "Pour payer, écrivez-nous."),
        ("Écrivez afin d’obtenir un reçu.", "Écrivez pour obtenir un reçu."),
        ("N’hésitez pas à nous écrire.", "Vous pouvez nous écrire."),
        ("Demandez votre RSA.", "Demandez votre revenu de solidarité active (RSA)."),
        (
            "Il a le RSA (revenu de solidarité active).",
            "Il a le RSA (revenu de solidarité active).",
        ),
    ],
)
def test_simpler(before: str, after: str) -> None:
    assert rewritten(before, Aim.PLAIN) == after


def test_a_long_sentence_is_cut_where_both_halves_stand() -> None:
    before = (
        "Vous pouvez passer au guichet du lundi au vendredi avec tous les papiers de votre maison"
        " et vous pouvez aussi demander un rendez-vous par téléphone quand vous le voulez."
    )
    after = rewritten(before, Aim.PLAIN)
    assert after.count(". Vous pouvez aussi") == 1
    assert "Vous vous" not in after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Nous vous informons que votre aide arrive.", "Votre aide arrive."),
        ("Sachez qu'une aide existe.", "Une aide existe."),
        ("Nous avons dit que nous vous informons que tout va.", None),
    ],
)
def test_shorter(before: str, after: str | None) -> None:
    assert rewritten(before, Aim.SHORTER) == (after or before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("il est là. elle aussi.", "Il est là. Elle aussi."),
        ("Merci de de venir !", "Merci de venir\u00a0!"),
        ("Nous nous voyons\u00a0; vous vous levez.", None),
        ("Un dossier , malgrés tout .", "Un dossier, malgré tout."),
        ("Écrivez à www.caf.fr ou à a.b@exemple.fr.", None),
    ],
)
def test_corrected(before: str, after: str | None) -> None:
    assert rewritten(before, Aim.CORRECT) == (after or before)


@pytest.mark.parametrize("text", ["La missive est partie.", "Il a le formulaire susvisé."])
def test_a_noun_that_may_not_agree_is_left_to_the_writer(text: str) -> None:
    assert rewritten(text, Aim.PLAIN).startswith(text.split(maxsplit=1)[0])
    assert "La courrier" not in rewritten(text, Aim.PLAIN)


def test_changes_never_overlap_and_are_in_order() -> None:
    text = "Nous vous informons qu'afin de de payer , le RSA est versé  à compter du 3 mars ! " * 5
    found = propose(text)
    assert len(found) > 10
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "…", "a" * 5000, "' " * 500])
def test_odd_texts(text: str) -> None:
    assert isinstance(rewritten(text), str)
