"""Plain language: what is told, where, and what is left in peace."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portevoix.text.plain import Kind, read


def told(text: str, kind: Kind) -> list[str]:
    return [text[r.start : r.end] for r in read(text).of_kind(kind)]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("Envoyez-le afin d’obtenir une réponse.", "afin d’"),
        ("Nous procédons à la vérification.", "procédons à"),
        ("Vous êtes invitée à venir.", "Vous êtes invitée à"),
        ("Il convient d’apporter un bail.", "Il convient d’"),
        ("Rapprochez-vous du service au titre des aides.", "au titre des"),
        ("Les pièces susmentionnées manquent.", "susmentionnées"),
        ("Nous vous adressons nos excuses.", "adressons"),
        ("Votre demande fait l'objet d'un contrôle.", "fait l'objet d'"),
        ("Nous ne sommes pas en mesure de le faire.", "Nous ne sommes pas en mesure de"),
        ("Je sollicite un rendez-vous.", "sollicite"),
        ("Vous devez vous acquitter de la somme.", "vous acquitter de"),
    ],
)
def test_expressions_are_read_in_all_their_forms(text: str, expression: str) -> None:
    assert told(text, Kind.WORDING) == [expression]


def test_the_longest_expression_wins_and_says_what_to_write() -> None:
    (remark,) = read("Il faut procéder au règlement de la facture.").of_kind(Kind.WORDING)
    assert remark.instead == ("payer",)


@pytest.mark.parametrize(
    "text",
    [
        "Votre adresse a changé, votre demande aussi.",
        "Vous êtes venu au guichet, qui est fermé.",
        "Vous vous êtes inscrit hier et nous nous sommes trompés.",
        "Nous sommes désolés : ce délai est long, votre colère est légitime.",
        "Merci pour l’explication, la complexité est grande. Cordialement",
        "Votre RIB (relevé d'identité bancaire) manque. Le RIB se trouve à la banque.",
        "La caisse d'allocations familiales (CAF) vous écrit. La CAF vous répond.",
        "Un SMS vous dira l’heure du RDV.",
    ],
)
def test_what_is_plain_is_left_in_peace(text: str) -> None:
    assert read(text).remarks == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Votre dossier sera examiné demain.", "sera examiné"),
        ("Une décision a été rapidement prise par le service.", "été rapidement prise"),
        ("Vos droits sont désormais ouverts et la somme est versée.", "est versée"),
    ],
)
def test_passive(text: str, said: str) -> None:
    assert told(text, Kind.PASSIVE) == [said]


def test_acronyms_are_told_once_with_their_meaning() -> None:
    text = "Votre RFR et votre RFR. La CAF attend."
    assert told(text, Kind.ACRONYM) == ["RFR", "CAF"]
    assert [r.end for r in read(text, {"Caf"}).of_kind(Kind.ACRONYM)] == [9]
    assert "revenu fiscal de référence" in read(text).of_kind(Kind.ACRONYM)[0].message


def test_a_long_sentence_and_the_summary() -> None:
    text = "Bonjour,\n" + "un deux trois " * 10 + ". La CNAV vous répond ici."
    found = read(text)
    assert found.longest == 30
    assert found.sentences == 2
    assert (
        found.summary()
        == "18\u00a0mots par phrase, 1\u00a0phrase longue, 1\u00a0sigle non expliqué"
    )
    assert read("").summary() == ""


def test_two_negations() -> None:
    text = "L’aide n’est pas due si vous n’avez pas renvoyé le bail."
    assert len(read(text).of_kind(Kind.NEGATION)) == 1
    assert read("Ne venez pas lundi.").remarks == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aéN’' .\n(-)à d\u00a0CAF!?", max_size=200))
def test_any_text_is_read_and_places_are_inside(text: str) -> None:
    for remark in read(text).remarks:
        assert 0 <= remark.start < remark.end <= len(text)


@pytest.mark.parametrize("unit", ["a", "A", "n'", "( ", "est ", "à défaut d", "vous êtes ", "é-"])
def test_cost_grows_with_length(unit: str) -> None:
    read(unit)
    start = time.perf_counter()
    read(unit * (10_000 // len(unit)))
    assert time.perf_counter() - start < 5
