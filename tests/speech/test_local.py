"""The engine on this machine, on a real streaming model and a voice of espeak-ng."""

from __future__ import annotations

import numpy as np
import pytest

from portevoix.speech import Session, Transcript, Writer
from portevoix.speech.engines.local import LocalEngine
from portevoix.speech.messages import Partial, Sentence, Stop
from tests.speech.sound import (
    MODEL,
    edits,
    frames,
    needs_espeak,
    needs_model,
    plain,
    silence,
    speech,
)

pytestmark = [needs_model, needs_espeak]

SENTENCES = (
    "bonjour je voudrais prendre un rendez-vous",
    "la dame du guichet a été très aimable",
    "personne ne répond au téléphone",
    "mon dossier est complet depuis le mois de mars",
    "merci beaucoup pour votre aide",
    "le site internet ne marche pas",
)


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return LocalEngine(MODEL)


def dictate(engine: LocalEngine, sound: bytes) -> tuple[str, list[object]]:
    transcript, messages = Transcript(), []
    with Session(engine, writer=Writer()) as session:
        for frame in frames(sound):
            messages += session.feed(frame)
        messages += session.finish()
    for message in messages:
        transcript.apply(message)
    return transcript.text, list(messages)


def test_what_is_said_is_written(engine: LocalEngine) -> None:
    wrong = total = 0
    for sentence in SENTENCES:
        text, messages = dictate(engine, speech(sentence))
        wrong += edits(plain(text), plain(sentence))
        total += len(plain(sentence))
        assert any(isinstance(m, Partial) for m in messages)
        assert isinstance(messages[-1], Stop)
    assert wrong / total < 0.3


def test_sentences_said_apart_are_written_apart(engine: LocalEngine) -> None:
    sound = b"".join(speech(s, 0.2, 1.0) for s in SENTENCES[:3])
    text, messages = dictate(engine, sound)
    finals = [m for m in messages if isinstance(m, Sentence)]
    assert len(finals) == 3
    assert text[:1].isupper()


def test_the_pipeline_hears_as_well_as_the_bare_engine(engine: LocalEngine) -> None:
    bare = piped = 0
    for sentence in SENTENCES:
        sound = speech(sentence)
        listener = engine.open()
        listener.hear(np.frombuffer(sound, np.int16))
        bare += edits(plain(listener.end()), plain(sentence))
        piped += edits(plain(dictate(engine, sound)[0]), plain(sentence))
    assert piped <= bare + 8


def test_silence_gives_no_word(engine: LocalEngine) -> None:
    text, messages = dictate(engine, silence(3))
    assert text == ""
    assert len(messages) == 1


def test_dictations_do_not_mix(engine: LocalEngine) -> None:
    first, second = speech(SENTENCES[0]), speech(SENTENCES[2])
    alone = [dictate(engine, first)[0], dictate(engine, second)[0]]
    sessions = [Session(engine), Session(engine)]
    texts = [Transcript(), Transcript()]
    for pair in zip(frames(first), frames(second), strict=False):
        for session, transcript, frame in zip(sessions, texts, pair, strict=True):
            for message in session.feed(frame):
                transcript.apply(message)
    # The longer of the two goes on alone.
    lengths = [len(first), len(second)]
    done = min(lengths) // 3200 * 3200
    for session, transcript, sound in zip(sessions, texts, (first, second), strict=True):
        for frame in frames(sound[done + (3200 if min(lengths) % 3200 else 0) :]):
            for message in session.feed(frame):
                transcript.apply(message)
        for message in session.finish():
            transcript.apply(message)
        session.close()
    assert [t.text[:12] for t in texts] == [a[:12] for a in alone]
