"""A model answers from passages, is checked sentence by sentence, and may fail without harm."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from portevoix.errors import InputError
from portevoix.llm import Client, ModelDrafter, Patience, Server
from portevoix.llm.gate import Gate
from portevoix.reply import Draft, SentenceKind
from portevoix.text.redact import Redactor
from tests.llm.server import Application
from tests.reply.library import TWICE, drafter, story

QUICK = Patience(connect=0.5, silence=0.3, whole=1.0, tries=2, wait=0.01)
GOOD = "Demandez au service s'il peut obtenir ce papier lui-même."
NUMBER = "Vous avez 30 jours pour demander au service s'il peut l'obtenir lui-même."


def asked(url: str, name: str, text: str = TWICE, gate: Gate | None = None) -> Draft:
    client = Client(Server(url, name, "secret-key", QUICK), gate=gate, sleep=lambda _: None)
    try:
        return ModelDrafter(client, drafter(), Redactor()).draft(story(text))
    finally:
        client.close()


def row(text: str, passage: str = "P1", point: int = 1) -> dict[str, object]:
    return {"point": point, "passage": passage, "text": text}


def written(draft: Draft) -> list[str]:
    return [s.text for s in draft.sentences if s.kind is SentenceKind.ANSWER]


def test_a_sentence_that_holds_is_kept_with_its_passage(model: Application, url: str) -> None:
    model.sentences = [[row(GOOD)]]
    draft = asked(url, "says")
    assert written(draft) == [GOOD]
    (sentence,) = [s for s in draft.sentences if s.source]
    assert sentence.source is not None
    assert sentence.source.url == "https://exemple.fr/once"
    assert sentence.source.quote == "Demandez au service s'il peut l'obtenir lui-même."
    assert (draft.engine, draft.model, draft.prompt, draft.tokens) == (
        "llm",
        "says",
        "reply.v2",
        42,
    )


def test_what_does_not_hold_is_sent_back_once_then_dropped_and_said(
    model: Application, url: str
) -> None:
    model.sentences = [[row(NUMBER)], [row(NUMBER), row(GOOD)]]
    draft = asked(url, "says")
    assert len(model.requests) == 2
    assert "30" in model.requests[1]["messages"][-1]["content"]
    assert written(draft) == [GOOD]
    assert [one.text for one in draft.dropped] == [NUMBER]
    assert "30" in draft.dropped[0].why


def test_a_repaired_sentence_is_kept(model: Application, url: str) -> None:
    model.sentences = [[row(NUMBER)], [row(GOOD)]]
    draft = asked(url, "says")
    assert written(draft) == [GOOD]
    assert not draft.dropped


def test_only_redacted_text_leaves_and_the_story_is_data(model: Application, url: str) -> None:
    asked(url, "says", f"{TWICE} Écrivez-moi à jeanne.morvan@exemple.org ou au 06 39 98 12 34.")
    sent = model.requests[0]["messages"]
    assert [message["role"] for message in sent] == ["system", "user", "user", "user"]
    assert "06 39" not in str(sent)
    assert "jeanne" not in str(sent)
    assert TWICE not in sent[0]["content"]
    assert TWICE in sent[3]["content"]


@pytest.mark.parametrize(
    "fault",
    ["stall", "429", "500", "503", "401", "404", "redirect", "not json", "garbage", "half",
     "refusal", "prose"],
)  # fmt: skip
def test_a_fault_gives_the_embedded_draft_under_its_own_name(
    fault: str, model: Application, url: str
) -> None:
    model.stalled = 2.0
    start = time.monotonic()
    draft = asked(url, fault)
    assert time.monotonic() - start < 2.5
    assert draft.engine == "embedded"
    assert draft.sentences == drafter().draft(story(TWICE)).sentences
    assert "moteur embarqué" in draft.notes[0]


def test_nobody_listening_gives_the_embedded_draft() -> None:
    draft = asked("http://127.0.0.1:9/v1", "says")
    assert draft.engine == "embedded"
    assert draft.notes


def test_a_passage_or_point_that_does_not_exist_is_a_bad_answer(
    model: Application, url: str
) -> None:
    model.sentences = [[row(GOOD, passage="P99")]]
    assert asked(url, "says").engine == "embedded"
    model.sentences = [[row(GOOD, point=99)]]
    assert asked(url, "says").engine == "embedded"


def test_two_hundred_agents_do_not_wait_for_a_server_that_hangs(
    model: Application, url: str
) -> None:
    model.stalled = 2.0
    gate = Gate()
    patient = drafter()
    client = Client(Server(url, "stall", patience=QUICK), gate=gate, sleep=lambda _: None)
    at_hand = ModelDrafter(client, patient, Redactor())
    with ThreadPoolExecutor(16) as pool:
        drafts = list(pool.map(lambda _: at_hand.draft(story(TWICE)), range(200)))
    assert {draft.engine for draft in drafts} == {"embedded"}
    assert all(draft.sentences and draft.notes for draft in drafts)
    # Eight may be let in together, and three failures close the gate.
    assert len(model.requests) <= 16
    client.close()


@pytest.mark.parametrize("bad", ["ftp://x/v1", "http://example.org/v1", "", "example.org"])
def test_text_never_travels_in_clear(bad: str) -> None:
    with pytest.raises(InputError):
        Server(bad, "model")


def test_the_key_is_not_shown() -> None:
    assert "secret" not in repr(Server("https://example.org/v1", "m", "secret"))
