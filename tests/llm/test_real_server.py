"""The whole path on a real OpenAI-compatible server: llama.cpp with a tiny random model."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("xllamacpp", reason="pip install portevoix[dev]")
pytest.importorskip("gguf", reason="pip install portevoix[dev]")

from portevoix.llm import Client, ModelDrafter, Patience, Server
from portevoix.llm.drafting import _schema
from portevoix.reply import SentenceKind
from portevoix.text.redact import Redactor
from tests.llm import tiny_model
from tests.paths import ROOT
from tests.reply.library import KIND_WORDS, TWICE, drafter, story

PATIENCE = Patience(silence=30.0, whole=60.0)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path: Path = tmp_path_factory.mktemp("model") / "tiny.gguf"
    tiny_model.write(path)
    port = free_port()
    command = [sys.executable, "-m", "tests.llm.tiny_model", str(path), str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        assert any(line.startswith("ready") for line in process.stdout)
        yield Server(f"http://127.0.0.1:{port}/v1", "tiny", patience=PATIENCE)
    finally:
        process.kill()
        process.wait()


def test_ten_answers_have_the_shape_asked_for(tiny: Server) -> None:
    client = Client(tiny)
    for number in range(10):
        asked = [{"role": "user", "content": f"Le délai est trop long, essai {number}."}]
        found = client.complete(asked, _schema(3, 4), most_tokens=3000)
        assert isinstance(json.loads(found.text)["sentences"], list)
        assert found.tokens > 0
    client.close()


def test_nonsense_never_reaches_the_draft_and_is_said(tiny: Server) -> None:
    """Random words about a real page: nothing holds, the rest of the draft is ours."""
    client = Client(tiny)
    at_hand = ModelDrafter(client, drafter(), Redactor())
    ours = drafter().draft(story(f"{KIND_WORDS} {TWICE}", None))
    for text in (f"{KIND_WORDS} {TWICE}", f"{TWICE} Merci."):
        draft = at_hand.draft(story(text, None))
        assert draft.engine in ("llm", "embedded")
        for sentence in draft.sentences:
            if sentence.kind is SentenceKind.ANSWER:
                assert sentence.source is not None
                assert sentence.text in sentence.source.passage
    assert at_hand.draft(story(f"{KIND_WORDS} {TWICE}", None)).text == ours.text
    client.close()
