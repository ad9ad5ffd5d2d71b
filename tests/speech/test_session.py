"""The state machine: what goes in, what comes out, what is left of it."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portevoix.errors import TemporaryError
from portevoix.speech import Limits, Session, Stop, Transcript, Writer, as_record
from portevoix.speech.activity import EnergyDetector
from portevoix.speech.engine import EngineError, Samples, SpeechUnavailableError
from portevoix.speech.engines.unavailable import UnavailableEngine
from portevoix.speech.messages import Failure, Message, Partial, Reason, Sentence, Trouble
from portevoix.testing import NullEngine, ScriptedEngine, ScriptedListener
from tests.speech.sound import frames, noise, silence

SAID = silence(0.5) + noise(1.0) + silence(1.0)


def dictate(session: Session, sound: bytes) -> list[Message]:
    with session:
        messages = [m for frame in frames(sound) for m in session.feed(frame)]
        return messages + session.finish()


def session_of(*lines: Any, **options: Any) -> Session:
    return Session(ScriptedEngine(lines, punctuates=True), detector=EnergyDetector(), **options)


def text_of(messages: list[Message]) -> str:
    transcript = Transcript()
    for message in messages:
        transcript.apply(message)
    return transcript.text


def test_a_sentence_grows_then_settles_then_the_dictation_stops() -> None:
    messages = dictate(
        Session(ScriptedEngine(["il y avait vingt deux personnes"]), detector=EnergyDetector()),
        SAID,
    )
    partials = [m for m in messages if isinstance(m, Partial)]
    assert [m.revision for m in partials] == list(range(1, len(partials) + 1))
    final = [m for m in messages if isinstance(m, Sentence)][-1]
    assert isinstance(final, Sentence)
    assert final.text == "Il y avait 22 personnes."
    assert final.revision > partials[-1].revision
    stop = messages[-1]
    assert isinstance(stop, Stop)
    assert (stop.reason, stop.sentences, stop.heard) == (Reason.ASKED, 1, 2.5)


def test_the_last_sentence_is_closed_when_nothing_follows() -> None:
    """« le délai est trop long », then silence: the comma of a pause becomes a full stop."""
    session = Session(ScriptedEngine(["le délai est trop long"]), detector=EnergyDetector())
    assert text_of(dictate(session, SAID)) == "Le délai est trop long."


def test_two_pauses_make_two_sentences() -> None:
    messages = dictate(session_of("J'ai appelé trois fois.", "Personne ne répond."), SAID + SAID)
    finals = [m for m in messages if isinstance(m, Sentence)]
    assert [m.sentence for m in finals] == [1, 2]
    assert text_of(messages) == "J'ai appelé trois fois. Personne ne répond."


def test_the_last_sentence_may_be_taken_back() -> None:
    messages = dictate(
        session_of("Le guichet était fermé.", "C'est nul.", "efface la dernière phrase"), SAID * 3
    )
    assert text_of(messages) == "Le guichet était fermé."


def test_dictation_goes_on_from_the_text_of_the_field() -> None:
    writer = Writer()
    writer.follow("Je suis venu hier et")
    engine = ScriptedEngine(["la porte était fermée"])
    session = Session(engine, detector=EnergyDetector(), writer=writer)
    messages = dictate(session, SAID)
    final = next(m for m in messages if isinstance(m, Sentence))
    assert final.text.startswith("la porte")


def test_silence_closes_the_microphone() -> None:
    session = session_of(limits=Limits(silence=2))
    messages = [m for frame in frames(silence(5)) for m in session.feed(frame)]
    assert [m.reason for m in messages if isinstance(m, Stop)] == [Reason.SILENCE]
    assert session.feed(bytearray(3200)) == []


def test_a_dictation_has_a_length_and_what_was_said_is_written() -> None:
    messages = dictate(session_of("un deux trois", limits=Limits(dictation=2.0)), noise(5, 1) + b"")
    assert [m.reason for m in messages if isinstance(m, Stop)] == [Reason.LENGTH]


def test_a_long_sentence_is_cut_without_an_end() -> None:
    engine = NullEngine()
    session = Session(engine, detector=EnergyDetector(), limits=Limits(sentence=2.0))
    burst = silence(0.4) + noise(4.5) + silence(1)
    messages = dictate(session, burst)
    finals = [m for m in messages if isinstance(m, Sentence) and m.text]
    assert len(finals) >= 2
    assert not finals[0].text.endswith((".", "?", "!"))


def test_pause_writes_what_was_said_and_hears_nothing_until_resumed() -> None:
    session = session_of("bonjour", "merci")
    for frame in frames(silence(0.5) + noise(0.6)):
        session.feed(frame)
    assert any(isinstance(m, Sentence) and m.text for m in session.pause())
    received = session.received
    session.feed(bytearray(noise(0.1)))
    assert session.received == received
    session.resume()
    for frame in frames(noise(0.6)):
        session.feed(frame)
    assert any(isinstance(m, Sentence) and m.text for m in session.finish())


def test_a_sentence_that_fails_costs_only_itself() -> None:
    messages = dictate(session_of("Premier essai.", EngineError(), "Troisième essai."), SAID * 3)
    failures = [m for m in messages if isinstance(m, Failure)]
    assert [(m.code, m.permanent) for m in failures] == [(Trouble.ENGINE, False)]
    assert text_of(messages) == "Premier essai. Troisième essai."


def test_three_failures_in_a_row_stop() -> None:
    messages = dictate(session_of(*[EngineError() for _ in range(5)]), SAID * 5)
    assert sum(isinstance(m, Failure) for m in messages) == 3
    assert isinstance(messages[-1], Stop)
    assert messages[-1].reason is Reason.ERROR


def test_a_fault_of_ours_leaves_no_sound_behind() -> None:
    class Broken(ScriptedListener):
        def hear(self, samples: Samples) -> str:
            raise ZeroDivisionError

    session = session_of("rien")
    session._listener = Broken([])
    with pytest.raises(ZeroDivisionError):
        dictate(session, SAID)
    assert not any(session._waiting._data)
    assert not any(session._lead._data)


@pytest.mark.parametrize("bad", [b"\x01\x02\x03", bytes(100_000)])
def test_what_is_no_sound_is_refused(bad: bytes) -> None:
    messages = session_of().receive(bytearray(bad))
    assert [m.code for m in messages if isinstance(m, Failure)] == [Trouble.FORMAT]


def test_sound_handed_over_is_overwritten_even_when_refused() -> None:
    session = session_of()
    for frame in (bytearray(noise(0.1)), bytearray(b"odd"), bytes(bytearray(noise(0.1)))):
        session.receive(frame)
        assert not any(frame)


def test_a_late_server_asks_to_wait_and_loses_nothing_it_took() -> None:
    session = session_of("bonjour", limits=Limits(waiting=3.0, frame=0.5))
    taken = 0
    while not session.full:
        assert session.receive(bytearray(noise(0.1))) == []
        taken += 3200
    assert session.lag >= 2.4
    refused: list[Message] = []
    while not refused:
        refused = session.receive(bytearray(noise(0.1)))
        taken += 0 if refused else 3200
    assert [m.code for m in refused if isinstance(m, Failure)] == [Trouble.BUSY]
    session.finish()
    assert session.received == session.heard == taken


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(100, 3200), min_size=1, max_size=40))
def test_frames_of_any_size_say_the_same(sizes: list[int]) -> None:
    sound = SAID
    session, place, messages = session_of("Le délai est trop long."), 0, []
    with session:
        for size in cycle(sizes):
            if place >= len(sound):
                break
            messages += session.feed(bytearray(sound[place : place + 2 * size]))
            place += 2 * size
        messages += session.finish()
    assert text_of(messages) == "Le délai est trop long."


def test_an_engine_that_cannot_serve_says_so() -> None:
    with pytest.raises(SpeechUnavailableError):
        Session(UnavailableEngine("aucun modèle"))


def test_messages_have_a_version_and_plain_values() -> None:
    for message in dictate(session_of("je m'appelle karim benali"), SAID):
        record = as_record(message)
        assert record["version"] == 1
        assert record["type"] in {"partial", "final", "error", "stop"}


def test_old_revisions_change_nothing() -> None:
    transcript = Transcript()
    transcript.apply(Sentence(1, 5, "Bonjour."))
    transcript.apply(Partial(1, 4, "bonjou"))
    assert transcript.text == "Bonjour."


def test_temporary_errors_are_temporary() -> None:
    assert issubclass(EngineError, TemporaryError)
