"""The socket of a dictation, under the real server."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.speech.sound import MODEL, edits, frames, needs_espeak, needs_model, plain, speech
from tests.web.voice.served import Served, order, prepare, served, until

pytestmark = [pytest.mark.slow, needs_espeak]
SENTENCES = (
    "bonjour je voudrais prendre un rendez-vous",
    "la dame du guichet a été très aimable",
    "personne ne répond au téléphone",
    "mon dossier est complet depuis le mois de mars",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("voice"))


@pytest.fixture(scope="module")
def sound() -> bytes:
    return speech(SENTENCES[3], 0.4, 1.2)


@pytest.fixture(scope="module")
def quick(home: Path) -> Iterator[Served]:
    """A site whose engine costs nothing, with two places and a line of four."""
    settings = {"PORTEVOIX_SPEECH": "null", "PORTEVOIX_DICTATIONS": "2"}
    with served(home, PORTEVOIX_DICTATIONS_PER_VISITOR="4", **settings) as site:
        yield site


def kinds(messages: list[dict[str, object]]) -> list[object]:
    return [message["type"] for message in messages]


def runs(home: Path) -> list[tuple[str, int, str]]:
    with sqlite3.connect(home / "portevoix.sqlite3") as database:
        query = "SELECT engine, items, outcome FROM runs_run WHERE capability = 'dictation'"
        return database.execute(query).fetchall()


def test_words_come_while_one_speaks_and_a_run_is_left(
    quick: Served, home: Path, sound: bytes
) -> None:
    before = len(runs(home))
    with quick.dial() as line:
        assert kinds(until(line, "ready")) == ["ready"]
        for frame in frames(sound):
            line.send(bytes(frame))
        spoken = until(line, "final")
        assert "partial" in kinds(spoken)
        order(line, "finish")
        assert until(line, "stop")[-1]["reason"] == "asked"
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1000
    _wait_for(lambda: len(runs(home)) == before + 1)
    assert runs(home)[-1] == ("null", 1, "answered")


def test_frames_whose_sentences_are_written_need_not_be_sent_again(
    quick: Served, sound: bytes
) -> None:
    with quick.dial() as line:
        until(line, "ready")
        sent = 0
        for frame in frames(sound):
            line.send(bytes(frame))
            sent += 1
        order(line, "finish")
        told = until(line, "stop")
    heard = [message["frames"] for message in told if message["type"] == "heard"]
    assert heard == sorted(heard)
    assert 10 <= heard[-1] <= sent
    # Not one while a sentence is being said.
    first, last = kinds(told).index("partial"), kinds(told).index("final")
    assert "heard" not in kinds(told)[first:last]


def test_a_pause_writes_what_was_said_and_nothing_is_heard_until_resumed(
    quick: Served, sound: bytes
) -> None:
    with quick.dial() as line:
        until(line, "ready")
        for frame in list(frames(sound))[:20]:
            line.send(bytes(frame))
        order(line, "pause")
        until(line, "final")
        for frame in frames(sound):
            line.send(bytes(frame))
        order(line, "resume")
        order(line, "finish")
        assert "partial" not in kinds(until(line, "stop"))


def test_a_third_person_waits_and_is_told_their_place(quick: Served) -> None:
    with ExitStack() as lines:
        one, two, three, four = (lines.enter_context(quick.dial()) for _ in range(4))
        until(one, "ready")
        until(two, "ready")
        assert until(three, "queue")[-1]["ahead"] == 0
        assert until(four, "queue")[-1]["ahead"] == 1
        with quick.dial() as fifth:
            refusal = until(fifth, "error")[-1]
            assert (refusal["code"], refusal["permanent"]) == ("busy", True)
        one.close()
        until(three, "ready")
        assert until(four, "queue")[-1]["ahead"] == 0


@pytest.mark.parametrize("bad", [b"\x00", b"\x01" * 65_000, "{", "[]", "null", '{"type": 3}'])
def test_whatever_comes_the_line_holds(quick: Served, bad: bytes | str) -> None:
    with quick.dial() as line:
        until(line, "ready")
        line.send(bad)
        order(line, "finish")
        assert until(line, "stop")[-1]["reason"] == "asked"


def test_another_site_may_not_use_our_microphone(quick: Served) -> None:
    with pytest.raises(InvalidStatus) as refused, quick.dial("https://ailleurs.example"):
        pass
    assert refused.value.response.status_code == 403


def test_a_site_without_engine_says_so(home: Path) -> None:
    with served(home, PORTEVOIX_SPEECH="none") as site, site.dial() as line:
        refusal = until(line, "error")[-1]
        assert refusal["code"] == "unavailable"
        assert "désactivée" in refusal["text"]


@needs_model
def test_the_local_engine_writes_what_is_said(home: Path) -> None:
    settings = {"PORTEVOIX_SPEECH": "local", "PORTEVOIX_SPEECH_MODEL": str(MODEL)}
    wrong = 0
    with served(home, **settings) as site:
        for sentence in SENTENCES:
            wrong += edits(plain(_said(site, speech(sentence))), plain(sentence))
    assert wrong / sum(len(plain(sentence)) for sentence in SENTENCES) < 0.3


def _said(site: Served, sound: bytes) -> str:
    """What a page would show of a whole dictation."""
    with site.dial() as line:
        until(line, "ready")
        for frame in frames(sound):
            line.send(bytes(frame))
        order(line, "finish")
        finals = [m for m in until(line, "stop") if m["type"] == "final"]
    return " ".join({m["sentence"]: m["text"] for m in finals}.values())


def _wait_for(true: object, within: float = 10) -> None:
    assert callable(true)
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
