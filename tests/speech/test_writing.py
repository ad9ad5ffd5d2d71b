"""From words to the text a person would have typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portevoix.evaluation.speech import RULES, plain_spaces, read_cases
from portevoix.speech import Writer
from portevoix.speech.writing.figures import write_numbers
from portevoix.speech.writing.notices import NoticeKind
from portevoix.speech.writing.words import join, split
from tests.timing import in_proportion

CASES = [(name, case) for name in RULES for case in read_cases(name)]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[c["id"] for _, c in CASES])
def test_written_cases(name: str, case: dict[str, str]) -> None:
    assert plain_spaces(RULES[name](case["said"])) == case["written"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("numbers")) >= 150


def test_a_question_ends_with_its_mark_and_a_sentence_begins_with_a_capital() -> None:
    writer = Writer()
    assert (
        writer.write("est-ce que vous êtes ouverts").text == "Est-ce que vous êtes ouverts\u00a0?"
    )
    assert writer.write("merci beaucoup").text[:1] == "M"


def test_what_the_engine_punctuates_is_left_alone() -> None:
    writer = Writer(punctuates=True)
    said = "Bonjour, j'ai payé douze euros à la Caf. Est-ce normal ?"
    assert plain_spaces(writer.write(said).text) == (
        "Bonjour, j'ai payé 12 € à la Caf. Est-ce normal ?"
    )


def test_words_in_capitals_only_tell_nothing() -> None:
    assert "BONJOUR" not in Writer().write("BONJOUR MERCI POUR VOTRE ACCUEIL").text


def test_rude_words_are_left_out_and_the_person_told() -> None:
    written = Writer().write("c'est de la merde ce site")
    assert "…" in written.text
    assert "merde" not in written.text
    rude = [n for n in written.notices if n.kind is NoticeKind.RUDE]
    assert [written.text[n.start : n.end] for n in rude] == ["…"]


def test_rude_words_never_show_even_for_a_moment() -> None:
    assert "putain" not in Writer().sketch("putain ça fait trois mois").lower()


def test_personal_data_is_advised_as_when_typed() -> None:
    written = Writer().write(
        "rappelez-moi au zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre"
    )
    assert "06 39 98 12 34" in written.text
    assert any("téléphone" in n.advice for n in written.notices)


def test_a_sketch_changes_nothing_and_puts_no_end() -> None:
    writer = Writer()
    before = writer.state
    assert not writer.sketch("le dossier est complet").endswith(".")
    assert writer.state == before


def test_erasing_twice_goes_back_twice() -> None:
    writer = Writer()
    states = [writer.state]
    for said in ("bonjour madame", "je suis venu hier"):
        writer.write(said)
        states.append(writer.state)
    assert writer.write("efface la dernière phrase").erases
    assert writer.state == states[1]
    assert writer.write("efface la dernière phrase").erases
    assert writer.state == states[0]
    assert writer.write("efface la dernière phrase").erases


def test_a_new_line_then_a_capital() -> None:
    writer = Writer()
    first = writer.write("bonjour à la ligne")
    second = writer.write("je vous écris")
    assert first.text.endswith("\n")
    assert second.before == ""
    assert second.text.startswith("Je")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_words_are_written(said: str) -> None:
    writer = Writer()
    writer.sketch(said)
    first = writer.write(said)
    again = Writer().write(said)
    assert first == again


NUMBER_WORDS = (
    "zéro un deux vingt quatre cent mille et heures euros virgule à le six sept point moins "
    "quart douze mars million"
).split()


@settings(deadline=None)
@given(st.lists(st.sampled_from(NUMBER_WORDS), max_size=30))
def test_numbers_said_anyhow_are_read_without_harm(words: list[str]) -> None:
    written = join(write_numbers(split(" ".join(words))))
    assert len(written) <= 12 * (1 + len(words))


def test_time_grows_with_the_text() -> None:
    """Twice the words, not four times the steps: phones try several readings."""

    assert in_proportion(
        lambda count: write_numbers(split("zéro six vingt quatre vingt dix " * count)), 400
    )
