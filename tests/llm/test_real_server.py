"""The whole path on a real OpenAI-compatible server: llama.cpp with a tiny random model."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("xllamacpp", reason="pip install portevoix[dev]")
pytest.importorskip("gguf", reason="pip install portevoix[dev]")

from portevoix.llm import Client, Embedder, ModelDrafter, Patience, Server
from portevoix.llm.drafting import answer_schema
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


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[Server]:
    """The tiny model on a real server; « embeds » among `words` to have its vectors."""
    path = folder / "tiny.gguf"
    tiny_model.write(path)
    port = free_port()
    command = [sys.executable, "-m", "tests.llm.tiny_model", str(path), str(port), *words]
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


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("model")) as server:
        yield server


def test_real_vectors_are_read_compared_and_remembered(tmp_path: Path) -> None:
    texts = ["le délai est long", "merci agent", "le délai est long"]
    with serving(tmp_path, "embeds") as server:
        client = Client(server)
        embedder = Embedder(client, Redactor())
        same, other, again = embedder.scores("le délai est long", texts)
        client.close()
    assert same == pytest.approx(1.0, abs=1e-3)
    assert same == again > other
    assert embedder.remembered == 2


def test_ten_answers_have_the_shape_asked_for(tiny: Server) -> None:
    client = Client(tiny)
    for number in range(10):
        asked = [{"role": "user", "content": f"Le délai est trop long, essai {number}."}]
        found = client.complete(asked, answer_schema(3, 4), most_tokens=3000)
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
