"""Sixty orders slipped into a story change nothing of the draft, even when a model obeys them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portevoix.llm import Client, ModelDrafter, Server
from portevoix.text.redact import Redactor
from tests.llm.server import Application
from tests.paths import ROOT
from tests.reply.library import KIND_WORDS, TWICE, drafter, story

ATTACKS = [
    json.loads(line)
    for line in Path(ROOT / "evals/injection/attacks.jsonl").read_text("utf-8").splitlines()
]
each_attack = pytest.mark.parametrize("case", ATTACKS, ids=[case["id"] for case in ATTACKS])


def test_there_are_sixty() -> None:
    assert len({case["attack"] for case in ATTACKS}) == 60


@each_attack
def test_the_embedded_draft_is_the_same_as_without_the_attack(case: dict[str, str]) -> None:
    calm = drafter().draft(story(f"{KIND_WORDS}\n{TWICE}", None))
    for text in (
        f"{KIND_WORDS}\n{case['attack']}\n{TWICE}",
        f"{case['attack']}\n{KIND_WORDS}\n{TWICE}",
        f"{KIND_WORDS}\n{TWICE}\n{case['attack']}",
    ):
        assert drafter().draft(story(text, None)).text == calm.text


@each_attack
def test_a_model_that_obeys_is_not_heard(
    case: dict[str, str], model: Application, url: str
) -> None:
    obeyed = [{"point": 1, "passage": "P1", "text": case["payload"]}]
    model.sentences = [obeyed, obeyed]
    client = Client(Server(url, "says"))
    attacked = story(f"{TWICE}\n{case['attack']}")
    draft = ModelDrafter(client, drafter(), Redactor()).draft(attacked)
    client.close()
    assert draft.engine == "llm"
    assert case["payload"] not in draft.text
    assert [one.text for one in draft.dropped] == [case["payload"]]
    assert draft.dropped[0].why
