"""As many results out as lines in."""

from __future__ import annotations

import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portevoix.cli.lines import work_through
from portevoix.errors import InputError


def shout(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if any(record["text"] == "" for record in records):
        raise InputError("texte vide")
    return [{"id": record["id"], "text": record["text"].upper()} for record in records]


def results(source: str) -> list[dict[str, Any]]:
    sink = io.StringIO()
    work_through(io.StringIO(source), sink, shout)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def test_one_bad_text_costs_only_itself() -> None:
    lines = ['{"id": 1, "text": "un"}', '{"id": 2, "text": ""}', '{"id": 3, "text": "trois"}']
    assert results("\n".join(lines)) == [
        {"id": 1, "text": "UN"},
        {"id": 2, "error": "texte vide"},
        {"id": 3, "text": "TROIS"},
    ]


def test_what_is_not_a_record_is_answered_with_its_line() -> None:
    answered = results('pas du json\n[1]\n{"id": "a"}\n')
    assert [answer["id"] for answer in answered] == ["ligne 1", "ligne 2", "a"]
    assert all("error" in answer for answer in answered)


@given(st.lists(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")))))
def test_as_many_out_as_in(texts: list[str]) -> None:
    source = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
    assert [answer["id"] for answer in results(source)] == list(range(len(texts)))
