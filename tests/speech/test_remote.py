"""The engine on a server: a real one, and its faults."""

from __future__ import annotations

import logging

import httpx
import numpy as np
import pytest

from portevoix.errors import InputError
from portevoix.speech import Session, Transcript, Writer
from portevoix.speech.activity import Detector, EnergyDetector
from portevoix.speech.engine import EngineError
from portevoix.speech.engines.remote import Patience, RemoteEngine, RemoteRefusedError
from portevoix.speech.messages import Failure, Message, Sentence, Stop
from tests.speech.sound import edits, frames, needs_espeak, needs_model, noise, speech

KEY = "secret-key"
FAST = Patience(answer=1.0, whole=4.0, wait=0.01)


def engine(server: str, model: str = "espeak", **options: object) -> RemoteEngine:
    return RemoteEngine(f"{server}/v1", model, KEY, **options)  # type: ignore[arg-type]


def dictate(chosen: RemoteEngine, sound: bytes, detector: Detector | None = None) -> list[Message]:
    # The model of the test gives no mark: ours are put, as for any engine that gives none.
    with Session(chosen, writer=Writer(), detector=detector) as session:
        messages = [m for frame in frames(sound) for m in session.feed(frame)]
        return messages + session.finish()


@needs_model
@needs_espeak
def test_sentences_are_transcribed_by_the_server_one_by_one(server: str) -> None:
    said = ("bonjour je voudrais prendre un rendez-vous", "personne ne répond au téléphone")
    messages = dictate(engine(server), b"".join(speech(s) for s in said))
    transcript = Transcript()
    for message in messages:
        transcript.apply(message)
    finals = [m for m in messages if isinstance(m, Sentence)]
    assert len(finals) == 2
    wanted = " ".join(said).replace("-", " ")
    got = transcript.text.lower().replace("-", " ").replace(".", "")
    assert edits(got, wanted) / len(wanted) < 0.3


def heard(chosen: RemoteEngine) -> str:
    listener = chosen.open()
    try:
        listener.hear(np.frombuffer(noise(0.5), np.int16))
        return listener.end()
    finally:
        listener.close()


@needs_model
@pytest.mark.parametrize("fault", ["429", "500", "slow", "not json"])
def test_a_server_in_trouble_is_a_sentence_to_say_again(server: str, fault: str) -> None:
    with pytest.raises(EngineError) as caught:
        heard(engine(server, fault, patience=FAST))
    assert not caught.value.permanent
    assert caught.value.__context__ is None


@needs_model
@pytest.mark.parametrize("fault", ["401", "redirect"])
def test_a_refusal_is_for_good(server: str, fault: str) -> None:
    with pytest.raises(RemoteRefusedError):
        heard(engine(server, fault, patience=FAST))


@needs_model
def test_a_passing_fault_is_tried_again_unseen(server: str) -> None:
    assert isinstance(heard(engine(server, "once 503", patience=FAST)), str)


@needs_model
def test_captions_invented_on_noise_are_dropped(server: str) -> None:
    assert heard(engine(server, "invented")) == ""


def test_no_server_at_all_is_said_in_a_sentence() -> None:
    nobody = RemoteEngine("http://127.0.0.1:9/v1", "m", KEY, patience=FAST)
    messages = dictate(nobody, (bytes(16000) + noise(1) + bytes(40000)) * 4, EnergyDetector())
    failures = [m for m in messages if isinstance(m, Failure)]
    assert len(failures) == 3
    assert isinstance(messages[-1], Stop)
    assert all(KEY not in f.text for f in failures)


@needs_model
def test_neither_key_nor_words_reach_a_log(server: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="portevoix")
    chosen = engine(server, "500", patience=FAST)
    with pytest.raises(EngineError):
        heard(chosen)
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert "500" in logged
    assert KEY not in logged
    assert "said by the test" not in logged
    assert KEY not in repr(chosen)


def test_the_voice_never_travels_in_clear() -> None:
    with pytest.raises(InputError):
        RemoteEngine("http://transcription.example.org/v1", "m")
    with pytest.raises(InputError):
        RemoteEngine("ftp://x", "m")
    assert RemoteEngine("https://transcription.example.org/v1", "m").sends_to.endswith(
        "example.org"
    )


def test_the_server_may_ask_to_wait() -> None:
    waits: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        return httpx.Response(429, headers={"Retry-After": "2"})

    chosen = RemoteEngine(
        "https://x.example/v1", "m", transport=httpx.MockTransport(answer), sleep=waits.append
    )
    with pytest.raises(EngineError):
        heard(chosen)
    assert waits == [2.0, 2.0]
