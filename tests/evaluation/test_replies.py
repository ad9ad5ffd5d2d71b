"""A reproach is gone or still there: the evaluation of drafts can fail, and says on what."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portevoix.errors import UnreadableFileError
from portevoix.evaluation.cases import read_cases
from portevoix.evaluation.replies import (
    checks,
    demonstration,
    labelled,
    whole,
)
from portevoix.reply import Draft
from portevoix.reply.draft import Sentence, SentenceKind, Source

PAGE = "https://exemple.fr/page"
SOURCE = Source("A1", "Une page", PAGE, "Le guichet ouvre à 9 h.", checked=date(2026, 1, 1))
CITED = Sentence("Le guichet ouvre à 9 h.", SentenceKind.ANSWER, SOURCE)
OWN = Sentence("Nous sommes désolés.", SentenceKind.COURTESY)


def draft(*sentences: Sentence) -> Draft:
    return Draft(sentences, (), "embedded")


def case(**changed: Any) -> dict[str, Any]:
    judged = [{"text": OWN.text, "url": ""}, {"text": CITED.text, "url": PAGE}]
    known = {"id": "1", "helpful": False, "faults": [], "faulty": [], "page": "", "draft": judged}
    return known | changed


@pytest.mark.parametrize(
    ("asked", "better", "worse"),
    [
        (case(faulty=[OWN.text]), draft(CITED), draft(OWN)),
        (case(page=PAGE), draft(CITED), draft(OWN)),
        (case(page="A1"), draft(CITED), draft(OWN)),
        (case(faults=["too_long"]), draft(OWN), draft(OWN, CITED, OWN)),
        (case(faults=["unsourced"]), draft(CITED, CITED), draft(CITED)),
        (case(helpful=True), draft(CITED), draft(OWN)),
    ],
    ids=["sentence", "address", "identifier", "length", "sources", "helpful"],
)
def test_each_reproach_is_met_or_not(asked: dict[str, Any], better: Draft, worse: Draft) -> None:
    assert [check.met for check in checks(asked, better)] == [True]
    assert [check.met for check in checks(asked, worse)] == [False]


def test_labelled_stories_are_those_of_the_demonstration() -> None:
    assert set(labelled()) <= set(demonstration())


def test_a_line_that_is_no_case_is_named(tmp_path: Path) -> None:
    place = tmp_path / "cas.jsonl"
    place.write_text('{"id": "1"}\n', "utf-8")
    with pytest.raises(UnreadableFileError, match="ligne 1"):
        read_cases(place, whole)
