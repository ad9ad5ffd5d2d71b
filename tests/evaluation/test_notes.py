"""A correction is met or not: the evaluation of notes can fail, both ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portevoix.errors import UnreadableFileError
from portevoix.evaluation.cases import read_cases
from portevoix.evaluation.notes import measure, whole
from portevoix.text.expectations import ExpectationModel

SLOW = "J'attends mon dossier depuis huit mois, ce délai est beaucoup trop long."
KIND = "La dame de l'accueil était très aimable et souriante, merci à elle."


def case(kind: str, *texts: str) -> dict[str, Any]:
    return {"id": "1", "kind": kind, "side": "pain_points", "expectation": "DEL", "texts": texts}


@pytest.mark.parametrize(("kind", "expected"), [("quote", [True, False]), ("theme", [False, True])])
def test_a_quote_is_read_as_its_theme_and_a_theme_taken_out_is_not(
    kind: str, expected: list[bool]
) -> None:
    done = measure([case(kind, SLOW, KIND)], ExpectationModel.load())
    assert [one.met for one in done] == expected


def test_an_empty_text_is_counted(tmp_path: Path) -> None:
    done = list(measure([case("quote", ""), case("theme", "")], ExpectationModel.load()))
    assert [one.met for one in done] == [False, True]


def test_a_line_that_is_no_case_is_named(tmp_path: Path) -> None:
    place = tmp_path / "notes.jsonl"
    place.write_text('{"id": "1", "expectation": "ZZZ"}\n', "utf-8")
    with pytest.raises(UnreadableFileError, match="ligne 1"):
        read_cases(place, whole)
