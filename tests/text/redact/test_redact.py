"""Redaction as its users see it: what is hidden, what stays, and what never breaks."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from portevoix.cli.redact import redact as redact_command
from portevoix.protocols import Redactor as RedactorProtocol
from portevoix.text.redact import Kind, Operator, Redactor, find, redact
from tests.timing import in_proportion

HIDDEN = [
    ("Merci à Mme Lefèvre.", "Merci à Mme [nom]."),
    ("Appelez-moi au 06 39 98 12 34.", "Appelez-moi au [téléphone]."),
    ("Appelez-moi au +33(0)639981234.", "Appelez-moi au [téléphone]."),
    ("Écrivez à jean.dupont@example.fr svp", "Écrivez à [courriel] svp"),
    ("Ma plaque : GT-318-KL.", "Ma plaque : [immatriculation]."),
    ("Mon fils est né le 12/03/2014.", "Mon fils est né le [date de naissance]."),
    ("J'habite 7 rue du Vieux Moulin, 59570 Houdain", "J'habite [adresse]"),
    ("Numéro fiscal 21 08 876 543 494", "Numéro fiscal [numéro de dossier]"),
    ("Dossier APL/75/448120 perdu", "Dossier [numéro de dossier] perdu"),
    ("Passeport volé : 14CV77120.", "Passeport volé : [pièce d'identité]."),
    ("Login : halima976", "Login : [identifiant]"),
    ("voir facebook.com/marie.untel", "voir [adresse de page personnelle]"),
    ("sécu 2 74 12 67 968 230 61", "sécu [numéro de sécurité sociale]"),
    ("Carte 4970 1000 0000 1236", "Carte [numéro de carte]"),
    ("RIB : FR76 9999 7050 5000 1122 3344 575", "RIB : [IBAN]"),
]

KEPT = [
    "M. le maire et Mme la préfète ont répondu.",
    "Bonjour Madame, Monsieur,",
    "Appelez le 3939 ou le 0 800 123 456, ou le 0810 25 13 10.",
    "J'ai payé 1 204,33 € le 12/03/2024 avec le Cerfa 12345*02.",
    "L'article L. 123-4 et le décret n° 2019-1234.",
    "La préfecture de Nancy et la Carsat de Saint-Étienne.",
    "SIRET 123 456 789 00012, code APE 8411Z.",
    "Du 17 avril au 23 juillet 2019, année scolaire 2018/2019.",
]


@pytest.mark.parametrize(("text", "expected"), HIDDEN)
def test_what_identifies_someone_is_hidden(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert redact(text).text == text


def test_a_wrong_key_is_hidden_with_a_lower_score_and_a_reason() -> None:
    (right,) = find("sécu 255081416802538")
    (wrong,) = find("sécu 255081416802539")
    assert right.kind == wrong.kind == Kind.NIR
    assert wrong.score < right.score
    assert "clé fausse" in wrong.reason


def test_positions_go_both_ways() -> None:
    text = "Merci à Mme Lefèvre, 06 39 98 12 34, et bravo."
    redaction = redact(text)
    for word in ("Merci", "et bravo"):
        there = redaction.to_redacted(text.index(word))
        assert redaction.text[there:].startswith(word)
        assert redaction.to_original(there) == text.index(word)


def test_an_elision_is_undone() -> None:
    assert redact("la fille de Mme Petit et d'Odette Vandewalle").text.endswith("et de [nom]")


def test_pseudonyms_are_consistent_within_a_text() -> None:
    text = "Mme Lefèvre m'aide. M. Kowalczyk non. Merci Mme Lefèvre."
    hidden = redact(text, Operator.PSEUDONYM).text
    assert hidden == "Mme [nom 1] m'aide. M. [nom 2] non. Merci Mme [nom 1]."
    assert redact(hidden).text == hidden


def test_a_first_name_alone_is_the_same_person() -> None:
    text = "M. Karim Kowalczyk m'aide. Karim est patient."
    hidden = redact(text, Operator.PSEUDONYM).text
    assert hidden == "M. [nom 1] m'aide. [nom 1] est patient."


def test_a_name_known_once_is_hidden_everywhere_in_any_case() -> None:
    text = "Mme Kowalczyk m'a reçue. J'ai rappelé kowalczyk. KOWALCZYK ne répond plus."
    assert redact(text).text == "Mme [nom] m'a reçue. J'ai rappelé [nom]. [nom] ne répond plus."


def test_a_mask_keeps_the_length() -> None:
    text = "Appelez Mme Lefèvre."
    hidden = redact(text, Operator.MASK).text
    assert len(hidden) == len(text)
    assert "Lefèvre" not in hidden


def test_the_engine_satisfies_its_contract() -> None:
    engine: RedactorProtocol = Redactor()
    assert engine.redact("Mme Lefèvre") == "Mme [nom]"
    assert engine.find("rien ici") == []


PIECES = st.sampled_from(
    [text for text, _ in HIDDEN] + KEPT + ["@", "06", " 2A ", "né le ", "Mme ", "l'", "[nom]", "\n"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=20), max_size=8).map("".join))
def test_findings_lie_in_the_text_apart_and_sorted(text: str) -> None:
    findings = find(text)
    last = 0
    for finding in findings:
        assert last <= finding.start < finding.end <= len(text)
        assert 0 <= finding.score <= 1
        assert finding.reason
        last = finding.end
    if not findings:
        assert redact(text).text == text


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=6).map(" ".join))
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text).text
    assert redact(once).text == once


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PIECES | st.text(max_size=20), max_size=8).map("".join))
def test_what_stays_keeps_its_place_both_ways(text: str) -> None:
    redaction = redact(text)
    read = 0
    for start, end, _, _ in redaction.edits:
        for position in range(read, start):
            there = redaction.to_redacted(position)
            assert redaction.text[there] == text[position]
            assert redaction.to_original(there) == position
        read = end


@pytest.mark.parametrize(("text", "_"), HIDDEN)
def test_a_redacted_text_is_left_alone(text: str, _: str) -> None:
    once = redact(text).text
    assert redact(once).text == once


@pytest.mark.parametrize(
    "piece",
    [
        "@",
        "1 ",
        "a.",
        "A1-",
        "né ",
        "12 rue ",
        "14 rue Le Bourg, ",
        "Mme DUPONT ",
        "zéro un ",
        "Mme ",
        "Xx ",
        "a",
        "FR76 ",
        "('",
    ],
)
def test_a_hostile_text_costs_in_proportion(piece: str) -> None:
    find("Mme Lefèvre 1")
    assert in_proportion(lambda size: find((piece * size)[:size]), 50_000)


def test_the_command_answers_every_line() -> None:
    lines = '{"id": 1, "text": "Mme Lefèvre"}\nabc\n{"id": 2}\n[]\n'
    out = CliRunner().invoke(redact_command, [], input=lines)
    answers = [json.loads(line) for line in out.output.splitlines()]
    assert answers[0]["text"] == "Mme [nom]"
    assert answers[0]["findings"][0]["kind"] == "PERSON"
    assert [a.get("error") is not None for a in answers] == [False, True, True, True]
